"""What the search and the tests work on: scores of features and target, and what is left of them beside other columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from services.trainer.grouping import Likeness
from services.trainer.imputation import filled
from services.trainer.ranks import FloatArray, normal_scores
from services.trainer.scale import target_scores

_BLOCK = 500
_TINY = 1e-9


@dataclass(frozen=True)
class Design:
    """Scores of features (n, p) and target (n,), and the columns (n, 1) every model contains, all without group likeness.

    `scores` (n, p) are the features as they were before the likeness was removed.
    """

    features: FloatArray
    target: FloatArray
    base: FloatArray
    scores: FloatArray
    likeness: Likeness

    @classmethod
    def of(
        cls,
        features: FloatArray,
        target: FloatArray,
        related: FloatArray,
        *,
        groups: Sequence[str] | None = None,
        aside: NDArray[np.bool_] | None = None,
    ) -> "Design":
        """From raw values; a missing feature value (NaN) is filled from the columns it is `related` to.

        The target of the rows `aside` counts as average, so they speak for nothing.
        """
        x, y, base = normal_scores(features), target_scores(target, aside), np.ones((len(target), 1))
        x = filled(x, np.isnan(features), related)
        like = Likeness.of(y, groups)
        return cls(like.removed(x), like.removed(y), like.removed(base), x, like)

    def dealt(self, order: NDArray[np.int64]) -> "Design":
        """The design with the target's residual dealt out to other rows."""
        basis = basis_of(self)
        explained = basis @ (basis.T @ self.target)
        return replace(self, target=explained + (self.target - explained)[order])


def own_tests(design: Design, columns: FloatArray, given: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Per column (n, c) the partial correlation given others (n, k), and its two-sided p by Student's t.

    The target is nearly normal, so that t is right for a column of any distribution; permutations agree with it, and can't
    tell p below one in their number, which many features at once ask for.
    """
    basis = basis_of(design, given)
    unexplained = unit(residual(basis, columns))
    rest = residual(basis, design.target[:, None])
    partial = (unexplained.T @ unit(rest))[:, 0]
    return partial, t_tests(partial, len(design.target) - basis.shape[1] - 1)


def t_tests(partial: FloatArray, freedom: int) -> FloatArray:
    """Two-sided p of partial correlations by Student's t."""
    inside = np.clip(partial, -1 + _TINY, 1 - _TINY)
    return np.asarray(2 * student.sf(np.abs(inside) * np.sqrt(freedom / (1 - inside**2)), freedom))


def basis_of(design: Design, given: FloatArray | None = None) -> FloatArray:
    """An orthonormal basis of the design's base and some other columns (n, k)."""
    basis, _ = np.linalg.qr(design.base if given is None else np.column_stack([design.base, given]))
    return np.asarray(basis)


def residual(basis: FloatArray, values: FloatArray) -> FloatArray:
    """What of each column the basis does not explain."""
    return values - basis @ (basis.T @ values)


def unit(values: FloatArray) -> FloatArray:
    """Columns of length 1; a column that the basis explains (numerically) becomes 0 and can't be chosen."""
    length = np.sqrt((values**2).sum(axis=0))
    return np.divide(values, length, out=np.zeros_like(values), where=length > 1e-6)


def shuffles(basis: FloatArray, rest: FloatArray, rng: np.random.Generator, permutations: int) -> Iterator[FloatArray]:
    """Unit residuals of the shuffled target in blocks of (n, up to 500), so memory stays flat."""
    for start in range(0, permutations, _BLOCK):
        count = min(_BLOCK, permutations - start)
        shuffled = rng.permuted(np.tile(rest, (count, 1)), axis=1).T
        yield unit(residual(basis, shuffled))
