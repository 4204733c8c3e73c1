"""Rows of one group (a creator) are alike, and must not count as independent: they are decorrelated before any test."""

from collections.abc import Sequence

import numpy as np

from services.trainer.ranks import FloatArray

_MOST = 0.95


def decorrelation(target: FloatArray, groups: Sequence[str]) -> FloatArray:
    """The (n, n) matrix that makes rows exchangeable when rows of a group share a random offset.

    The likeness within groups (intraclass correlation) is estimated from the target by analysis of variance. The inverse
    square root of the covariance it implies is applied to target, features and intercept alike. The identity when no group
    has two rows.
    """
    codes = np.unique(np.array(groups), return_inverse=True)[1]
    likeness = intraclass(target, codes)
    matrix = np.eye(len(target))
    for code in np.unique(codes):
        rows = np.flatnonzero(codes == code)
        size = len(rows)
        mean = np.full((size, size), 1 / size)
        own = (np.eye(size) - mean) / np.sqrt(1 - likeness) + mean / np.sqrt(1 - likeness + size * likeness)
        matrix[np.ix_(rows, rows)] = own
    return matrix


def intraclass(target: FloatArray, codes: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float:
    """The intraclass correlation by one-way analysis of variance, within 0..0.95; 0 when it can't be estimated."""
    sizes = np.bincount(codes)
    count, total = len(sizes), len(target)
    if count < 2 or count == total:
        return 0.0
    means = np.bincount(codes, weights=target) / sizes
    between = float((sizes * (means - target.mean()) ** 2).sum()) / (count - 1)
    within = float(((target - means[codes]) ** 2).sum()) / (total - count)
    typical = (total - float((sizes**2).sum()) / total) / (count - 1)
    spread = between + (typical - 1) * within
    return float(np.clip((between - within) / spread, 0.0, _MOST)) if spread > 0 else 0.0
