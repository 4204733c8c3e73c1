"""Runs an ONNX network with ONNX Runtime in 32-bit floats: on one CPU thread, or on a GPU.

Every host computes in f32 on one backend, so hosts with different processors give the same fingerprint and can train together.
OpenVINO in f32 is no faster here (512 pixels: 47 ms both); in bf16, where a processor has it, it took 34 ms and gave other
results.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.analyzer.device import Device
from shared.errors import Unavailable

Tensor = NDArray[np.float32]


class Network(NamedTuple):
    """A loaded network: one input, one output; and what its file carries as metadata."""

    run: Callable[[Tensor], Tensor]
    metadata: dict[str, str]


def network(weights: Path, device: Device = Device.CPU) -> Network:
    """Load a network. Raises Unavailable when CUDA is asked for and ONNX Runtime can't start it."""
    import onnxruntime  # noqa: PLC0415 - 0.1 s, not for describing an engine

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # two threads cost 1.4 times the CPU
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    providers = ["CUDAExecutionProvider"] if device is Device.CUDA else []
    session = onnxruntime.InferenceSession(str(weights), options, providers=[*providers, "CPUExecutionProvider"])
    if providers and session.get_providers()[0] != providers[0]:
        raise Unavailable(
            "ONNX Runtime can't start CUDA for the text engine: install onnxruntime-gpu with its CUDA libraries, or set "
            "RUMIAI_DEVICE=cpu."
        )
    name = session.get_inputs()[0].name

    def run(tensor: Tensor) -> Tensor:
        return np.asarray(session.run(None, {name: tensor})[0], np.float32)

    return Network(run, dict(session.get_modelmeta().custom_metadata_map))
