"""Batches on a GPU whose memory may run out: transient once, then smaller batches, then the machine is too small."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from services.analyzer.device import Device
from shared.contracts.analysis import EngineName
from shared.errors import Transient, Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")

CALM = 1000
"""Pieces of work without running out of memory, after which it counts as new."""
_SIGNS = ("out of memory", "_status_alloc_failed", "failed to allocate memory", "bfcarena::allocaterawinternal")
"""What CTranslate2 ("CUDA failed with error out of memory"), cuBLAS and cuDNN, ONNX Runtime ("Failed to allocate memory for
requested buffer", thrown by its BFCArena) and PyTorch ("CUDA out of memory") write. None of them has an error class of its own
that the others share, so their words are what there is."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a library says that the GPU's memory is used up."""
    text = str(error).lower()
    return any(sign in text for sign in _SIGNS)


def _nothing() -> None:
    """There is no memory to give back."""


class Batches:
    """Belongs to an engine and lives as long as it, so that a retried video goes on where the first try ended.

    On the CPU there is no batch and no second chance: memory that runs out is a MemoryError, which replaces the process.
    """

    def __init__(self, engine: EngineName, device: Device, size: int) -> None:
        self.size = size if device is Device.CUDA else 1
        self._engine, self._device = engine, device
        self._ran_out, self._since = False, 0

    def once(self, work: Callable[[], Result]) -> Result:
        """One piece of work that can't be divided, such as loading. Raises like `run`."""
        return self.run(lambda _: (work(),), (None,))[0]

    def run(
        self,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        items: Sequence[Item],
        release: Callable[[], None] = _nothing,
    ) -> list[Result]:
        """`work` over the items, at most `size` at a time; `release` gives the library's unused memory back to the GPU.

        Raises Transient the first time the GPU's memory runs out: another process may have held it. After that the batch is
        halved. Raises Unavailable when a single item does not fit: no video would.
        """
        done: list[Result] = []
        while len(done) < len(items):
            part = items[len(done) : len(done) + self.size]
            try:
                done += work(part)
                self._went_well()
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                release()
                self._shrink(len(part), error)
        return done

    def _went_well(self) -> None:
        """After a long time without it, memory that runs out again has another cause: another process."""
        self._since += 1
        if self._since == CALM:
            self._ran_out = False

    def _shrink(self, tried: int, error: Exception) -> None:
        if self._device is Device.CPU:
            raise MemoryError(str(error)) from error
        self._since = 0
        if not self._ran_out:
            self._ran_out = True
            raise Transient(f"The GPU's memory ran out in the {self._engine} engine, at {tried} at a time.") from error
        if tried == 1:
            raise Unavailable(
                f"The GPU's memory is too small for the {self._engine} engine, even for one item at a time: free memory there, "
                "or set RUMIAI_DEVICE=cpu."
            ) from error
        self.size = max(1, tried // 2)
