"""A loaded YOLO network: pictures in, detections out, on the library that its format belongs to."""

import importlib.util
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from services.analyzer.batches import is_out_of_memory
from services.analyzer.device import Device
from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.objects.weights import Format, YoloFacts, YoloWeights, facts, folder_facts
from services.analyzer.engines.objects.yolo import MAX_FOUND, MAX_OVERLAP, MIN_SCORE, Detection, Tensor, candidates, letterbox
from services.analyzer.frames import Image
from services.analyzer.runtimes import THREADS, onnx_session, openvino_request, shrink
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable


def require(weights: YoloWeights, device: Device) -> None:
    """Refuse, before anything is loaded, what can't run here. Raises Unavailable."""
    if weights.format is Format.TENSORRT and device is Device.CPU:
        raise Unavailable(f"The TensorRT weights {weights.path} run only on a CUDA GPU: give an ONNX or OpenVINO export.")
    if weights.format in (Format.OPENVINO, Format.ONNX):
        return
    if missing := [name for name in ("ultralytics", "torch", "torchvision") if importlib.util.find_spec(name) is None]:
        raise Unavailable(
            f"{weights.format} weights need {', '.join(missing)}, not installed here: run `uv pip install ultralytics` "
            "(AGPL-3.0; it brings PyTorch, 2 to 5 GB), or give an ONNX or OpenVINO export."
        )


class Network(Protocol):
    """A detector. `batch` is the most pictures it takes at once."""

    @property
    def batch(self) -> int:
        """Pictures per call at most."""

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        """What each picture (BGR) shows, the surest first."""

    def release(self) -> None:
        """Give memory of the device back that no picture needs any more."""


def load(weights: YoloWeights, device: Device, batch: int) -> Network:
    """Load a network. Raises Unavailable for files that can't be loaded."""
    makers: dict[Format, Callable[[YoloWeights, Device, int], Network]] = {
        Format.OPENVINO: _openvino,
        Format.ONNX: _onnx,
        Format.TORCH: Ultralytics,
        Format.TENSORRT: Ultralytics,
    }
    try:
        return makers[weights.format](weights, device, batch)
    except (Unavailable, MemoryError):
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise
        reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        raise Unavailable(
            f"The {weights.format} weights {weights.path} can't be loaded ({reason}): export them again."
        ) from error


Shrink = Callable[[Tensor], None]
"""Runs the network on a blank input and gives back all memory that no later run needs."""


class Exported:
    """An exported network behind a function that runs it; letterbox and thinning are ours."""

    def __init__(
        self,
        run: Callable[[Tensor], Tensor],
        known: YoloFacts,
        batch: int,
        *,
        fixed: bool = False,
        shrink: Shrink | None = None,
    ) -> None:
        """`fixed`: the network takes exactly `batch` pictures, so blank ones fill up what is missing."""
        self._run, self._facts, self.batch, self._fixed, self._shrink = run, known, batch, fixed, shrink

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        """See Network."""
        boxed = [letterbox(image, self._facts.height, self._facts.width) for image in images]
        outputs = self._outputs(np.stack([tensor for tensor, _ in boxed]))
        if outputs.ndim != 3 or (outputs.shape[1] != 4 + len(self._facts.labels) and outputs.shape[2] != 6):
            raise Unavailable(
                f"The objects network gives {outputs.shape}, no layout of a YOLO detection export: export it again."
            )
        found = []
        for output, (_, lies) in zip(outputs, boxed, strict=True):
            rows = zip(*(part.tolist() for part in candidates(output)), strict=True)
            seen = [Detection(self._facts.labels[number], score, lies.rect(*corners)) for corners, score, number in rows]
            found.append([d for d in seen if d.box.width > 0 and d.box.height > 0])  # what lies on the grey bars is nothing
        return found

    def _outputs(self, pictures: Tensor) -> Tensor:
        blank = self.batch - len(pictures) if self._fixed else 0
        padded = np.pad(pictures, ((0, blank), (0, 0), (0, 0), (0, 0))) if blank else pictures
        return self._run(padded)[: len(pictures)]

    def release(self) -> None:
        """A GPU's arena is as large as its largest call until it is asked to shrink; on the CPU there is none."""
        if self._shrink is not None:
            self._shrink(np.zeros((self.batch if self._fixed else 1, 3, self._facts.height, self._facts.width), np.float32))


