"""The target as the search sees it: nearly normal, and deaf to what lies far out."""

import numpy as np
from numpy.typing import NDArray

from services.trainer.ranks import FloatArray, normal_scores

FARTHEST = 2.5
_NEAR_NORMAL = 0.97
_OUTER_TENTHS = 2.5631
"""The distance between the 10th and the 90th percentile of a normal distribution, in standard deviations."""


def target_scores(target: FloatArray, aside: NDArray[np.bool_] | None = None) -> FloatArray:
    """The target (n,), or its logarithm, in robust standard units and at most 2.5 of them from the median; centred.

    Of the two the one is taken that looks more like a normal sample (correlation with its normal scores, as in Shapiro and
    Francia's test); when neither does (below 0.97), the normal scores themselves. Normal scores alone cost 4 % of an effect
    in 50 rows of log-normal engagement. The rows `aside` have no say and count as average.
    """
    kept = np.ones(len(target), dtype=bool) if aside is None else ~aside
    scores = np.zeros(len(target))
    scores[kept] = _scores(target[kept])
    return scores


def logarithm(target: FloatArray) -> FloatArray | None:
    """The logarithm, a zero counting as half of the smallest positive value; None for negative values or nothing but zeros."""
    if not len(target) or target.min() < 0 or not (target > 0).any():
        return None
    return np.asarray(np.log(np.maximum(target, target[target > 0].min() / 2)))


def _scores(target: FloatArray) -> FloatArray:
    normal = normal_scores(target)
    best, likeness = normal, _NEAR_NORMAL
    logs = logarithm(target)
    for scaled in [target] if logs is None else [target, logs]:
        own = _limited(scaled)
        if own is not None and (fit := float(np.corrcoef(own, normal)[0, 1])) > likeness:
            best, likeness = own, fit
    return np.asarray(best - best.mean())


def _limited(values: FloatArray) -> FloatArray | None:
    """In robust standard units around the median, limited; None when most values are the same."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    if high <= low:
        return None
    return np.asarray(np.clip((values - middle) / ((high - low) / _OUTER_TENTHS), -FARTHEST, FARTHEST))
