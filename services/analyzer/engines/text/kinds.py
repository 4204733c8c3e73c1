"""Decides what an overlay is: caption, title, sticker or lettering in the scene; None where nothing tells it from a sign.

- scene: more moments say that it belongs to the filmed world than that it was put on (`surround`).
- sticker: tilted by at least 5 degrees, or at most two words on a plate of their own.
- caption: one of a row of texts that replace each other in one place, at one size: three of them, or two short ones.
- title: any other text that was put on.
"""

from collections.abc import Sequence
from typing import Literal

from services.analyzer.engines.text.lines import Line

TILT, STICKER_WORDS, BACKED = 5.0, 2, 0.5
ROW, PAIR_S, MAX_CAPTION_S, GAP_S, OVERLAP_S = 3, 2.5, 6.0, 1.0, 0.6
SAME_HEIGHT, LINES_APART, OFF_CENTRE = 1.4, 1.5, 0.06
PARAMETERS = {
    "tilt": TILT, "sticker_words": STICKER_WORDS, "backed": BACKED, "row": [ROW, PAIR_S, MAX_CAPTION_S, GAP_S, OVERLAP_S],
    "same_place": [SAME_HEIGHT, LINES_APART, OFF_CENTRE],
}  # fmt: skip
Span = tuple[float, float]
TextKind = Literal["caption", "title", "sticker", "scene"]


def kinds(lines: Sequence[Line], spans: Sequence[Span]) -> list[TextKind | None]:
    """The kind of each line; `spans` are their start and end in seconds."""
    captions = _captions(lines, spans)
    return [_kind(line, caption=k in captions) for k, line in enumerate(lines)]


def _kind(line: Line, *, caption: bool) -> TextKind | None:
    if line.in_scene > line.put_on:
        return "scene"
    if caption:
        return "caption"  # signs do not take turns in one place
    if line.put_on <= line.in_scene:
        return None
    short = len(line.text.split()) <= STICKER_WORDS
    return "sticker" if abs(line.tilt) >= TILT or (line.backed >= BACKED and short) else "title"


def _captions(lines: Sequence[Line], spans: Sequence[Span]) -> set[int]:
    """Positions of the lines that stand in a row."""
    order = sorted((k for k in range(len(lines)) if _may_be_caption(lines[k], spans[k])), key=lambda k: spans[k])
    rows: list[list[int]] = []
    for k in order:
        row = next((row for row in rows if _follows(lines, spans, row[-1], k)), None)
        if row is None:
            rows.append([k])
        else:
            row.append(k)
    return {k for row in rows if _is_row(row, spans) for k in row}


def _may_be_caption(line: Line, span: Span) -> bool:
    return line.in_scene <= line.put_on and abs(line.tilt) < TILT and span[1] - span[0] <= MAX_CAPTION_S


def _is_row(row: Sequence[int], spans: Sequence[Span]) -> bool:
    return len(row) >= ROW or (len(row) > 1 and all(spans[k][1] - spans[k][0] <= PAIR_S for k in row))


def _follows(lines: Sequence[Line], spans: Sequence[Span], before: int, after: int) -> bool:
    a, b = lines[before], lines[after]
    soon = -OVERLAP_S <= spans[after][0] - spans[before][1] <= GAP_S
    sizes = max(a.height, b.height) <= SAME_HEIGHT * min(a.height, b.height)
    level = abs(a.box.centre[1] - b.box.centre[1]) <= LINES_APART * max(a.height, b.height)
    across = min(abs(a.box.centre[0] - b.box.centre[0]), abs(a.box.x - b.box.x)) <= OFF_CENTRE
    return soon and sizes and level and across and a.text != b.text
