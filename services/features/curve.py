"""A measured curve held from sample to sample, so that every statistic is weighted by real time, not by sampling density."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import fsum, sqrt

from services.features.absent import NotDefined
from services.features.intervals import EPSILON_S, Span, Spans, complement, merge

Cell = tuple[float, float, float]


def _start(cell: Cell) -> float:
    return cell[0]


def _end(cell: Cell) -> float:
    return cell[1]


class Grid:
    """The times at which an engine looked: a look holds until the next one, the first from 0 s, the last to the end."""

    def __init__(self, times: Sequence[float], duration_s: float) -> None:
        starts = [t_s for t_s in times if t_s < duration_s]
        starts[:1] = [0.0] if starts else []
        self._spans = list(zip(starts, [*starts[1:], duration_s], strict=True)) if starts else []

    def curve(self, values: Iterable[float | None], name: str) -> Curve:
        """One value per look, None where it has none; looks at or after the end of the video are left out."""
        held = zip(self._spans, values, strict=False)
        return Curve(tuple([(span[0], span[1], v) for span, v in held if v is not None and span[1] > span[0]]), name)

    def where(self, flags: Iterable[bool]) -> Spans:
        """The stretches of the looks for which it is so."""
        merged: list[Span] = []
        for (start, end), there in zip(self._spans, flags, strict=False):
            if not there or end <= start:
                continue
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        return tuple(merged)


@dataclass(frozen=True)
class Curve:
    """(start, end, value) cells in order, without overlap; time that no cell covers was not measured."""

    cells: tuple[Cell, ...]
    name: str

    @classmethod
    def held(cls, samples: Iterable[tuple[float, float | None]], duration_s: float, *, name: str) -> Curve:
        """Each sample holds until the next, the first from 0 s, the last to the end; None is a sample without a value."""
        points = list(samples)
        return Grid([t_s for t_s, _ in points], duration_s).curve([value for _, value in points], name)

    def _measured(self) -> tuple[Cell, ...]:
        if not self.cells:
            raise NotDefined(f"no {self.name} was measured")
        return self.cells

    @cached_property
    def measured_s(self) -> float:
        """Seconds that cells cover."""
        return fsum([end - start for start, end, _ in self.cells])

    @cached_property
    def _mean(self) -> float:
        return fsum([(end - start) * value for start, end, value in self._measured()]) / self.measured_s

    def mean(self) -> float:
        """Time-weighted mean."""
        return self._mean

    def spread(self) -> float:
        """Time-weighted standard deviation."""
        middle = self.mean()
        return sqrt(fsum([(end - start) * (value - middle) ** 2 for start, end, value in self.cells]) / self.measured_s)

    def maximum(self) -> float:
        """The highest value."""
        return max([value for _, _, value in self._measured()])

    def quantile(self, q: float) -> float:
        """The smallest value that at least a share `q` of the measured time does not exceed."""
        target = q * self.measured_s - 1e-9
        below = 0.0
        for start, end, value in sorted(self._measured(), key=lambda cell: cell[2]):
            below += end - start
            if below >= target:
                return value
        return self.maximum()

    def change(self, before: Span, after: Span) -> float:
        """Mean in `after` minus mean in `before`."""
        return self.mean_in(after) - self.mean_in(before)

    def mean_in(self, window: Span) -> float:
        """Mean inside a window, without cutting the curve. Raises NotDefined where nothing was measured there."""
        (seconds_a, area_a), (seconds_b, area_b) = self._until(window[0]), self._until(window[1])
        if seconds_b - seconds_a <= EPSILON_S:
            raise NotDefined(f"no {self.name} was measured from {window[0]:.1f} to {window[1]:.1f} s")
        return (area_b - area_a) / (seconds_b - seconds_a)

    def mean_over(self, spans: Spans) -> float:
        """Mean inside some separate intervals. Raises NotDefined where nothing was measured there."""
        parts = [(self._until(start), self._until(end)) for start, end in spans]
        seconds = fsum([after[0] - before[0] for before, after in parts])
        if seconds <= EPSILON_S:
            raise NotDefined(f"no {self.name} was measured there")
        return fsum([after[1] - before[1] for before, after in parts]) / seconds

    def lift(self, spans: Spans, window: Span) -> float:
        """Mean inside some separate intervals minus that in the rest of a window. Raises NotDefined as `mean_over` does."""
        return self.mean_over(spans) - self.mean_over(complement(spans, window))

    @cached_property
    def _sums(self) -> tuple[list[float], list[float], list[float]]:
        """Ends of the cells; seconds, and seconds times value, before each cell and in all."""
        seconds = accumulate([end - start for start, end, _ in self.cells], initial=0.0)
        areas = accumulate([(end - start) * value for start, end, value in self.cells], initial=0.0)
        return [end for _, end, _ in self.cells], list(seconds), list(areas)

    def _until(self, t_s: float) -> tuple[float, float]:
        ends, seconds, areas = self._sums
        i = bisect_right(ends, t_s)
        if i == len(ends) or t_s <= self.cells[i][0]:
            return seconds[i], areas[i]
        part = t_s - self.cells[i][0]
        return seconds[i] + part, areas[i] + part * self.cells[i][2]

    def where(self, test: Callable[[float], bool]) -> Spans:
        """The intervals where the value passes the test."""
        return merge([(start, end) for start, end, value in self.cells if test(value)])

    def seconds_at(self, value: float) -> float:
        """Seconds for which exactly this value holds."""
        return fsum([end - start for start, end, other in self.cells if other == value])

    def share_where(self, test: Callable[[float], bool]) -> float:
        """Share of the measured time where the value passes the test."""
        return fsum([end - start for start, end, value in self._measured() if test(value)]) / self.measured_s

    def over(self, spans: Sequence[Span]) -> Curve:
        """The part inside some intervals; may be empty."""
        cells: list[Cell] = []
        for a, b in merge(spans):
            first, last = bisect_right(self.cells, a, key=_end), bisect_left(self.cells, b, key=_start)
            cells += [(max(start, a), min(end, b), value) for start, end, value in self.cells[first:last]]
        return Curve(tuple(cells), self.name)

    def at(self, t_s: float) -> float | None:
        """The value held at a time, or None where nothing was measured."""
        i = bisect_right(self.cells, t_s, key=_end)
        return self.cells[i][2] if i < len(self.cells) and self.cells[i][0] <= t_s else None

    def switches(self, held_s: float) -> tuple[float, ...]:
        """When another value sets in; values that hold for less than `held_s` are skipped, and so is unmeasured time."""
        runs: list[tuple[float, float, float]] = []
        for start, end, value in self.cells:
            if runs and runs[-1][2] == value:
                runs[-1] = (runs[-1][0], runs[-1][1] + end - start, value)
            else:
                runs.append((start, end - start, value))
        held = [run for run in runs if run[1] >= held_s - EPSILON_S]
        return tuple(after[0] for before, after in pairwise(held) if before[2] != after[2])

    def peak_s(self) -> float:
        """Start of the first cell with the highest value."""
        highest = self.maximum()
        return next(start for start, _, value in self.cells if value == highest)


def correlation(left: Curve, right: Curve) -> float:
    """Time-weighted Pearson correlation where both were measured. Raises NotDefined where one of them never changes."""
    cells = tuple(_together(left.cells, right.cells))
    total = fsum(weight for weight, _, _ in cells)
    if total == 0:
        raise NotDefined(f"{left.name} and {right.name} were never measured together")
    mean_a = fsum(w * a for w, a, _ in cells) / total
    mean_b = fsum(w * b for w, _, b in cells) / total
    variance_a = fsum(w * (a - mean_a) ** 2 for w, a, _ in cells) / total
    variance_b = fsum(w * (b - mean_b) ** 2 for w, _, b in cells) / total
    if min(variance_a, variance_b) < 1e-12:
        raise NotDefined(f"{left.name} or {right.name} never changes")
    covariance = fsum(w * (a - mean_a) * (b - mean_b) for w, a, b in cells) / total
    return max(-1.0, min(1.0, covariance / sqrt(variance_a * variance_b)))


def _together(left: Sequence[Cell], right: Sequence[Cell]) -> Iterator[tuple[float, float, float]]:
    i = j = 0
    while i < len(left) and j < len(right):
        (start_a, end_a, a), (start_b, end_b, b) = left[i], right[j]
        seconds = min(end_a, end_b) - max(start_a, start_b)
        if seconds > 0:
            yield seconds, a, b
        if end_a <= end_b:
            i += 1
        else:
            j += 1
