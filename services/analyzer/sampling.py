"""Chooses frames by time stamp: equispaced, always with the first and the last frame, at any frame rate.

A frame that stays on display, as in screen recordings and slide shows, can be chosen again while it does.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from shared.contracts.analysis import Coverage

HALF_TICK_S = 0.0005
SEEN_STEPS = 1.5
"""An end of the video counts as seen when a sample lies within this many sampling steps of it: the last frame is always among
those chosen, so more than a step was lost there."""
HELD_S, AGAIN_S = 1.0, 0.25
"""A frame that is shown for longer than the first can be looked at again at every multiple of the second: what stays for
seconds is no gap that nobody watched, and weighs as much as it would at a constant rate."""
PARAMETERS = {"half_tick_s": HALF_TICK_S, "seen_steps": SEEN_STEPS, "held_s": HELD_S, "again_s": AGAIN_S}


def again(times_s: Sequence[float], t_s: float, duration_s: float) -> tuple[float, ...]:
    """When the frame at `t_s` can be looked at again before the next of `times_s` or the end; mostly never."""
    after = bisect_right(times_s, t_s + HALF_TICK_S)
    held_s = (times_s[after] if after < len(times_s) else duration_s) - t_s
    looks = math.ceil(held_s / AGAIN_S - 1e-6) if held_s > HELD_S else 0
    return tuple(round(t_s + k * AGAIN_S, 6) for k in range(1, looks))


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


def stretch(times_s: Sequence[float], first: int, last: int, duration_s: float) -> tuple[float, float]:
    """From when to when a thing seen in the samples `first` to `last` was there, in seconds.

    Half-way to its neighbours without it; to the video's start or end where that was seen, else half a step beyond the samples.
    """
    half_s = step_s(times_s) / 2
    head = 0.0 if times_s[0] <= 2 * SEEN_STEPS * half_s else times_s[0] - half_s
    tail = duration_s if duration_s - times_s[-1] <= 2 * SEEN_STEPS * half_s else times_s[-1] + half_s
    start = head if first == 0 else (times_s[first - 1] + times_s[first]) / 2
    return start, tail if last == len(times_s) - 1 else (times_s[last] + times_s[last + 1]) / 2


def step_s(times_s: Sequence[float]) -> float:
    """The usual time between two samples; infinite where there is one, as it is all there was to see."""
    return median(b - a for a, b in pairwise(times_s)) if len(times_s) > 1 else math.inf


def coverage(seen_s: Sequence[float], duration_s: float) -> Coverage | None:
    """What was looked at; None when nothing was. The largest gap counts the stretches before the first sample and after
    the last one, so it is at least one frame long."""
    if not seen_s:
        return None
    edges = (0.0, *seen_s, max(duration_s, seen_s[-1]))
    gap = max(b - a for a, b in pairwise(edges))
    return Coverage(first_s=round(seen_s[0], 3), last_s=round(seen_s[-1], 3), largest_gap_s=round(gap, 3), samples=len(seen_s))
