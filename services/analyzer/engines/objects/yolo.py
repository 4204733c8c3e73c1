"""The two ends of a YOLO network as Ultralytics exports it: a letterboxed picture in, boxes with classes out.

Two layouts are known: (1, 4 + classes, candidates) of YOLOv8, 11 and 12 (centre, size and class scores, to be thinned out
here), and (1, candidates, 6) of exports that thin out themselves (corners, score, class). The steps and limits are those of
`ultralytics.YOLO.predict`.
"""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect, clip
from services.analyzer.frames import Image

Tensor = NDArray[np.float32]
MIN_SCORE, MAX_OVERLAP, MAX_FOUND, GREY = 0.25, 0.7, 300, 114
PARAMETERS = {"min_score": MIN_SCORE, "max_overlap": MAX_OVERLAP, "max_found": MAX_FOUND, "grey": GREY}


@dataclass(frozen=True)
class Detection:
    """One object in one picture; the box in fractions of it."""

    label: str
    score: float
    box: Rect


@dataclass(frozen=True)
class Letterbox:
    """How a picture of width x height lies inside the network's, in pixels: its scale and its top left corner."""

    width: int
    height: int
    scale: float
    left: int
    top: int

    def rect(self, x1: float, y1: float, x2: float, y2: float) -> Rect:
        """Corners in the network's picture as a box of the original one, clipped to it."""
        x, y = (x1 - self.left) / self.scale / self.width, (y1 - self.top) / self.scale / self.height
        return clip(Rect(x, y, (x2 - x1) / self.scale / self.width, (y2 - y1) / self.scale / self.height))


def letterbox(image: Image, height: int, width: int) -> tuple[Tensor, Letterbox]:
    """The picture (BGR) fitted and centred on grey, shape (3, height, width), RGB in 0..1; and how it lies there."""
    rows, columns = image.shape[:2]
    scale = min(height / rows, width / columns)
    inner = round(columns * scale), round(rows * scale)
    fitted = image if inner == (columns, rows) else cv2.resize(image, inner, interpolation=cv2.INTER_LINEAR)
    left, top = round((width - inner[0]) / 2 - 0.1), round((height - inner[1]) / 2 - 0.1)
    canvas = np.full((height, width, 3), GREY, np.uint8)
    canvas[top : top + inner[1], left : left + inner[0]] = fitted
    tensor = np.ascontiguousarray(canvas[:, :, ::-1].transpose(2, 0, 1), np.float32) / np.float32(255)
    return tensor, Letterbox(columns, rows, scale, left, top)


def candidates(output: Tensor) -> tuple[Tensor, Tensor, NDArray[np.int64]]:
    """Corners (n, 4) in the network's pixels, scores (n,) and class numbers (n,), the surest first.

    `output` is one picture's: (4 + classes, n) or (n, 6). Overlapping boxes of one class are thinned out.
    """
    if output.shape[1] == 6:
        kept = output[output[:, 4] > MIN_SCORE]
        corners, scores, classes = kept[:, :4], kept[:, 4], kept[:, 5].astype(np.int64)
    else:
        best = output[4:].max(axis=0)
        kept = output[:, best > MIN_SCORE]
        centre, half = kept[:2], kept[2:4] / 2
        corners = np.concatenate([centre - half, centre + half]).T
        scores, classes = kept[4:].max(axis=0), kept[4:].argmax(axis=0).astype(np.int64)
    order = np.argsort(-scores, kind="stable")
    corners, scores, classes = corners[order], scores[order], classes[order]
    chosen = thin_out(corners, classes)[:MAX_FOUND]
    return corners[chosen], scores[chosen], classes[chosen]


def thin_out(corners: Tensor, classes: NDArray[np.int64]) -> list[int]:
    """Non-maximum suppression per class: positions, in order, of boxes that overlap no kept one by more than MAX_OVERLAP."""
    kept: list[int] = []
    open_ = np.ones(len(corners), bool)
    for i in range(len(corners)):
        if not open_[i]:
            continue
        kept.append(i)
        open_ &= ~((_overlaps(corners[i], corners) > MAX_OVERLAP) & (classes == classes[i]))
    return kept


def _overlaps(box: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of one box with each of the others."""
    sides = np.clip(np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2]), 0, None)
    shared = sides.prod(axis=1)
    union = (box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - shared
    return cast("Tensor", shared / np.maximum(union, 1e-9))
