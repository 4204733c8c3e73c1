"""How two curves move together."""

from math import fsum, inf, sqrt
from operator import mul

from services.features.absent import NotDefined
from services.features.curve import Curve


def correlation(left: Curve, right: Curve) -> float:
    """Time-weighted Pearson correlation where both were measured. Raises NotDefined where one of them never changes."""
    seconds, one, other = _together(left, right)
    total = fsum(seconds)
    if total == 0:
        raise NotDefined(f"{left.name} and {right.name} were never measured together")
    a, b = _centred(seconds, one, total), _centred(seconds, other, total)
    weighted_a, weighted_b = list(map(mul, seconds, a)), map(mul, seconds, b)
    variance_a, variance_b = sum(map(mul, weighted_a, a)) / total, sum(map(mul, weighted_b, b)) / total
    if min(variance_a, variance_b) < 1e-12:
        raise NotDefined(f"{left.name} or {right.name} never changes")
    together: float = sum(map(mul, weighted_a, b))
    return max(-1.0, min(1.0, together / total / sqrt(variance_a * variance_b)))


def _centred(seconds: list[float], values: list[float], total: float) -> list[float]:
    mean = sum(map(mul, seconds, values)) / total
    return [value - mean for value in values]


def _together(left: Curve, right: Curve) -> tuple[list[float], list[float], list[float]]:
    """Seconds, left value and right value of every stretch in which both were measured and neither changes."""
    seconds: list[float] = []
    one: list[float] = []
    other: list[float] = []
    rights = iter((*right.cells, (inf, inf, 0.0)))
    since, until, held = next(rights)
    for start, end, value in left.cells:
        while until <= start:
            since, until, held = next(rights)
        while since < end:
            seconds.append((until if until < end else end) - (since if since > start else start))  # noqa: FURB136 - no calls here
            one.append(value)
            other.append(held)
            if until > end:
                break
            since, until, held = next(rights)
    return seconds, one, other
