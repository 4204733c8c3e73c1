"""Single-shot detectors: boxes and points relative to anchors, and one detection of many that overlap."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.people.networks import Region, Rgb, Tensor, cut_out, network

Values = NDArray[np.float64]
SAME_THING = 0.3
"""Boxes that overlap by more (over their union) are one detection, as in MediaPipe's graphs."""


class Detector:
    """Remembers nothing. A part of a picture that is upright enough is seen by a narrow network at 0.6 of the cost."""

    def __init__(
        self, weights: Path, side: int, layers: Sequence[tuple[int, int]], *, low: float, narrow: int | None = None
    ) -> None:
        """Load the networks; `low` is what black is to them, `narrow` the width of the narrow one in pixels."""
        self._side = side
        self._ways = [
            (width, network(weights, (0, 1), low, width=width), anchors(side, layers, width))
            for width in (narrow, side)
            if width is not None
        ]

    def find(self, rgb: Rgb, region: Region, least: float) -> tuple[Values, Values]:
        """Corners and points of what a part of the picture holds, shape (n, points, 2), in the picture's pixels, and scores."""
        around, part = cut_out(rgb, region)
        wide = self._side * part.shape[1] / around.side
        _, run, middles = next(way for way in self._ways if wide <= way[0])
        raw, logits = run(part, around, cv2.BORDER_CONSTANT)
        found, scores = detections(raw, logits, middles, self._side, least)
        return (found - 0.5) * around.side + (around.x, around.y) + region[:2], scores


def anchors(side: int, layers: Sequence[tuple[int, int]], width: int | None = None) -> Values:
    """Middles of the anchors, shape (n, 2), as fractions of the square; a layer is a stride in pixels and the anchors at each
    place. Given a width, only those of its columns in the middle."""
    width = side if width is None else width
    middles = []
    for stride, each in layers:
        y, x = (axis.ravel() for axis in np.indices((side // stride, width // stride)))
        places = (np.column_stack([x, y]) + 0.5) * stride + ((side - width) / 2, 0)
        middles.append(np.repeat(places, each, axis=0) / side)
    return np.concatenate(middles)


def detections(raw: Tensor, logits: Tensor, middles: Values, side: int, least: float) -> tuple[Values, Values]:
    """Boxes with their points, shape (n, points, 2) of which the first two are corners, and their scores, best first.

    `raw` (anchors, 2 + 2 + 2 x points): x, y, width, height and points in pixels, relative to the anchors; `logits`
    (anchors, 1). Everything of one thing is averaged, weighted by score (MediaPipe's weighted non-maximum suppression).
    """
    likely = np.flatnonzero(logits[:, 0] > np.log(least / (1 - least)) - 0.01)  # most are far from it
    scores = 1 / (1 + np.exp(-np.minimum(logits[likely, 0].astype(np.float64), 100)))
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] >= least]
    sure, scores = likely[order], scores[order]
    offsets = raw[sure].astype(np.float64).reshape(len(sure), raw.shape[1] // 2, 2) / side
    middle, size = offsets[:, 0] + middles[sure], offsets[:, 1]
    points = offsets[:, 2:] + middles[sure][:, None]
    found = np.concatenate([np.stack([middle - size / 2, middle + size / 2], axis=1), points], axis=1)
    return _merged(found, scores)


def _merged(found: Values, scores: Values) -> tuple[Values, Values]:
    things: list[Values] = []
    best: list[float] = []
    shape = found.shape[1:]
    while len(found):
        same = _overlaps(found[0, :2], found[:, :2]) > SAME_THING
        same[0] = True
        weights = scores[same] / scores[same].sum()
        things.append((found[same] * weights[:, None, None]).sum(axis=0))
        best.append(float(scores[0]))
        found, scores = found[~same], scores[~same]
    return np.array(things).reshape(len(things), *shape), np.array(best)


def _overlaps(box: Values, boxes: Values) -> Values:
    """Intersection over union of one box (2, 2) with each of boxes (n, 2, 2)."""
    shared = np.clip(np.minimum(box[1], boxes[:, 1]) - np.maximum(box[0], boxes[:, 0]), 0, None).prod(axis=1)
    areas = (boxes[:, 1] - boxes[:, 0]).prod(axis=1)
    return np.asarray(shared / np.maximum((box[1] - box[0]).prod() + areas - shared, 1e-12))
