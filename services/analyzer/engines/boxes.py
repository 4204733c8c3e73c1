"""Rectangles as fractions of the frame: clipping, growing to a pixel crop, overlap."""

from typing import NamedTuple

from shared.contracts.spans import Box


class Rect(NamedTuple):
    """x, y is the top left corner; everything is a fraction of the frame."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """Middle point."""
        return self.x + self.width / 2, self.y + self.height / 2


def clip(rect: Rect) -> Rect:
    """The part inside the frame; a width or height of 0 when there is none."""
    left, top = min(1.0, max(0.0, rect.x)), min(1.0, max(0.0, rect.y))
    right, bottom = min(1.0, max(0.0, rect.x + rect.width)), min(1.0, max(0.0, rect.y + rect.height))
    return Rect(left, top, right - left, bottom - top)


def to_box(rect: Rect) -> Box:
    """A contract box, clipped and rounded to 4 digits so that it stays inside the frame."""
    inside = clip(rect)
    x, y = round(inside.x, 4), round(inside.y, 4)
    width, height = min(inside.width, 1 - x), min(inside.height, 1 - y)
    return Box(x=x, y=y, width=round(max(0.0, width), 4), height=round(max(0.0, height), 4))


def grow(rect: Rect, factor: float, width: int, height: int) -> tuple[int, int, int, int]:
    """The square of `factor` times the longer side around a box, in pixels inside the frame: left, top, right, bottom."""
    x, y = rect.centre[0] * width, rect.centre[1] * height
    half = max(rect.width * width, rect.height * height) * factor / 2
    left, top = max(0, int(x - half)), max(0, int(y - half))
    return left, top, min(width, int(x + half)), min(height, int(y + half))


def overlap(a: Rect, b: Rect) -> float:
    """Intersection over union."""
    across = max(0.0, min(a.x + a.width, b.x + b.width) - max(a.x, b.x))
    down = max(0.0, min(a.y + a.height, b.y + b.height) - max(a.y, b.y))
    shared = across * down
    total = a.width * a.height + b.width * b.height - shared
    return shared / total if total > 0 else 0.0
