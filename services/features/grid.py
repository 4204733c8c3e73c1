"""The stretches of time for which an engine's looks hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, islice, pairwise
from math import fsum
from operator import eq, gt, ne, sub
from typing import TypeVar

from services.features.intervals import Span, Spans, merge

Item = TypeVar("Item")
SAME_FRAME_S = 0.0006
"""Times are told to the millisecond: a look half of one before a cut may be at the first frame after it."""


class Grid:
    """Starts and ends of separate stretches in order; one that lasts no time is left out, with whatever belongs to it."""

    def __init__(self, starts: Sequence[float], ends: Sequence[float], *, last: bool = False) -> None:
        """`last` says that all of them last."""
        lasts = [] if last else list(map(gt, ends, starts))
        self._lasts = None if all(lasts) else lasts
        self._given = len(starts)
        self.starts, self.ends = tuple(self._kept(starts)), tuple(self._kept(ends))

    @classmethod
    def of(cls, times: Sequence[float], duration_s: float) -> Grid:
        """A look holds until the next of the sorted times, the first from 0 s, the last to the end; later ones are left out."""
        later = times[1 : bisect_left(times, duration_s)]
        return cls([0.0, *later], [*later, duration_s]) if times and times[0] < duration_s else cls((), ())

    @cached_property
    def widths(self) -> list[float]:
        """Lengths in seconds."""
        return list(map(sub, self.ends, self.starts))

    @cached_property
    def seconds(self) -> float:
        """Length of all together."""
        return fsum(self.widths)

    @cached_property
    def before(self) -> list[float]:
        """Seconds before each stretch, and in all."""
        return list(accumulate(self.widths, initial=0.0))

    def part(self, items: Iterable[Item | None]) -> tuple[Grid, list[Item]]:
        """The stretches that have an item, and these items; given is one item, or None, per stretch it was made with."""
        held = list(self._kept(items))
        known = [item for item in held if item is not None]
        if len(known) == len(self.starts):
            return self if self._lasts is None else self._lasting, known
        there = [item is not None for item in held]
        return Grid(tuple(compress(self.starts, there)), tuple(compress(self.ends, there)), last=True), known

    @cached_property
    def _lasting(self) -> Grid:
        """The same, made without what does not last."""
        return Grid(self.starts, self.ends, last=True)

    def where(self, flags: Iterable[bool]) -> Spans:
        """The stretches for which it is so; given is one flag per stretch it was made with."""
        there, found = bytes(self._kept(flags)), list[Span]()
        for first, last in self._unbroken:
            end = first
            while (start := there.find(1, end, last)) >= 0:
                end = there.find(0, start, last) % (last + 1)  # -1, none, becomes last
                found.append((self.starts[start], self.ends[end - 1]))
        return merge(found)

    @cached_property
    def _unbroken(self) -> list[tuple[int, int]]:
        """Where the stretches follow each other without a gap: places of the first one and after the last."""
        if all(map(eq, self.starts[1:], self.ends)):
            return [(0, len(self.starts))]
        breaks = [i for i, gap in enumerate(map(ne, self.starts[1:], self.ends), 1) if gap]
        return list(pairwise([0, *breaks, len(self.starts)]))

    def _kept(self, items: Iterable[Item]) -> Iterable[Item]:
        """What belongs to the stretches that last."""
        return islice(items, self._given) if self._lasts is None else compress(items, self._lasts)


def beside(times: Sequence[float], cuts: Sequence[float]) -> list[tuple[int | None, int | None]]:
    """Places in the sorted looks of the last one before each cut and of the first one after it, each within its shot.

    None where nobody looked at that shot. A look that is held says nothing here: after a cut it still shows the shot before.
    """
    firsts = [0, *(bisect_left(times, cut_s - SAME_FRAME_S) for cut_s in cuts), len(times)]
    return [
        (here - 1 if here > before else None, here if here < after else None)
        for before, here, after in zip(firsts, firsts[1:], firsts[2:], strict=False)
    ]
