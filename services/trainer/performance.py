"""How a bucket performs: level, spread, top decile and consistency of the target, with a verdict in words."""

import numpy as np

from services.trainer.ranks import FloatArray, tidy
from shared.contracts.findings import Performance

STEADY = 0.7
ERRATIC = 0.4


def performance(target: FloatArray) -> Performance | None:
    """The target's figures over (n,) rows; None without rows. The standard deviation of a single row is 0."""
    if not len(target):
        return None
    low, median, high, top = (tidy(float(value)) for value in np.quantile(target, [0.25, 0.5, 0.75, 0.9]))
    steadiness = consistency(target)
    return Performance(
        n=len(target),
        mean=tidy(float(target.mean())),
        median=median,
        standard_deviation=tidy(float(target.std(ddof=1))) if len(target) > 1 else 0.0,
        minimum=float(target.min()),
        maximum=float(target.max()),
        top_decile=top,
        lower_quartile=low,
        upper_quartile=high,
        consistency=steadiness,
        verdict=_verdict(len(target), steadiness),
    )


def consistency(target: FloatArray) -> float | None:
    """1 minus the quartile coefficient of dispersion (Q3 - Q1) / (Q3 + Q1), so 1 where all rows are alike.

    Quartiles, since one viral row would rule a standard deviation. None where it means nothing: negative targets, or zeros.
    """
    low, high = np.quantile(target, [0.25, 0.75])
    if target.min() < 0 or low + high == 0:
        return None
    return tidy(float(1 - (high - low) / (high + low)))


def _verdict(rows: int, steadiness: float | None) -> str:
    """0.7 and 0.4 are quartiles that lie a factor of 1.9 and 4 apart."""
    if rows < 2:
        return "One row says nothing about spread."
    if steadiness is None:
        return "Targets that are negative or zero have no measure of consistency."
    if steadiness >= STEADY:
        return "Steady: the middle half of the rows is close together."
    if steadiness >= ERRATIC:
        return "Mixed: the middle half of the rows spreads widely."
    return "Erratic: the upper quartile is more than four times the lower one."
