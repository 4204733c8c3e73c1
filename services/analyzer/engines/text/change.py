"""Says where a picture changed in a way that new lettering could explain: only there is the text detector worth its time.

New lettering brings strokes. The picture, at half size, is cut into cells of 8x8 pixels; a cell speaks for new text when it
holds edges (the Laplacian of luma) that differ from those of the picture that was last searched, wherever movement took them:
optical flow says where the cell's content was then. Light that changes, soft things, and things that only moved do not speak
for new text. Slow changes add up, because the comparison is with the last searched picture, not the last sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.areas import Area
from services.analyzer.frames import Image

CELL, CHANGED, STROKES, MIN_CELLS = 8, 4.0, 5.0, 2
"""Pixels (at half size); mean absolute change of the Laplacian; its mean absolute value; cells side by side. Chosen so that
faint handles (25 grey levels) still count: text of 2 % of the height covers at least two cells."""
LEVELS, OF_DEVIATION, MOVING = 3.0, 0.35, 0.5
"""A cell only moved when flow leaves a mean difference of at most 3 grey levels, or of 0.35 of the cell's own deviation: what
moves is resampled, so it never fits exactly. Where half of the changed cells only moved, the outermost ones show what comes
into the picture: it is searched for text once it is further in."""
FLOW_SIDE = 64
"""Pixels (at half size) of the shorter side: the coarsest pyramid level of OpenCV's DIS flow must still hold its patch."""
MARGIN = 0.4
"""Around a text that stands, in its heights, changes are its plate's edge against what moves behind it."""
PARAMETERS = {
    "margin": MARGIN, "cell": CELL, "changed": CHANGED, "strokes": STROKES, "min_cells": MIN_CELLS,
    "moved": [LEVELS, OF_DEVIATION, MOVING, FLOW_SIDE],
}  # fmt: skip
Edges = NDArray[np.int16]
Cells = NDArray[np.bool_]


@dataclass(frozen=True)
class Half:
    """A luma picture at half size, and its edges."""

    gray: Image
    edges: Edges

    @classmethod
    def of(cls, gray: Image) -> "Half":
        """From the whole picture."""
        half = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        return cls(half, np.asarray(cv2.Laplacian(half, cv2.CV_16S), np.int16))


class Watched:
    """The picture that was searched for text last."""

    def __init__(self) -> None:
        self._searched: Half | None = None
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)

    def changed(self, gray: Image, known: Sequence[Rect]) -> list[Rect]:
        """Boxes, in pixels, where this picture (luma) may hold new text; `known` are those of texts that stand as read."""
        if self._searched is None:
            return [Rect(0, 0, *map(float, gray.shape[::-1]))]
        now, before = Half.of(gray), self._searched
        suspicious = (_cells(np.abs(now.edges - before.edges)) > CHANGED) & (_cells(np.abs(now.edges)) > STROKES)
        _forget(suspicious, known)
        if not _groups(suspicious):
            return []
        new = suspicious & ~self._only_moved(now.gray, before.gray)
        inner = (slice(1, -1), slice(1, -1))
        if 0 < suspicious[inner].sum() >= new[inner].sum() / (1 - MOVING):
            new = np.pad(new[inner], 1)
        return _groups(new)

    def searched(self, gray: Image, areas: Sequence[Area]) -> None:
        """Remember the parts of a picture that were searched just now; the first time, the whole of it."""
        now = Half.of(gray)
        if self._searched is None:
            self._searched = now
        for left, top, right, bottom in areas:
            part = slice(top // 2, -(-bottom // 2)), slice(left // 2, -(-right // 2))
            self._searched.gray[part], self._searched.edges[part] = now.gray[part], now.edges[part]

    def _only_moved(self, now: Image, before: Image) -> Cells:
        """The cells whose content was in the picture before, here or elsewhere; none in a strip too narrow for optical flow."""
        if min(now.shape) < FLOW_SIDE:
            return np.zeros_like(_cells(now), np.bool_)
        flow = self._flow.calc(now, before, None)
        height, width = now.shape
        flow += np.dstack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))
        there = cv2.remap(before, flow, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        left = _cells(cv2.absdiff(*(cv2.blur(picture, (2, 2)) for picture in (now, there))))
        gray = now.astype(np.float32)
        deviation = np.sqrt(np.maximum(0.0, _cells(np.square(gray)) - np.square(_cells(gray))))
        return np.asarray(left <= np.maximum(LEVELS, OF_DEVIATION * deviation))


def _forget(suspicious: Cells, known: Sequence[Rect]) -> None:
    """Take away what lies on a known text or beside it."""
    for x, y, width, height in known:
        pixels, margin = 2 * CELL, MARGIN * height
        left, top = (max(0, round((at - margin) / pixels)) for at in (x, y))
        suspicious[top : round((y + height + margin) / pixels), left : round((x + width + margin) / pixels)] = False


def holds_strokes(gray: Image, rect: Rect) -> bool:
    """Whether there is anything in a box (pixels of a luma picture) that could be lettering."""
    x, y, right, bottom = Area.around(rect, 0)
    part = gray[max(0, y) : bottom, max(0, x) : right]
    return min(part.shape) >= 2 and bool((_cells(np.abs(Half.of(part).edges)) > STROKES).any())


def _groups(suspicious: Cells) -> list[Rect]:
    """Boxes of enough cells side by side, in pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(suspicious.astype(np.uint8), connectivity=8)
    large = stats[1:][stats[1:, cv2.CC_STAT_AREA] >= MIN_CELLS]
    return [Rect(*(2.0 * CELL * v for v in box[: cv2.CC_STAT_AREA])) for box in large.tolist()]


def _cells(values: NDArray[Any]) -> NDArray[np.float32]:
    """Means over cells; incomplete cells at the right and lower edge count by what they have."""
    height, width = values.shape
    size = (-(-width // CELL), -(-height // CELL))
    return np.asarray(cv2.resize(values.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA), np.float32)
