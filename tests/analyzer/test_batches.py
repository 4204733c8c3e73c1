"""When a GPU's memory runs out: transient once, then smaller batches, then the machine is too small."""

from collections.abc import Sequence

import pytest

from services.analyzer.batches import CALM, Batches, is_out_of_memory
from services.analyzer.device import Device
from shared.contracts.analysis import EngineName
from shared.errors import Transient, Unavailable

CTRANSLATE2 = "CUDA failed with error out of memory"
ONNX = (
    "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running Conv node. Status Message: "
    "/onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t) "
    "Failed to allocate memory for requested buffer of size 1073741824"
)
TORCH = "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 7.79 GiB"


class Gpu:
    """Doubles numbers, at most `room` at a time; beyond that it raises as CTranslate2 does, a RuntimeError."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.tried: list[int] = []
        self.released = 0

    def double(self, numbers: Sequence[int]) -> list[int]:
        self.tried.append(len(numbers))
        if len(numbers) > self.room:
            raise RuntimeError(CTRANSLATE2)
        return [2 * number for number in numbers]

    def release(self) -> None:
        self.released += 1


def _batches(size: int = 8, device: Device = Device.CUDA) -> Batches:
    return Batches(EngineName.OBJECTS, device, size)


CUBLAS, CUDNN = "cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED", "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0"


@pytest.mark.parametrize("words", [CTRANSLATE2, ONNX, TORCH, CUBLAS, CUDNN])
def test_the_words_of_each_library_are_known(words: str) -> None:
    assert is_out_of_memory(RuntimeError(words))
    assert not is_out_of_memory(RuntimeError("CUDA failed with error no kernel image is available for execution on the device"))


def test_everything_in_order_when_it_fits() -> None:
    gpu = Gpu(room=8)
    assert _batches().run(gpu.double, range(20)) == [2 * n for n in range(20)]
    assert gpu.tried == [8, 8, 4]


def test_transient_once_then_smaller_batches_and_nothing_lost() -> None:
    gpu, batches = Gpu(room=3), _batches()
    with pytest.raises(Transient, match=r"^The GPU's memory ran out in the objects engine, at 8 at a time\.$"):
        batches.run(gpu.double, range(20), gpu.release)
    assert batches.size == 8, "another process may have held the memory: the next try is the same"
    assert batches.run(gpu.double, range(20), gpu.release) == [2 * n for n in range(20)]
    assert gpu.tried[1:] == [8, 4] + [2] * 10
    assert gpu.released == 3
    assert batches.run(gpu.double, range(4)) == [0, 2, 4, 6], "the smaller size stays"
    assert gpu.tried[-2:] == [2, 2]


def test_long_after_it_ran_out_it_is_another_process_again() -> None:
    gpu, batches = Gpu(room=1), _batches(1)
    gpu.room = 0
    with pytest.raises(Transient):
        batches.run(gpu.double, range(1))
    gpu.room = 1
    for _ in range(CALM):
        batches.run(gpu.double, range(1))
    gpu.room = 0
    with pytest.raises(Transient):
        batches.run(gpu.double, range(1))
    with pytest.raises(Unavailable):
        batches.run(gpu.double, range(1))


def test_a_single_item_that_does_not_fit_is_no_fault_of_the_video() -> None:
    gpu, batches = Gpu(room=0), _batches(2)
    with pytest.raises(Transient):
        batches.run(gpu.double, range(2))
    with pytest.raises(
        Unavailable, match="too small for the objects engine, even for one item at a time: free memory there, or"
    ):
        batches.run(gpu.double, range(2))
    assert gpu.tried == [2, 2, 1]


def test_loading_counts_as_well() -> None:
    batches = _batches()

    def load() -> str:
        raise RuntimeError(TORCH)

    with pytest.raises(Transient):
        batches.once(load)
    with pytest.raises(Unavailable):
        batches.once(load)
    assert batches.once(lambda: "model") == "model"


def test_on_the_cpu_there_is_one_at_a_time_and_memory_that_runs_out_is_a_memory_error() -> None:
    gpu = Gpu(room=1)
    assert _batches(device=Device.CPU).run(gpu.double, range(3)) == [0, 2, 4]
    assert gpu.tried == [1, 1, 1]
    with pytest.raises(MemoryError):
        _batches(device=Device.CPU).run(Gpu(room=0).double, range(3))


def test_any_other_error_is_a_bug_and_passes_through() -> None:
    def broken(_numbers: Sequence[int]) -> list[int]:
        raise RuntimeError("invalid argument")

    with pytest.raises(RuntimeError, match="invalid argument"):
        _batches().run(broken, range(3))
