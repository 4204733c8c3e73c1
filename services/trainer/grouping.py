"""Rows of one group (a creator) are alike, and must not count as independent: they are decorrelated before any test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from services.trainer.ranks import FloatArray

_MOST = 0.9
_GRID = 91
_TINY = 1e-12


@dataclass(frozen=True)
class Likeness:
    """How alike the rows of a group are: `codes` (n,) name the group of each row, `share` is the intraclass correlation."""

    codes: NDArray[np.int64]
    share: float

    @classmethod
    def of(cls, target: FloatArray, groups: Sequence[str] | None) -> "Likeness":
        """Estimated from the target by analysis of variance; none when no group has two rows, or there is one group."""
        codes = np.arange(len(target)) if groups is None else np.unique(np.array(groups), return_inverse=True)[1]
        return cls(codes.astype(np.int64), intraclass(target, codes))

    def removed(self, values: FloatArray) -> FloatArray:
        """Rows (n, k) made exchangeable: multiplied by the inverse square root of the covariance that the likeness implies.

        The matrix is symmetric. Target, features and intercept must all go through it.
        """
        if not self.share:
            return values
        sizes = np.bincount(self.codes).astype(float)
        common = mean_by(self.codes, values)[self.codes]
        scale = np.sqrt(1 - self.share + sizes * self.share)[self.codes].reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray((values - common) / np.sqrt(1 - self.share) + common / scale)


def mean_by(codes: NDArray[np.int64], values: FloatArray) -> FloatArray:
    """The mean (groups, k) of the rows (n, k) of each group."""
    sizes = np.bincount(codes)
    member = csr_array((1 / sizes[codes], (codes, np.arange(len(codes)))), shape=(len(sizes), len(codes)))
    return np.asarray(member @ values)


def intraclass(target: FloatArray, codes: NDArray[np.int64]) -> float:
    """The intraclass correlation: its posterior mean under a flat prior on 0..0.9; 0 when it can't be estimated.

    With few creators that come twice, the usual estimate by analysis of variance is often near 1, and two videos of one
    creator would then outweigh all others. The mean over what is plausible does not do that.
    """
    sizes = np.bincount(codes).astype(float)
    if len(sizes) < 2 or len(sizes) == len(target):
        return 0.0
    means = mean_by(codes, target)
    within = float(((target - means[codes]) ** 2).sum())
    shares = np.linspace(0.0, _MOST, _GRID)
    scale = 1 - shares[:, None] + sizes * shares[:, None]
    centre = (sizes * means / scale).sum(axis=1) / (sizes / scale).sum(axis=1)
    between = (sizes * (means - centre[:, None]) ** 2 / scale).sum(axis=1)
    spread = np.log(scale).sum(axis=1) + (len(target) - len(sizes)) * np.log(1 - shares)
    likelihood = -0.5 * spread - 0.5 * len(target) * np.log(within / (1 - shares) + between + _TINY)
    weights = np.exp(likelihood - likelihood.max())
    return float(weights @ shares / weights.sum())
