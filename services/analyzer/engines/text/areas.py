"""Parts of a picture that are searched for text: where something changed, with room around it, in the detector's tiles."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from services.analyzer.engines.boxes import Rect

ROOM, LEAST, WHOLE = 48, 3, 0.75
"""Pixels around a change, so that the detector sees whole lines and their surroundings; tiles along a side at least; share of
the picture from which the whole one is searched."""
PARAMETERS = {"room": ROOM, "least": LEAST, "whole": WHOLE}


class Area(NamedTuple):
    """Left, top, right, bottom in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, rect: Rect, room: int = ROOM) -> Self:
        """A box and the room around it."""
        right, bottom = rect.x + rect.width + room, rect.y + rect.height + room
        return cls(math.floor(rect.x - room), math.floor(rect.y - room), math.ceil(right), math.ceil(bottom))

    @property
    def pixels(self) -> int:
        """How many it holds."""
        return (self.right - self.left) * (self.bottom - self.top)

    def meets(self, other: "Area") -> bool:
        """Whether they share a pixel."""
        across, down = (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )
        return across > 0 and down > 0

    def joined(self, other: "Area") -> "Area":
        """The smallest that holds both."""
        lows, highs = (
            (min(a, b) for a, b in zip(self[:2], other[:2], strict=True)),
            (max(a, b) for a, b in zip(self[2:], other[2:], strict=True)),
        )
        return Area(*lows, *highs)

    def within(self, whole: "Area") -> "Area":
        """The part inside the picture."""
        return Area(max(0, self.left), max(0, self.top), min(whole.right, self.right), min(whole.bottom, self.bottom))

    def in_tiles(self, tile: float, whole: "Area") -> "Area":
        """Grown to whole tiles, inside the picture."""
        left, right = _along(self.left, self.right, tile, whole.right)
        top, bottom = _along(self.top, self.bottom, tile, whole.bottom)
        return Area(left, top, right, bottom)


def _along(low: int, high: int, tile: float, size: int) -> tuple[int, int]:
    count = math.ceil(size / tile)
    first, last = max(0, math.floor(low / tile)), min(count, math.ceil(high / tile))
    short = max(0, min(LEAST, count) - (last - first))
    first = max(0, first - short)
    last = min(count, max(last, first + LEAST))
    return round(first * tile), min(size, round(last * tile))


def areas(changed: Iterable[Rect], known: Sequence[Rect], whole: Area, tile: float) -> list[Area]:
    """Areas apart from each other that hold all changes and no part of a known region, only whole ones.

    All boxes are in pixels; `tile` is a tile's side in pixels.
    """
    found: list[Area] = []
    for rect in changed:
        _add(found, Area.around(rect).in_tiles(tile, whole))
    waiting = [Area.around(rect, 0) for rect in known]
    while cut := [one for one in waiting if any(one.meets(area) for area in found)]:
        waiting = [one for one in waiting if one not in cut]
        for one in cut:
            _add(found, one.in_tiles(tile, whole))
    return [whole] if sum(area.pixels for area in found) > WHOLE * whole.pixels else sorted(found)


def _add(found: list[Area], new: Area) -> None:
    """Add an area, joined with all that it meets."""
    while meeting := next((area for area in found if area.meets(new)), None):
        found.remove(meeting)
        new = new.joined(meeting)
    found.append(new)
