"""Plain statistics of a few numbers or intervals; each raises NotDefined where it does not exist."""

import statistics
from collections.abc import Sequence
from math import fsum, sqrt

from services.features.absent import NotDefined
from services.features.intervals import Spans, intersect, length, near_count


def mean(values: Sequence[float], *, of: str) -> float:
    """The mean; `of` names what is averaged, for the reason."""
    if not values:
        raise NotDefined(f"there are no {of}")
    return fsum(values) / len(values)


def median(values: Sequence[float], *, of: str) -> float:
    """The median."""
    if not values:
        raise NotDefined(f"there are no {of}")
    return statistics.median(values)


def variation(values: Sequence[float], *, of: str) -> float:
    """Coefficient of variation: population standard deviation over the mean; needs at least two values."""
    if len(values) < 2:
        raise NotDefined(f"there are fewer than two {of}")
    middle = mean(values, of=of)
    if middle == 0:
        raise NotDefined(f"the mean of the {of} is 0")
    return sqrt(fsum([(away := value - middle) * away for value in values]) / len(values)) / middle


def ratio(part: float, whole: float, *, none: str) -> float:
    """part / whole; `none` is the reason where the whole is 0."""
    if whole == 0:
        raise NotDefined(none)
    return part / whole


def share_of_time(spans: Spans, other: Spans, *, none: str) -> float:
    """Share of the time of some intervals in which others are too; `none` is the reason where there is no such time."""
    return ratio(length(intersect(spans, other)), length(spans), none=none)


def share_of(flags: Sequence[bool], *, of: str) -> float:
    """Share of true ones, 0 to 1."""
    if not flags:
        raise NotDefined(f"there are no {of}")
    return sum(flags) / len(flags)


def share_near(times: Sequence[float], others: Sequence[float], tolerance_s: float, *, of: str) -> float:
    """Share of `times` that are at most `tolerance_s` from one of `others`; both sorted."""
    if not times:
        raise NotDefined(f"there are no {of}")
    return near_count(times, others, tolerance_s) / len(times)
