"""Decides per engine on which device it runs: a GPU only where the engine's own runtime reports one, the CPU never silently.

Engines whose libraries know no CUDA (MediaPipe, OpenCV, PySceneDetect, OpenVINO on a CPU) do not ask: they are CPU engines.
"""

from enum import StrEnum
from functools import cache

from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable


class Device(StrEnum):
    """Where a network runs."""

    CPU = "cpu"
    CUDA = "cuda"


class Runtime(StrEnum):
    """The library that runs an engine's networks, by the name people know."""

    CTRANSLATE2 = "CTranslate2"
    ONNXRUNTIME = "ONNX Runtime"
    OPENVINO = "OpenVINO"
    TORCH = "PyTorch"


def choose(engine: EngineName, runtime: Runtime, settings: EngineSettings | None = None) -> Device:
    """The device of an engine that runs on `runtime`; results differ between devices, so it belongs into the fingerprint.

    Raises Unavailable when CUDA is asked for, the runtime reports none, and falling back was not allowed.
    """
    settings = EngineSettings() if settings is None else settings
    if settings.device == "cpu":
        return Device.CPU
    if reports_cuda(runtime):
        return Device.CUDA
    if settings.device == "auto" or settings.device_fallback:
        return Device.CPU
    raise Unavailable(
        f"RUMIAI_DEVICE is cuda, but {runtime} reports no CUDA GPU to the {engine} engine: set RUMIAI_DEVICE=auto, or "
        "RUMIAI_DEVICE_FALLBACK=true to let it run on the CPU."
    )


@cache
def reports_cuda(runtime: Runtime) -> bool:
    """Whether the runtime, as it is installed here, can use a CUDA GPU that is here."""
    match runtime:
        case Runtime.CTRANSLATE2:
            return _cuda_devices() > 0
        case Runtime.ONNXRUNTIME:
            import onnxruntime  # noqa: PLC0415 - 0.1 s, only for engines that ask

            # The providers are those it was built with, whether or not there is a GPU.
            return "CUDAExecutionProvider" in onnxruntime.get_available_providers() and _cuda_devices() > 0
        case Runtime.TORCH:
            return _torch_sees_cuda()
        case Runtime.OPENVINO:
            return False


def _cuda_devices() -> int:
    """GPUs that the CUDA driver shows; 0 without a driver."""
    import ctranslate2  # noqa: PLC0415

    return int(ctranslate2.get_cuda_device_count())


def _torch_sees_cuda() -> bool:
    """PyTorch is no requirement: only .pt weights of the objects engine bring it."""
    try:
        import torch  # noqa: PLC0415
    except ModuleNotFoundError:
        return False
    return bool(torch.cuda.is_available())
