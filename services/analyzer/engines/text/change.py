"""Says where a picture changed in a way that new lettering could explain: only there is the text detector worth its time.

New lettering brings strokes. The picture, at half size, is cut into cells of 8x8 pixels; a cell speaks for new text when it
holds edges (the Laplacian of luma) that differ from those of the picture that was last searched. Light that changes and soft
things that move do not. Slow changes add up, because the comparison is with the last searched picture, not the last sample.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect
from services.analyzer.frames import Image

CELL, CHANGED, STROKES, MIN_CELLS = 8, 4.0, 5.0, 2
"""Pixels (at half size); mean absolute change of the Laplacian; its mean absolute value; cells side by side. Chosen so that
faint handles (25 grey levels) still count: text of 2 % of the height covers at least two cells."""
MARGIN = 0.4
"""Around a text that stands, in its heights, changes are its plate's edge against what moves behind it."""
PARAMETERS = {"margin": MARGIN, "cell": CELL, "changed": CHANGED, "strokes": STROKES, "min_cells": MIN_CELLS}
Edges = NDArray[np.int16]


class Watched:
    """The edges of the picture that was searched for text last."""

    def __init__(self) -> None:
        self._searched: Edges | None = None

    def may_hold_new_text(self, gray: Image, known: Sequence[Rect]) -> bool:
        """Whether to search this picture (luma). `known` are boxes, in pixels, of texts that still stand as they were read."""
        now = _edges(gray)
        if self._searched is None:
            return True
        suspicious = (_cells(np.abs(now - self._searched)) > CHANGED) & (_cells(np.abs(now)) > STROKES)
        for x, y, width, height in known:
            pixels, margin = 2 * CELL, MARGIN * height
            left, top = (max(0, round((at - margin) / pixels)) for at in (x, y))
            suspicious[top : round((y + height + margin) / pixels), left : round((x + width + margin) / pixels)] = False
        _, _, stats, _ = cv2.connectedComponentsWithStats(suspicious.astype(np.uint8), connectivity=8)
        return bool((stats[1:, cv2.CC_STAT_AREA] >= MIN_CELLS).any())

    def searched(self, gray: Image) -> None:
        """Remember the picture that was searched just now."""
        self._searched = _edges(gray)


def _edges(gray: Image) -> Edges:
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.Laplacian(half, cv2.CV_16S), np.int16)


def _cells(values: Edges) -> NDArray[np.float32]:
    """Means over cells; incomplete cells at the right and lower edge count by what they have."""
    height, width = values.shape
    size = (-(-width // CELL), -(-height // CELL))
    return np.asarray(cv2.resize(values.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
