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

from services.analyzer.batches import Batches
from services.analyzer.device import Device
from services.analyzer.runtimes import onnx_session
from shared.contracts.analysis import EngineName

Tensor = NDArray[np.float32]


class Network(NamedTuple):
    """A loaded network: one input, one output; and what its file carries as metadata."""

    run: Callable[[Tensor], Tensor]
    metadata: dict[str, str]


def network(weights: Path, device: Device = Device.CPU) -> Network:
    """Load a network. Raises Unavailable when CUDA is asked for and ONNX Runtime can't start it, and as `Batches.once`."""
    batches = Batches(EngineName.TEXT, device, 1)
    session = batches.once(lambda: onnx_session(weights, device, EngineName.TEXT))
    name = session.get_inputs()[0].name

    def run(tensor: Tensor) -> Tensor:
        return np.asarray(batches.once(lambda: session.run(None, {name: tensor}))[0], np.float32)

    return Network(run, dict(session.get_modelmeta().custom_metadata_map))
