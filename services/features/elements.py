"""What happens in a video: elements that begin, and layers that last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from services.features.curve import Curve
from services.features.intervals import Spans, contains


@dataclass(frozen=True)
class Elements:
    """Sorted times at which elements of each kind begin."""

    by_kind: Mapping[str, tuple[float, ...]]

    @cached_property
    def timeline(self) -> tuple[tuple[float, str], ...]:
        """(time, kind) of every element, by time."""
        return tuple(sorted((t_s, kind) for kind, times in self.by_kind.items() for t_s in times))

    @cached_property
    def times(self) -> tuple[float, ...]:
        """The time of every element, by time."""
        return tuple(t_s for t_s, _ in self.timeline)


def layer_count(layers: Sequence[Spans], duration_s: float) -> Curve:
    """Number of layers at the same time, over the whole duration."""
    edges = sorted({0.0, duration_s, *(edge for spans in layers for span in spans for edge in span)})
    cells = ((a, b, float(sum(contains(spans, a) for spans in layers))) for a, b in pairwise(edges))
    return Curve(tuple(cells), "layers")
