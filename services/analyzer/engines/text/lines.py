"""Joins the lines of one text block: they appear and go together and stand under each other."""

from statistics import fmean
from typing import NamedTuple

from services.analyzer.engines.boxes import Rect

MAX_SAMPLES_APART, MAX_GAP, MAX_HEIGHT_RATIO, MIN_ACROSS = 1, 0.9, 1.6, 0.5


class Line(NamedTuple):
    """One line of text from sample `first` to sample `last`."""

    first: int
    last: int
    text: str
    confidence: float
    box: Rect


def join_lines(lines: list[Line]) -> list[Line]:
    """Blocks of lines as one line each, text joined by line breaks; lines alone stay as they are."""
    blocks: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: (item.box.y, item.box.x, item.first, item.text)):
        home = next((block for block in blocks if _continues(block[-1], line)), None)
        if home is None:
            blocks.append([line])
        else:
            home.append(line)
    return [_joined(block) for block in blocks]


def _continues(upper: Line, lower: Line) -> bool:
    together = abs(upper.first - lower.first) <= MAX_SAMPLES_APART and abs(upper.last - lower.last) <= MAX_SAMPLES_APART
    a, b = upper.box, lower.box
    height = min(a.height, b.height)
    below = b.y > a.y + 0.5 * a.height and b.y - (a.y + a.height) < MAX_GAP * height
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    aligned = across > MIN_ACROSS * min(a.width, b.width)
    return together and below and aligned and max(a.height, b.height) < MAX_HEIGHT_RATIO * height


def _joined(block: list[Line]) -> Line:
    left, top = min(line.box.x for line in block), min(line.box.y for line in block)
    right = max(line.box.x + line.box.width for line in block)
    bottom = max(line.box.y + line.box.height for line in block)
    return Line(
        min(line.first for line in block), max(line.last for line in block), "\n".join(line.text for line in block),
        fmean(line.confidence for line in block), Rect(left, top, right - left, bottom - top),
    )  # fmt: skip
