"""Confidence intervals for the figures that benchmarks print."""

import math
from collections.abc import Sequence

_Z = 1.96


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share hits / total (total at least 1)."""
    share = hits / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    reach = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2)) / (1 + _Z**2 / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def of_median(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a median by order statistics (normal approximation of the binomial); the range of few values."""
    ordered, reach = sorted(values), _Z * math.sqrt(len(values)) / 2
    low, high = math.floor(len(values) / 2 - reach), math.ceil(len(values) / 2 + reach)
    return ordered[max(0, low)], ordered[min(len(values), high) - 1]
