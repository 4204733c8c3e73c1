"""What happens in a video: elements that begin, and layers that last."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil

from services.features.absent import NotDefined
from services.features.curve import Curve
from services.features.grid import Grid
from services.features.intervals import Span, Spans
from services.features.series import busiest

BUSIEST_S = 3.0


@dataclass(frozen=True)
class Elements:
    """Sorted times at which elements of each kind begin in a clip of `duration_s`."""

    by_kind: Mapping[str, tuple[float, ...]]
    duration_s: float

    @cached_property
    def timeline(self) -> tuple[tuple[float, str], ...]:
        """(time, kind) of every element, by time."""
        return tuple(sorted((t_s, kind) for kind, times in self.by_kind.items() for t_s in times))

    @cached_property
    def times(self) -> tuple[float, ...]:
        """The time of every element, by time."""
        return tuple(t_s for t_s, _ in self.timeline)

    @property
    def some(self) -> tuple[float, ...]:
        """The times. Raises NotDefined where no element begins."""
        if not self.times:
            raise NotDefined("no element begins")
        return self.times

    def count(self, window: Span) -> int:
        """How many begin in a half-open window."""
        return bisect_left(self.times, window[1]) - bisect_left(self.times, window[0])

    def rate(self, window: Span) -> float:
        """How many begin per second of a window."""
        return self.count(window) / (window[1] - window[0])

    def kinds(self, window: Span) -> int:
        """How many different kinds begin in a half-open window."""
        start = bisect_left(self.times, window[0])
        return len(set(self._kinds[start : bisect_left(self.times, window[1], start)]))

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(kind for _, kind in self.timeline)

    @cached_property
    def bins(self) -> list[int]:
        """How many begin in each of equal bins of about 1 s, at least two."""
        number = max(2, ceil(self.duration_s - 1e-6))
        before = [bisect_left(self.times, self.duration_s * i / number) for i in range(number + 1)]
        return [after - until for until, after in pairwise(before)]

    @cached_property
    def lulls(self) -> list[Span]:
        """Start and length of the stretches from one beginning to the next, the first from 0 s, the last to the end."""
        edges = (0.0, *self.times, self.duration_s)
        return [(start, round(end - start, 6)) for start, end in pairwise(edges)]

    @cached_property
    def peak(self) -> tuple[float, int]:
        """Start and number of the busiest 3 s, the first of equals. Raises NotDefined where no element begins."""
        return busiest(self.some, BUSIEST_S)


def layer_count(layers: Sequence[Spans], duration_s: float) -> Curve:
    """Number of layers at the same time, over the whole duration."""
    steps = {0.0: 0.0, duration_s: 0.0}
    for spans in layers:
        for start, end in spans:
            steps[start] = steps.get(start, 0.0) + 1.0
            steps[end] = steps.get(end, 0.0) - 1.0
    edges = sorted(steps)
    return Curve.over(Grid(edges[:-1], edges[1:]), accumulate(map(steps.__getitem__, edges[:-1])), "layers")