def _openvino(weights: YoloWeights, _device: Device, _batch: int) -> Exported:
    request = openvino_request(weights.files[0])

    def run(pictures: Tensor) -> Tensor:
        request.infer({0: pictures})
        return np.array(request.get_output_tensor(0).data, np.float32)

    return Exported(run, folder_facts(weights.path), 1)


def _onnx(weights: YoloWeights, device: Device, batch: int) -> Exported:
    session = onnx_session(weights.path, device, EngineName.OBJECTS)
    given = session.get_inputs()[0]
    fixed = isinstance(given.shape[0], int)  # a name or nothing stands for any number
    return Exported(
        lambda pictures: np.asarray(session.run(None, {given.name: pictures})[0], np.float32),
        facts(session.get_modelmeta().custom_metadata_map, weights.path),
        int(given.shape[0]) if fixed else batch,
        fixed=fixed,
        shrink=partial(shrink, session) if device is Device.CUDA else None,
    )


class Ultralytics:
    """Formats that only the Ultralytics package runs: .pt, and .engine on the GPU it was built on."""

    def __init__(self, weights: YoloWeights, device: Device, batch: int) -> None:
        """Load it."""
        # It installs missing packages at run time and asks a server for news unless it is told not to.
        os.environ.update({"YOLO_OFFLINE": "1", "YOLO_AUTOINSTALL": "0"})
        import torch  # noqa: PLC0415 - seconds, and not among the requirements
        from ultralytics import YOLO  # noqa: PLC0415

        torch.set_num_threads(THREADS)
        self._model: Any = YOLO(str(weights.path), task="detect")
        self._device, self.batch, self._fixed = device, batch, False
        if weights.format is Format.TENSORRT:
            self.batch, self._fixed = engine_batch(weights.path, batch)

    def detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        """See Network."""
        options = {"conf": MIN_SCORE, "iou": MAX_OVERLAP, "max_det": MAX_FOUND, "device": self._device.value, "verbose": False}
        blanks = [np.zeros_like(images[0])] * (self.batch - len(images) if self._fixed else 0)
        results = self._model.predict([*images, *blanks], batch=len(images) + len(blanks), **options)
        return [_detections(result.boxes, result.names) for result in results[: len(images)]]

    def release(self) -> None:
        """PyTorch keeps freed memory for itself until it is asked."""
        if self._device is Device.CUDA:
            import torch  # noqa: PLC0415

            torch.cuda.empty_cache()


def engine_batch(path: Path, wanted: int) -> tuple[int, bool]:
    """How many pictures a TensorRT engine of Ultralytics takes at once, and whether it takes exactly as many.

    Such a file begins with the length of its metadata (4 bytes, little-endian) and the metadata as JSON, as
    ultralytics.engine.exporter writes it. Raises Unavailable where it does not.
    """
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(int.from_bytes(file.read(4), "little")))
        most, dynamic = int(known["batch"]), bool(known.get("args", {}).get("dynamic", known.get("dynamic", False)))
    except (ValueError, KeyError, AttributeError) as error:
        raise Unavailable(f"The TensorRT weights {path} have no metadata of Ultralytics: export them again.") from error
    return (min(most, wanted), False) if dynamic else (most, True)


def _detections(boxes: Any, names: Mapping[int, str]) -> list[Detection]:
    rows = zip(boxes.xyxyn.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True)
    found = [Detection(names[int(c)], s, Rect(x1, y1, x2 - x1, y2 - y1)) for (x1, y1, x2, y2), s, c in rows]
    return sorted(found, key=lambda detection: -detection.score)
