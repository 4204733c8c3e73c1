"""Quantiles behind prediction intervals: finite-sample exact for exchangeable groups, and None where the groups are too few."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from services.trainer.ranks import FloatArray

_TINY = 1e-9


def weights(groups: Sequence[str] | None, rows: int) -> FloatArray:
    """How much each row counts (n,): the rows of a group share a weight of 1."""
    if groups is None:
        return np.ones(rows)
    sizes = Counter(groups)
    return np.array([1 / sizes[group] for group in groups])


def upper(values: FloatArray, mass: FloatArray, level: float) -> float | None:
    """The smallest of the values (n,) with at least `level` of the groups' mass at or below it, a new group's included.

    The new group's own mass of 1 lies at infinity. None where even the largest value is not enough: with a level of 90 %,
    fewer than nine groups.
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(mass[order])
    wanted = level * (reached[-1] + 1) - _TINY
    place = int(np.searchsorted(reached, wanted))
    return None if place == len(values) else float(values[order[place]])


def reach(residuals: FloatArray, mass: FloatArray, level: float) -> float | None:
    """Half the width of an interval around one model's prediction; None without residuals or with too few groups."""
    return upper(residuals, mass, level) if len(residuals) else None


def interval(
    predicted: FloatArray, residuals: FloatArray, mass: FloatArray, level: float
) -> tuple[float, float] | tuple[None, None]:
    """CV+: `predicted` (n,) has for every row what the model that had not seen it says of the new row."""
    high = upper(predicted + residuals, mass, level)
    low = upper(-(predicted - residuals), mass, level)
    if high is None or low is None or not math.isfinite(high + low):
        return None, None
    return -low, high
