"""What a single-shot detector's answer means: boxes and points relative to anchors, and one detection of many that overlap."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.people.networks import Tensor

Values = NDArray[np.float64]
SAME_THING = 0.3
"""Boxes that overlap by more (over their union) are one detection, as in MediaPipe's graphs."""


def anchors(side: int, layers: Sequence[tuple[int, int]]) -> Values:
    """Middles of the anchors, shape (n, 2), as fractions; a layer is a stride in pixels and the anchors at each place."""
    middles = []
    for stride, each in layers:
        cells = side // stride
        y, x = (axis.ravel() for axis in np.indices((cells, cells)))
        middles.append(np.repeat(np.column_stack([x, y]) + 0.5, each, axis=0) / cells)
    return np.concatenate(middles)


def detections(raw: Tensor, logits: Tensor, middles: Values, side: int, least: float) -> tuple[Values, Values]:
    """Boxes with their points, shape (n, points, 2) of which the first two are corners, and their scores, best first.

    `raw` (anchors, 2 + 2 + 2 x points): x, y, width, height and points in pixels, relative to the anchors; `logits`
    (anchors, 1). Everything of one thing is averaged, weighted by score (MediaPipe's weighted non-maximum suppression).
    """
    scores = 1 / (1 + np.exp(-np.clip(logits[:, 0].astype(np.float64), -100, 100)))
    sure = np.flatnonzero(scores >= least)
    sure = sure[np.argsort(-scores[sure], kind="stable")]
    offsets = raw[sure].astype(np.float64).reshape(len(sure), raw.shape[1] // 2, 2) / side
    middle, size = offsets[:, 0] + middles[sure], offsets[:, 1]
    points = offsets[:, 2:] + middles[sure][:, None]
    found = np.concatenate([np.stack([middle - size / 2, middle + size / 2], axis=1), points], axis=1)
    return _merged(found, scores[sure])


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
