"""The stretches of time for which an engine's looks hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress
from math import fsum
from operator import gt, sub
from typing import TypeVar

from services.features.intervals import Spans, merge

Item = TypeVar("Item")


class Grid:
    """Starts and ends of separate stretches in order; one that lasts no time is left out, with whatever belongs to it."""

    def __init__(self, starts: Sequence[float], ends: Sequence[float]) -> None:
        self._lasts = list(map(gt, ends, starts))
        self.starts, self.ends = tuple(compress(starts, self._lasts)), tuple(compress(ends, self._lasts))

    @classmethod
    def of(cls, times: Sequence[float], duration_s: float) -> Grid:
        """A look holds until the next one, the first from 0 s, the last to the end; looks from the end on are left out."""
        starts = [t_s for t_s in times if t_s < duration_s]
        starts[:1] = [0.0] if starts else []
        return cls(starts, [*starts[1:], duration_s] if starts else [])

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
        held = list(compress(items, self._lasts))
        known = [item for item in held if item is not None]
        if len(known) == len(self.starts):
            return self._whole, known
        there = [item is not None for item in held]
        return Grid(tuple(compress(self.starts, there)), tuple(compress(self.ends, there))), known

    @cached_property
    def _whole(self) -> Grid:
        return self if all(self._lasts) else Grid(self.starts, self.ends)

    def where(self, flags: Iterable[bool]) -> Spans:
        """The stretches for which it is so; given is one flag per stretch it was made with."""
        there = list(compress(flags, self._lasts))
        return merge(zip(compress(self.starts, there), compress(self.ends, there), strict=True))
