"""Opens networks in ONNX Runtime and OpenVINO: 32-bit floats, one CPU thread, or the GPU that was asked for.

One thread, since the engines run side by side: two cost 1.4 times the CPU. f32, since bf16 exists on some processors only
and gives other results, and hosts whose fingerprints agree train together.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.analyzer.batches import is_out_of_memory
from services.analyzer.device import Device
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable

THREADS = 1
_OPENVINO = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": THREADS, "PERFORMANCE_HINT": "LATENCY"}


CUDA_OPTIONS = {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"}
"""Real 32-bit floats, no search for the fastest algorithm at each new shape (it would also differ from host to host), and no
more memory than is asked for."""


def onnx_session(weights: Path, device: Device, engine: EngineName) -> Any:
    """An onnxruntime.InferenceSession. Raises Unavailable when CUDA is asked for and ONNX Runtime can't start it."""
    import onnxruntime  # noqa: PLC0415 - 0.1 s, not for describing an engine

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4  # what matters is raised
    if device is Device.CPU:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    onnxruntime.preload_dlls()  # CUDA's libraries from their wheels are not found otherwise
    wanted = "CUDAExecutionProvider"
    session = onnxruntime.InferenceSession(str(weights), options, providers=[(wanted, CUDA_OPTIONS)])
    if session.get_providers()[0] != wanted:  # the library goes on without a word
        raise Unavailable(
            f"ONNX Runtime can't start CUDA for the {engine} engine: install onnxruntime-gpu with its CUDA libraries, or set "
            "RUMIAI_DEVICE=cpu."
        )
    return session


def shrink(session: Any, blank: NDArray[np.float32]) -> None:
    """Run an onnxruntime.InferenceSession on a blank input and give back all GPU memory that no later run needs.

    The arena is as large as its largest call until a call asks it to shrink.
    """
    import onnxruntime  # noqa: PLC0415 - loaded with the session

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "gpu:0")
    try:
        session.run(None, {session.get_inputs()[0].name: blank}, options)
    except Exception as error:
        if not is_out_of_memory(error):  # it is asked for when there is no memory left, too
            raise


def openvino_request(weights: Path, outputs: Sequence[int] | None = None, change: Callable[[Any], Any] | None = None) -> Any:
    """An openvino.InferRequest on the CPU.

    Its answers are those of the outputs with these numbers, all where none are named; what only others need is not computed.
    `change` takes the openvino.Model as it was read and gives back the one to compile.
    """
    import openvino  # noqa: PLC0415 - 0.1 s

    core = openvino.Core()
    model: Any = core.read_model(str(weights))
    if outputs is not None:
        model = openvino.Model([model.outputs[k] for k in outputs], model.get_parameters())
    if change is not None:
        model = change(model)
    return core.compile_model(model, "CPU", _OPENVINO).create_infer_request()
