"""Objects over time, held from one looked-at frame to the next; persons are left to the people engine."""

from collections import defaultdict
from functools import cached_property

from services.features.grid import Grid
from services.features.intervals import Spans, merge
from services.features.staging import BRIDGE_S
from services.features.windows import Windows
from shared.contracts.analysis import Objects

PERSON = "person"


class Things:
    """The objects block; an object is one label, or one track of it where objects are followed."""

    def __init__(self, objects: Objects, windows: Windows) -> None:
        found = [one for one in objects.found if one.label != PERSON]
        self._times = sorted({*objects.sampled_s, *(one.t_s for one in found)})
        self._grid = Grid.of(self._times, windows.duration_s)
        self._seen: dict[tuple[str, int | None], set[float]] = defaultdict(set)
        for one in found:
            self._seen[one.label, one.track].add(one.t_s)

    @cached_property
    def spans(self) -> Spans:
        """When an object is in the picture."""
        seen = set().union(*self._seen.values())
        return self._grid.where(map(seen.__contains__, self._times))

    @cached_property
    def visits(self) -> Spans:
        """Stretches in which one object is in the picture, short misses bridged; different objects may overlap."""
        return tuple(sorted(span for seen in self._seen.values() for span in self._visits(seen)))

    def _visits(self, seen: set[float]) -> Spans:
        spans = self._grid.where(map(seen.__contains__, self._times))
        return merge(spans, bridge_s=BRIDGE_S)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The kinds of objects."""
        return frozenset(label for label, _ in self._seen)
