"""Which device an engine gets: what the runtime reports, what was asked for, and no silent way to the CPU."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError

import pytest

from services.analyzer import device
from services.analyzer.app import LIMITS, child_limits
from services.analyzer.device import Device, Runtime, choose
from services.analyzer.engines import base
from services.analyzer.engines.base import Spec
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable, UsageError


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A CUDA driver that shows one GPU, as CTranslate2 reports it: the only part that has to be played."""
    device.reports_cuda.cache_clear()
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    yield monkeypatch
    device.reports_cuda.cache_clear()


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    device.reports_cuda.cache_clear()
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)


@pytest.mark.parametrize("runtime", list(Runtime))
def test_auto_and_cpu_take_the_cpu_where_there_is_no_gpu(runtime: Runtime, no_gpu: None) -> None:
    for asked in ("auto", "cpu"):
        assert choose(EngineName.OBJECTS, runtime, EngineSettings(device=asked)) is Device.CPU


@pytest.mark.parametrize("runtime", list(Runtime))
def test_cuda_without_a_gpu_is_refused_unless_falling_back_was_allowed(runtime: Runtime, no_gpu: None) -> None:
    with pytest.raises(Unavailable, match=rf"{runtime} reports no CUDA GPU to the speech engine: set RUMIAI_DEVICE=auto"):
        choose(EngineName.SPEECH, runtime, EngineSettings(device="cuda"))
    assert choose(EngineName.SPEECH, runtime, EngineSettings(device="cuda", device_fallback=True)) is Device.CPU


def test_a_gpu_is_taken_where_the_runtime_can_use_it(gpus: pytest.MonkeyPatch) -> None:
    assert choose(EngineName.SPEECH, Runtime.CTRANSLATE2, EngineSettings()) is Device.CUDA
    assert choose(EngineName.SPEECH, Runtime.CTRANSLATE2, EngineSettings(device="cuda")) is Device.CUDA
    assert choose(EngineName.SPEECH, Runtime.CTRANSLATE2, EngineSettings(device="cpu")) is Device.CPU
    assert choose(EngineName.OBJECTS, Runtime.OPENVINO, EngineSettings()) is Device.CPU, "OpenVINO knows no CUDA"


def test_onnx_runtime_needs_both_its_provider_and_a_gpu(gpus: pytest.MonkeyPatch) -> None:
    gpus.setattr("onnxruntime.get_available_providers", lambda: ["CPUExecutionProvider"])
    assert choose(EngineName.TEXT, Runtime.ONNXRUNTIME, EngineSettings()) is Device.CPU
    device.reports_cuda.cache_clear()
    gpus.setattr("onnxruntime.get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"])
    assert choose(EngineName.TEXT, Runtime.ONNXRUNTIME, EngineSettings()) is Device.CUDA
    device.reports_cuda.cache_clear()
    gpus.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    assert choose(EngineName.TEXT, Runtime.ONNXRUNTIME, EngineSettings()) is Device.CPU, "built for CUDA, but no GPU"


def test_the_environment_decides_and_an_unknown_device_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMIAI_DEVICE", "cpu")
    monkeypatch.setenv("RUMIAI_OBJECTS_WEIGHTS", "")
    assert EngineSettings().device == "cpu"
    assert EngineSettings().objects_weights is None, "an empty value, as compose files give it, counts as none"
    monkeypatch.setenv("RUMIAI_DEVICE", "gpu")
    with pytest.raises(UsageError, match=r"^RUMIAI_DEVICE: 'gpu' is not allowed; it must be 'auto', 'cpu' or 'cuda'\.$"):
        EngineSettings()


def test_the_child_s_addresses_are_limited_and_where_cuda_needs_them_its_memory(gpus: pytest.MonkeyPatch) -> None:
    on_gpu = child_limits(EngineSettings())
    assert (on_gpu.address_space_bytes, on_gpu.resident_bytes) == (None, LIMITS.address_space_bytes)
    assert child_limits(EngineSettings()).file_bytes == LIMITS.file_bytes
    assert child_limits(EngineSettings(device="cpu")) == LIMITS
    device.reports_cuda.cache_clear()
    gpus.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    assert child_limits(EngineSettings()) == LIMITS


def test_the_gpu_build_of_a_package_stands_in_the_fingerprint_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "somelib":
            raise PackageNotFoundError(name)
        return "2.0"

    engine = Spec(EngineName.TEXT, "1", ("somelib",))
    monkeypatch.setattr("importlib.metadata.version", version)
    base._installed.cache_clear()
    on_gpu = engine.fingerprint()
    monkeypatch.setattr("importlib.metadata.version", lambda _: "2.0")
    base._installed.cache_clear()
    assert engine.fingerprint() != on_gpu
    base._installed.cache_clear()


def test_a_package_that_is_not_there_under_any_name_is_one_sentence() -> None:
    with pytest.raises(Unavailable, match="The package no-such-library is not installed"):
        Spec(EngineName.TEXT, "1", ("no-such-library",)).fingerprint()
