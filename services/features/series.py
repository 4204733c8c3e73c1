"""Moments in time as a series: where they are densest, and whether they come early or late."""

from bisect import bisect_left
from collections.abc import Sequence

_CLEARLY_MORE = 1.5


def busiest(times: Sequence[float], window_s: float) -> tuple[float, int]:
    """Start and number of the half-open window with the most of the sorted times, the first of equals; (0, 0) for none."""
    best = (0.0, 0)
    for i, start in enumerate(times):
        number = bisect_left(times, start + window_s) - i
        if number > best[1]:
            best = (start, number)
    return best


def front_back(times: Sequence[float], duration_s: float) -> str:
    """front_loaded or back_loaded where that half has at least 1.5 times as many as the other, else even."""
    front = sum(t_s < duration_s / 2 for t_s in times)
    back = len(times) - front
    if front >= _CLEARLY_MORE * back and front > back:
        return "front_loaded"
    return "back_loaded" if back >= _CLEARLY_MORE * front and back > front else "even"
