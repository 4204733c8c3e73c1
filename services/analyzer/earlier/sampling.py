"""When a detector of the earlier system looked, worked out from what it kept: only where that is certain."""

from collections.abc import Sequence
from itertools import pairwise

_TOLERANCE_S = 0.05
_DURATION_TOLERANCE_S = 1.0
"""Durations were often stated in whole seconds."""


def looked_at(seen_s: Sequence[float], duration_s: float, frames: int | None) -> tuple[float, ...] | None:
    """The sample times of the object detector, or None where they can't be told.

    It looked at every k-th frame from the first one on, often stopped long before the end, and stored only frames in which it
    saw something. The step is therefore the smallest gap, if every time is a multiple of it, if that many frames fit the
    video, and if what was seen last lies too late for half that step.
    """
    times = sorted(set(seen_s))
    if frames is None or not times:
        return None
    if len(times) == frames:
        return tuple(times)
    gaps = [after - before for before, after in pairwise([0.0, *times]) if after - before > _TOLERANCE_S]
    if not gaps:
        return None
    step = min(gaps)
    if any(abs(time - step * round(time / step)) > _TOLERANCE_S for time in times):
        return None
    last_s = (frames - 1) * step
    if not last_s / 2 < times[-1] <= last_s + _TOLERANCE_S or last_s >= duration_s + _DURATION_TOLERANCE_S:
        return None
    exact = {round(time / step): time for time in times}
    return tuple(time for index in range(frames) if (time := exact.get(index, round(index * step, 6))) < duration_s)


def by_second(seen_s: Sequence[float], duration_s: float) -> dict[int, float]:
    """One sample time for each second with a reading, and one for the seconds beside it, by whole second.

    Within a second the text reader kept a text only once, so a second is as fine as its readings can be linked. The seconds
    beside them bound a text to where it was read; they are no claim that anyone looked there.
    """
    read: dict[int, float] = {}
    for time in sorted(seen_s):
        read.setdefault(int(time), time)
    beside = {int(time + away): time + away for time in read.values() for away in (-1.0, 1.0) if 0 <= time + away < duration_s}
    return dict(sorted((beside | read).items()))
