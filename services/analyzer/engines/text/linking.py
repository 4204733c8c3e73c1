"""Links readings over time into overlays: intervals with a start and an end, one per appearance of a text.

A text seen from sample i to sample j is on screen from half-way between samples i-1 and i to half-way between j and j+1; at the
first or last sample it reaches to 0 s or to the video's end, if that was seen. One missed sample in between does not end it.
Lines that appear, stand and go together become one overlay, joined by a line break.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from services.analyzer.engines.boxes import Rect, overlap, to_box
from services.analyzer.engines.text.kinds import Span, kinds
from services.analyzer.engines.text.lines import Line, join_lines
from services.analyzer.engines.text.plausible import lasting
from services.analyzer.engines.text.region import Reading
from services.analyzer.engines.text.tracks import Track
from services.analyzer.sampling import stretch
from shared.contracts.analysis import TextOverlay
from shared.language import CALLS, call_languages

SAME_TEXT, SAME_PART, MOVED_TEXT, MAX_MISSED, MAX_SHIFT, MIN_PART = 0.75, 0.8, 0.9, 1, 0.25, 3
PARAMETERS = {
    "same_text": [SAME_TEXT, SAME_PART, MOVED_TEXT], "max_missed": MAX_MISSED, "max_shift": MAX_SHIFT, "min_part": MIN_PART,
    "calls": {kind: dict(phrases) for kind, phrases in CALLS.items()},
}  # fmt: skip


class Step(NamedTuple):
    """Tracks seen in this sample and in the one before, tracks that begin, and tracks seen last in the one before."""

    on: list[Track]
    begun: list[Track]
    gone: list[Track]


class Linker:
    """Takes the readings of one sample after the other."""

    def __init__(self) -> None:
        self._sample = -1
        self._open: list[Track] = []
        self._all: list[Track] = []

    def add(self, readings: list[Reading]) -> Step:
        """The readings of the next sample, none included."""
        self._sample += 1
        self._open = [track for track in self._open if self._sample - track.last <= MAX_MISSED + 1]
        pairs = sorted(((-likeness(t.readings[-1], r), k, i) for k, t in enumerate(self._open) for i, r in enumerate(readings)))
        taken: dict[int, int] = {}
        for score, k, i in pairs:
            if score < 0 and k not in taken.values() and i not in taken:
                taken[i] = k
        step = Step([], [], [t for k, t in enumerate(self._open) if k not in taken.values() and t.last == self._sample - 1])
        for i, k in sorted(taken.items()):
            track = self._open[k]
            step.on.extend([track] if track.last == self._sample - 1 else [])
            track.last = self._sample
            track.readings.append(readings[i])
        step.begun.extend(
            Track(max(0, self._sample - r.late), self._sample, [r]) for i, r in enumerate(readings) if i not in taken
        )
        self._open += step.begun
        self._all += step.begun
        return step

    def overlays(self, times_s: Sequence[float], duration_s: float) -> tuple[TextOverlay, ...]:
        """All overlays, by start, then top to bottom. `times_s` are the sample times in the order of `add`."""
        lines = join_lines([line for track in self._all if lasting((line := track.line()).text, line.last - line.first + 1)])
        spans = [_span(line, times_s, duration_s) for line in lines]
        found = [_overlay(*each) for each in zip(lines, spans, kinds(lines, spans), strict=True)]
        return tuple(sorted(found, key=lambda o: (o.start_s, o.box.y, o.box.x, o.text)))


def likeness(before: Reading, now: Reading) -> float:
    """How likely two readings of neighbouring samples are one overlay: 0 for strangers, up to 2.

    The same text near its place, a part of the text at one end of its line (half detected, or a caption that adds words),
    or clearly the same text elsewhere (it slides in).
    """
    alike = text_ratio(before.text, now.text)
    if alike >= SAME_TEXT and _near(before.box, now.box):
        return alike + overlap(before.box, now.box)
    if _shares_edge(before.box, now.box) and part_ratio(before.text, now.text) >= SAME_PART:
        return 0.7
    (ax, ay), (bx, by) = before.box.centre, now.box.centre
    moved = abs(ax - bx) <= MAX_SHIFT and abs(ay - by) <= MAX_SHIFT
    return alike - 0.5 if alike >= MOVED_TEXT and moved else 0.0


def text_ratio(a: str, b: str) -> float:
    """Similarity of two texts without case and spaces, 0..1."""
    left, right = _plain(a), _plain(b)
    return 1.0 if left == right else SequenceMatcher(None, left, right, autojunk=False).ratio()


def part_ratio(a: str, b: str) -> float:
    """How much of the shorter text the longer one holds, in order, 0..1; 0 for parts of less than 3 characters."""
    short, long = sorted((_plain(a), _plain(b)), key=len)
    if len(short) < MIN_PART:
        return 0.0
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(short)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _shares_edge(a: Rect, b: Rect) -> bool:
    """Whether one box lies on the other's line and starts or ends where that one does."""
    height = max(a.height, b.height)
    level = abs(a.centre[1] - b.centre[1]) < 0.5 * height
    left, right = abs(a.x - b.x), abs(a.x + a.width - b.x - b.width)
    return level and min(left, right) < 0.08 * max(a.width, b.width)


def _near(a: Rect, b: Rect) -> bool:
    (ax, ay), (bx, by) = a.centre, b.centre
    return abs(ay - by) < max(a.height, b.height) and abs(ax - bx) < 0.5 * max(a.width, b.width)


def _span(line: Line, times_s: Sequence[float], duration_s: float) -> Span:
    start, end = stretch(times_s, line.first, line.last, duration_s)
    return round(start, 3), round(end, 3)


def _overlay(line: Line, span: Span, kind: str | None) -> TextOverlay:
    return TextOverlay.model_validate({
        "start_s": span[0], "end_s": span[1], "text": line.text, "confidence": round(line.confidence, 4),
        "box": to_box(line.box), "kind": kind, "letter_height": round(min(1.0, line.height), 4), "moves": line.moves,
        "calls": call_languages(line.text),
    })  # fmt: skip
