"""When a detector of the earlier system looked, worked out from when it saw something: only where that is certain."""

from collections.abc import Sequence
from itertools import pairwise

_TOLERANCE = 0.05
_AGREE = 0.1


def looked_at(seen_s: Sequence[float], duration_s: float, frames: int | None = None) -> tuple[float, ...] | None:
    """The sample times, or None where they can't be told.

    The earlier detectors sampled evenly from 0 s, but stored only frames in which they saw something. The step is the smallest
    gap; it is believed when every time is a multiple of it, and when it agrees with the number of frames, or where that is not
    known, occurs at least twice.
    """
    times = sorted(set(seen_s))
    if frames is not None and len(times) == frames:
        return tuple(times)
    gaps = [after - before for before, after in pairwise([0.0, *times]) if after - before > _TOLERANCE]
    if not gaps:
        return None
    step = min(gaps)
    if any(abs(time - step * round(time / step)) > _TOLERANCE for time in times):
        return None
    count = int(duration_s / step) + 1
    agrees = sum(gap < step + _TOLERANCE for gap in gaps) > 1 if frames is None else abs(count - frames) <= _AGREE * frames + 1
    if not agrees:
        return None
    exact = {round(time / step): time for time in times}
    return tuple(exact.get(index, round(index * step, 6)) for index in range(count) if index * step < duration_s)
