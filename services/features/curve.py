"""A measured curve held from sample to sample, so that every statistic is weighted by real time, not by sampling density."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, pairwise, repeat
from math import fsum, inf, sqrt
from operator import eq, ge, mul, ne

from services.features.absent import NotDefined
from services.features.grid import Grid
from services.features.intervals import EPSILON_S, Span, Spans, complement, merge

Cell = tuple[float, float, float]


class Curve:
    """Values that hold for the stretches of a grid, one each; time that none covers was not measured."""

    def __init__(self, grid: Grid, values: Sequence[float], name: str) -> None:
        self._grid, self._values, self.name = grid, values, name
        self._starts, self._ends = grid.starts, grid.ends

    @classmethod
    def over(cls, grid: Grid, values: Iterable[float | None], name: str) -> Curve:
        """One value per stretch, None where it has none."""
        return cls(*grid.part(values), name)

    @classmethod
    def of(cls, cells: Iterable[Cell], name: str) -> Curve:
        """From (start, end, value) cells."""
        starts, ends, values = tuple(zip(*cells, strict=True)) or ((), (), ())
        return cls.over(Grid(starts, ends), values, name)

    def __bool__(self) -> bool:
        """Whether anything was measured."""
        return bool(self._values)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """(start, end, value) in order."""
        return tuple(zip(self._starts, self._ends, self._values, strict=True))

    def _measured(self) -> Sequence[float]:
        if not self._values:
            raise NotDefined(f"no {self.name} was measured")
        return self._values

    @property
    def measured_s(self) -> float:
        """Seconds that were measured."""
        return self._grid.seconds

    @cached_property
    def _mean(self) -> float:
        return fsum(map(mul, self._grid.widths, self._measured())) / self.measured_s

    def mean(self) -> float:
        """Time-weighted mean."""
        return self._mean

    def spread(self) -> float:
        """Time-weighted standard deviation."""
        middle = self.mean()
        squares = [(away := value - middle) * away for value in self._values]
        return sqrt(fsum(map(mul, self._grid.widths, squares)) / self.measured_s)

    def spread_within(self, runs: Iterable[tuple[int, int, Hashable]]) -> float:
        """Time-weighted standard deviation of the cells from the mean of their group.

        A run is the place of its first cell, the place after its last one, and its group; the runs cover all cells.
        """
        values, before, areas = self._measured(), self._grid.before, self._areas
        seconds: dict[Hashable, float] = defaultdict(float)
        area: dict[Hashable, float] = defaultdict(float)
        for first, end, group in runs:
            seconds[group] += before[end] - before[first]
            area[group] += areas[end] - areas[first]
        whole = fsum(map(mul, self._grid.widths, map(mul, values, values)))
        left = whole - fsum([area[group] ** 2 / seconds[group] for group in area])
        return sqrt(max(0.0, left) / self.measured_s)

    def maximum(self) -> float:
        """The highest value."""
        return max(self._measured())

    @cached_property
    def _ranked(self) -> tuple[list[float], list[float]]:
        """The values in order, and the seconds for which no greater one held."""
        values, widths = self._measured(), self._grid.widths
        order = sorted(range(len(values)), key=values.__getitem__)
        return [values[i] for i in order], list(accumulate([widths[i] for i in order]))

    def quantile(self, q: float) -> float:
        """The smallest value that at least a share `q` of the measured time does not exceed."""
        values, below = self._ranked
        return values[min(bisect_left(below, q * self.measured_s - 1e-9), len(values) - 1)]

    def change(self, before: Span, after: Span) -> float:
        """Mean in `after` minus mean in `before`."""
        return self.mean_in(after) - self.mean_in(before)

    def mean_in(self, window: Span) -> float:
        """Mean inside a window, without cutting the curve. Raises NotDefined where nothing was measured there."""
        mean = self.mean_within(window)
        if mean is None:
            raise NotDefined(f"no {self.name} was measured from {window[0]:.1f} to {window[1]:.1f} s")
        return mean

    def mean_within(self, window: Span) -> float | None:
        """Mean inside a window, None where nothing was measured there."""
        seconds_a, area_a = self._until(window[0])
        seconds_b, area_b = self._until(window[1])
        seconds = seconds_b - seconds_a
        return (area_b - area_a) / seconds if seconds > EPSILON_S else None

    def mean_over(self, spans: Spans) -> float:
        """Mean inside some separate intervals. Raises NotDefined where nothing was measured there."""
        parts = [(self._until(start), self._until(end)) for start, end in spans]
        seconds = fsum([after[0] - before[0] for before, after in parts])
        if seconds <= EPSILON_S:
            raise NotDefined(f"no {self.name} was measured in the stretches that this is about")
        return fsum([after[1] - before[1] for before, after in parts]) / seconds

    def lift(self, spans: Spans, window: Span) -> float:
        """Mean inside some separate intervals minus that in the rest of a window. Raises NotDefined as `mean_over` does."""
        return self.mean_over(spans) - self.mean_over(complement(spans, window))

    @cached_property
    def _areas(self) -> list[float]:
        """Seconds times value before each cell, and in all."""
        return list(accumulate(map(mul, self._grid.widths, self._values), initial=0.0))

    def _until(self, t_s: float) -> tuple[float, float]:
        i = bisect_right(self._ends, t_s)
        seconds, area = self._grid.before[i], self._areas[i]
        part = t_s - self._starts[i] if i < len(self._ends) else 0.0
        return (seconds + part, area + part * self._values[i]) if part > 0 else (seconds, area)

    def highest_stretch(self, seconds: float, duration_s: float) -> float:
        """Start of the stretch of this length with the highest mean, the first of equals.

        It starts with a cell or at the last place where it fits. Raises NotDefined where nothing was measured at all.
        """
        self._measured()
        last = max(0.0, duration_s - seconds)
        cells = bisect_left(self._starts, last)
        starts = [*self._starts[:cells], last]
        fronts = [*zip(self._grid.before[:cells], self._areas, strict=False), self._until(last)]
        backs = self._until_each([start + seconds for start in starts])
        means = [
            (area_b - area_a) / (seconds_b - seconds_a) if seconds_b - seconds_a > EPSILON_S else -inf
            for (seconds_a, area_a), (seconds_b, area_b) in zip(fronts, backs, strict=True)
        ]
        highest = max(means)
        near = compress(zip(starts, means, strict=True), map(ge, means, repeat(highest - 1e-5)))
        return next(start for start, mean in near if round(mean, 6) == round(highest, 6))

    def _until_each(self, times: Iterable[float]) -> list[tuple[float, float]]:
        """What `_until` says of times in order, in one sweep."""
        starts, ends, before, areas = self._starts, (*self._ends, inf), self._grid.before, self._areas
        found = []
        i = 0
        for t_s in times:
            while ends[i] <= t_s:
                i += 1
            part = t_s - starts[i] if i < len(starts) else 0.0
            found.append((before[i] + part, areas[i] + part * self._values[i]) if part > 0 else (before[i], areas[i]))
        return found

    def where(self, test: Callable[[float, float], bool], level: float) -> Spans:
        """The intervals where `test(value, level)` holds; `test` is one of `operator`, such as `lt`."""
        return self._grid.where(map(test, self._values, repeat(level)))

    def mapped(self, read: Callable[[float], float]) -> Curve:
        """The same stretches with another value each."""
        return Curve(self._grid, list(map(read, self._values)), self.name)

    def seconds_where(self, test: Callable[[float, float], bool], level: float) -> float:
        """Seconds for which `test(value, level)` holds; `test` is one of `operator`, such as `lt`."""
        return fsum(compress(self._grid.widths, map(test, self._values, repeat(level))))

    def kinds(self) -> int:
        """How many different values there are."""
        return len(set(self._values))

    def seconds_at(self, value: float) -> float:
        """Seconds for which exactly this value holds."""
        return self.seconds_where(eq, value)

    def share_where(self, test: Callable[[float, float], bool], level: float) -> float:
        """Share of the measured time where `test(value, level)` holds."""
        self._measured()
        return self.seconds_where(test, level) / self.measured_s

    def inside(self, spans: Sequence[Span]) -> Curve:
        """The part inside some intervals; may be empty."""
        cells: list[Cell] = []
        for a, b in merge(spans):
            first, last = bisect_right(self._ends, a), bisect_left(self._starts, b)
            cells += [(max(start, a), min(end, b), value) for start, end, value in self.cells[first:last]]
        return Curve.of(cells, self.name)

    def at(self, t_s: float) -> float | None:
        """The value held at a time, or None where nothing was measured."""
        i = bisect_right(self._ends, t_s)
        return self._values[i] if i < len(self._ends) and self._starts[i] <= t_s else None

    def switches(self, held_s: float) -> tuple[float, ...]:
        """When another value sets in; values that hold for less than `held_s` are skipped, and so is unmeasured time."""
        edges = [0, *compress(range(1, len(self._values)), map(ne, self._values, self._values[1:])), len(self._values)]
        runs = [(first, fsum(self._grid.widths[first:end])) for first, end in pairwise(edges)]
        held = [first for first, seconds in runs if seconds >= held_s - EPSILON_S]
        return tuple(self._starts[b] for a, b in pairwise(held) if self._values[a] != self._values[b])

    def peak_s(self) -> float:
        """Start of the first cell with the highest value."""
        return self._starts[self._values.index(self.maximum())]
