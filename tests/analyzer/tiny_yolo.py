"""Builds a tiny detection network in the layout of an Ultralytics export, as an ONNX file or an OpenVINO folder.

It adds a picture's mean brightness, times a gain, to a table of candidates: enough to see whether the picture, its place in the
batch and the boxes go through unharmed. The ONNX file is written as plain protocol buffers (onnx.proto), without its package.
"""

from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

Table = NDArray[np.float32]
FLOAT, INT64 = 1, 7


def build_onnx(
    path: Path,
    base: Table,
    gain: Table,
    *,
    names: dict[int, str],
    size: int = 64,
    batch: int | str = "batch",
    task: str = "detect",
) -> Path:
    """Write the network. `base` and `gain` have the shape of its answer to one picture: (4 + classes, n) or (n, 6)."""
    metadata = {"names": str(names), "imgsz": f"[{size}, {size}]", "task": task, "stride": "32"}
    nodes = [
        _node(
            "ReduceMean",
            ["x"],
            "mean",
            _ints("axes", [1, 2, 3]) + _message(5, _string(1, "keepdims") + _int(3, 0) + _int(20, 2)),
        ),
        _node("Reshape", ["mean", "shape"], "brightness"),
        _node("Mul", ["brightness", "gain"], "more"),
        _node("Add", ["base", "more"], "y"),
    ]
    tables = [_tensor("base", base[None]), _tensor("gain", gain[None]), _tensor("shape", np.array([-1, 1, 1], np.int64))]
    graph = b"".join(_message(1, node) for node in nodes) + _string(2, "tiny") + b"".join(_message(5, t) for t in tables)
    graph += _message(11, _value("x", [batch, 3, size, size])) + _message(12, _value("y", [batch, *base.shape]))
    model = _int(1, 8) + _message(8, _int(2, 13)) + _message(7, graph)
    model += b"".join(_message(14, _string(1, key) + _string(2, value)) for key, value in metadata.items())
    path.write_bytes(model)
    return path


def build_openvino(folder: Path, base: Table, gain: Table, *, names: dict[int, str], size: int = 64) -> Path:
    """The same as an OpenVINO folder, converted by OpenVINO itself."""
    import openvino  # noqa: PLC0415 - 0.3 s

    folder.mkdir()
    onnx = build_onnx(folder.parent / "for-openvino.onnx", base, gain, names=names, size=size, batch=1)
    openvino.save_model(openvino.Core().read_model(onnx), folder / "tiny.xml", compress_to_fp16=False)
    (folder / "metadata.yaml").write_text(yaml.safe_dump({"names": names, "imgsz": [size, size], "task": "detect"}))
    return folder


def _node(kind: str, inputs: list[str], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_string(1, name) for name in inputs) + _string(2, output) + _string(4, kind) + attributes


def _ints(name: str, values: list[int]) -> bytes:
    return _message(5, _string(1, name) + b"".join(_int(8, value) for value in values) + _int(20, 7))


def _tensor(name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    return b"".join(_int(1, n) for n in values.shape) + _int(2, kind) + _string(8, name) + _message(9, values.tobytes())


def _value(name: str, shape: list[int | str]) -> bytes:
    sizes = b"".join(_message(1, _string(2, n) if isinstance(n, str) else _int(1, n)) for n in shape)
    return _string(1, name) + _message(2, _message(1, _int(1, FLOAT) + _message(2, sizes)))


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _string(field: int, text: str) -> bytes:
    return _message(field, text.encode())


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])
