"""Bootstrap draws of rows, or of creators with all of their rows."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from services.trainer.ranks import FloatArray

_CELLS = 2_000_000
_WORK = 25 * _CELLS
_FEWEST = 500


def repeats(rows: int, groups: Sequence[str] | None, *, rng: np.random.Generator, resamples: int) -> Iterator[FloatArray]:
    """How often each row (k, rows) is in each resample, in blocks that fit into memory.

    At most `resamples` altogether; fewer, but 500, where the rows are so many that an interval moves little between draws.
    """
    codes = np.arange(rows) if groups is None else np.unique(np.array(groups), return_inverse=True)[1]
    count = int(codes.max()) + 1
    total = int(np.clip(_WORK // rows, min(_FEWEST, resamples), resamples))
    block = max(1, _CELLS // rows)
    for start in range(0, total, block):
        yield drawn(count, min(block, total - start), rng)[:, codes].astype(float)


def drawn(count: int, resamples: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """How often each of `count` things (resamples, count) is drawn when as many are drawn with replacement."""
    chosen = rng.integers(0, count, size=(resamples, count)) + count * np.arange(resamples)[:, None]
    return np.bincount(chosen.ravel(), minlength=resamples * count).reshape(resamples, count)
