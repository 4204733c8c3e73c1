"""Runs an ONNX network with ONNX Runtime in 32-bit floats: one input after the other on one CPU thread, or batches on a GPU.

Every host computes in f32 on one backend, so hosts with different processors give the same fingerprint and can train together.
OpenVINO in f32 is no faster here (512 pixels: 47 ms both); in bf16, where a processor has it, it took 34 ms and gave other
results.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.analyzer.batches import Batches
from services.analyzer.device import Device
from services.analyzer.runtimes import onnx_session, shrink
from shared.contracts.analysis import EngineName

Tensor = NDArray[np.float32]


class Network(NamedTuple):
    """A loaded network: one input, one output; how unused GPU memory is given back; what its file carries as metadata.

    `run` takes inputs (1, ...) and gives an output (1, ...) for each; only inputs of one shape share a batch.
    """

    run: Callable[[Sequence[Tensor]], list[Tensor]]
    release: Callable[[], None]
    metadata: dict[str, str]


def network(weights: Path, device: Device, batches: Batches, *, least: tuple[int, ...]) -> Network:
    """Load a network that takes inputs of shape `least` and larger ones.

    Raises Unavailable when CUDA is asked for and ONNX Runtime can't start it, and as `Batches.once`; `run` as `Batches.run`.
    """
    session = batches.once(lambda: onnx_session(weights, device, EngineName.TEXT))
    name, metadata = session.get_inputs()[0].name, dict(session.get_modelmeta().custom_metadata_map)

    def release() -> None:
        if device is Device.CUDA:
            shrink(session, np.zeros(least, np.float32))

    def together(part: Sequence[Tensor]) -> list[Tensor]:
        outputs = session.run(None, {name: part[0] if len(part) == 1 else np.concatenate(part)})[0]
        return [np.asarray(output[None], np.float32) for output in outputs]

    return Network(partial(_by_shape, lambda same: batches.run(together, same, release)), release, metadata)


def _by_shape(run: Callable[[Sequence[Tensor]], list[Tensor]], inputs: Sequence[Tensor]) -> list[Tensor]:
    """One output per input, in their order."""
    outputs: dict[int, Tensor] = {}
    shapes = [tensor.shape for tensor in inputs]
    for _, alike in groupby(sorted(range(len(inputs)), key=shapes.__getitem__), key=shapes.__getitem__):
        places = list(alike)
        outputs.update(zip(places, run([inputs[i] for i in places]), strict=True))
    return [outputs[i] for i in range(len(inputs))]
