"""Confidence intervals for the figures that benchmarks print."""

import math

_Z = 1.96


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share hits / total (total at least 1)."""
    share = hits / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    reach = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2)) / (1 + _Z**2 / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)
