"""Chooses frames by time stamp: equispaced, always with the first and the last frame, at any frame rate."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from shared.contracts.analysis import Coverage

HALF_TICK_S = 0.0005


def choose(times_s: Sequence[float], rate_hz: float) -> tuple[float, ...]:
    """The frame times nearest to equispaced targets from the first to the last frame, at least `rate_hz` per second.

    `times_s` must be sorted and not empty. The largest gap between two chosen frames is at most
    1 / rate_hz plus the largest gap between two frames of the video.
    """
    first, last = times_s[0], times_s[-1]
    steps = math.ceil((last - first) * rate_hz - 1e-9)
    if steps < 1:
        return (first,) if last == first else (first, last)
    targets = (first + (last - first) * i / steps for i in range(steps + 1))
    return tuple(sorted({_nearest(times_s, target) for target in targets}))


def _nearest(times_s: Sequence[float], target: float) -> float:
    right = min(bisect_left(times_s, target), len(times_s) - 1)
    left = max(right - 1, 0)
    return times_s[left] if target - times_s[left] <= times_s[right] - target else times_s[right]


class Picker:
    """Tells, frame by frame in display order, whether an engine wants it.

    A chosen frame that never decodes is replaced by the next one that does.
    """

    def __init__(self, chosen_s: Sequence[float]) -> None:
        self._chosen = chosen_s
        self._next = 0

    def wants(self, t_s: float) -> bool:
        """Whether the frame at `t_s` is the next chosen one, or the first after a lost one."""
        if self._next >= len(self._chosen) or t_s < self._chosen[self._next] - HALF_TICK_S:
            return False
        while self._next < len(self._chosen) and self._chosen[self._next] <= t_s + HALF_TICK_S:
            self._next += 1
        return True


def coverage(seen_s: Sequence[float], duration_s: float) -> Coverage | None:
    """What was looked at; None when nothing was. The largest gap counts the stretches before the first sample and after
    the last one, so it is at least one frame long."""
    if not seen_s:
        return None
    edges = (0.0, *seen_s, max(duration_s, seen_s[-1]))
    gap = max(b - a for a, b in pairwise(edges))
    return Coverage(first_s=round(seen_s[0], 3), last_s=round(seen_s[-1], 3), largest_gap_s=round(gap, 3), samples=len(seen_s))
