"""Joins the lines of one text block: they appear and go together and stand under each other."""

from collections.abc import Callable
from statistics import fmean, median
from typing import NamedTuple

from services.analyzer.engines.boxes import Rect

MAX_SAMPLES_APART, MAX_GAP, MAX_HEIGHT_RATIO, MIN_ACROSS, MAX_SPACE = 1, 0.9, 1.6, 0.5, 0.8
PARAMETERS = {
    "apart": MAX_SAMPLES_APART,
    "gap": MAX_GAP,
    "height_ratio": MAX_HEIGHT_RATIO,
    "across": MIN_ACROSS,
    "space": MAX_SPACE,
}


class Line(NamedTuple):
    """One line of text from sample `first` to sample `last`, with what speaks for its kind.

    `height` is that of its line as a share of the frame's, `tilt` in degrees, `backed` the share of its readings on a plate of
    its own, `aspect` the frame's width by its height; `put_on` and `in_scene` count the moments that tell an overlay from
    lettering in the filmed world.
    """

    first: int
    last: int
    text: str
    confidence: float
    box: Rect
    height: float = 0.0
    tilt: float = 0.0
    backed: float = 0.0
    aspect: float = 1.0
    moves: bool = False
    put_on: int = 0
    in_scene: int = 0


def join_lines(lines: list[Line]) -> list[Line]:
    """Words side by side as one line, then blocks of lines as one, joined by line breaks; lines alone stay as they are."""
    words = sorted(lines, key=lambda item: (item.box.x, item.box.y, item.first, item.text))
    whole = [_joined(row, " ") for row in _grouped(words, _goes_on)]
    rows = sorted(whole, key=lambda item: (item.box.y, item.box.x, item.first, item.text))
    return [_joined(block, "\n") for block in _grouped(rows, _continues)]


def _grouped(lines: list[Line], belongs: Callable[[Line, Line], bool]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        home = next((group for group in groups if _together(group[-1], line) and belongs(group[-1], line)), None)
        if home is None:
            groups.append([line])
        else:
            home.append(line)
    return groups


def _together(a: Line, b: Line) -> bool:
    return abs(a.first - b.first) <= MAX_SAMPLES_APART and abs(a.last - b.last) <= MAX_SAMPLES_APART


def _goes_on(left: Line, right: Line) -> bool:
    """Whether `right` is the next word of the line that `left` ends."""
    a, b = left.box, right.box
    height = min(a.height, b.height)
    level = abs(a.centre[1] - b.centre[1]) < 0.4 * height and max(a.height, b.height) < MAX_HEIGHT_RATIO * height
    return level and -0.5 * height < (b.x - a.x - a.width) * right.aspect < MAX_SPACE * height


def _continues(upper: Line, lower: Line) -> bool:
    a, b = upper.box, lower.box
    height = min(a.height, b.height)
    below = b.y > a.y + 0.5 * a.height and b.y - (a.y + a.height) < MAX_GAP * height
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    aligned = across > MIN_ACROSS * min(a.width, b.width)
    return below and aligned and max(a.height, b.height) < MAX_HEIGHT_RATIO * height


def _joined(block: list[Line], joint: str) -> Line:
    left, top = min(line.box.x for line in block), min(line.box.y for line in block)
    right = max(line.box.x + line.box.width for line in block)
    bottom = max(line.box.y + line.box.height for line in block)
    return Line(
        first=min(line.first for line in block),
        last=max(line.last for line in block),
        text=joint.join(line.text for line in block),
        confidence=fmean(line.confidence for line in block),
        box=Rect(left, top, right - left, bottom - top),
        height=median(line.height for line in block),
        tilt=median(line.tilt for line in block),
        backed=fmean(line.backed for line in block),
        aspect=block[0].aspect,
        moves=sum(line.moves for line in block) * 2 > len(block),
        put_on=sum(line.put_on for line in block),
        in_scene=sum(line.in_scene for line in block),
    )
