"""What the search and the tests work on: scores of features and target, and what is left of them beside other columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.grouping import decorrelation
from services.trainer.imputation import filled
from services.trainer.ranks import FloatArray, normal_scores

_BLOCK = 500
_TINY = 1e-9


@dataclass(frozen=True)
class Design:
    """Scores of features (n, p) and target (n,), and the columns (n, 1) every model contains."""

    features: FloatArray
    target: FloatArray
    base: FloatArray

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
        x, y, base = normal_scores(features), normal_scores(target), np.ones((len(target), 1))
        if aside is not None:
            y[aside] = 0.0
        x = filled(x, np.isnan(features), related)
        if groups is None or len(set(groups)) in {1, len(target)}:
            return cls(x, y, base)
        matrix = decorrelation(y, groups)
        return cls(matrix @ x, matrix @ y, matrix @ base)

    def dealt(self, order: NDArray[np.int64]) -> "Design":
        """The design with the target's residual dealt out to other rows."""
        basis = basis_of(self, ())
        explained = basis @ (basis.T @ self.target)
        return Design(self.features, explained + (self.target - explained)[order], self.base)


def own_tests(
    design: Design, given: Sequence[int], *, rng: np.random.Generator, permutations: int
) -> tuple[FloatArray, FloatArray]:
    """Per feature the partial correlation given some columns, and its two-sided permutation p."""
    basis = basis_of(design, given)
    features = unit(residual(basis, design.features))
    rest = residual(basis, design.target[:, None])
    partial = (features.T @ unit(rest))[:, 0]
    exceeded = np.zeros(len(partial))
    for shuffled in shuffles(basis, rest[:, 0], rng, permutations):
        exceeded += (np.abs(features.T @ shuffled) >= np.abs(partial)[:, None] - _TINY).sum(axis=1)
    return partial, (1 + exceeded) / (1 + permutations)


def basis_of(design: Design, columns: Sequence[int]) -> FloatArray:
    """An orthonormal basis of the design's base and some of its columns."""
    basis, _ = np.linalg.qr(np.column_stack([design.base, design.features[:, list(columns)]]))
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
