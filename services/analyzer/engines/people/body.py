"""The body: found by MediaPipe's pose detector, then followed by its pose landmarks from sample to sample."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from services.analyzer.engines.people.networks import Points, Region, Rgb, Square, Tensor, cut_out, network, tensor
from services.analyzer.engines.people.ssd import Values, anchors, detections

DETECTOR, LANDMARKS = "pose_detection/pose_detection.tflite", "pose_landmark/pose_landmark_full.tflite"
CONFIDENCE, PRESENT = 0.65, 0.5
"""At the usual confidence of 0.5 a body is found in 3 of 23 pictures without one (92 of 94 with one), at 0.65 in none (89 of
94). Landmarks count where the network is this sure that there is a body."""
_SIDE, _LAYERS = 224, ((8, 2), (16, 2), (32, 6))
_CROP, _POINTS, _HEATMAP, _KERNEL = 256, 33, 64, 7
_HIPS, _REACH = 33, 34
"""Two more landmarks: the middle of the hips, and a point on the circle around the whole body."""
_ROOM = 1.25


class Body(NamedTuple):
    """33 landmarks, shape (33, 4): x, y, z as fractions of the frame, and visibility; and the square to look for it next."""

    points: Points
    square: Square


class BodyNetworks:
    """Remembers nothing: whoever follows a body keeps its square."""

    def __init__(self, modules: Path) -> None:
        """Load the networks from MediaPipe's folder of modules."""
        self._detect = network(modules / DETECTOR, (0, 1))
        self._landmarks = network(modules / LANDMARKS, (0, 1, 3))
        self._anchors = anchors(_SIDE, _LAYERS)

    def find(self, rgb: Rgb, region: Region) -> Square | None:
        """The square around the surest body in a part of the picture."""
        around, part = cut_out(rgb, region)
        raw, logits = self._detect(tensor(part, around, _SIDE, -1, 1, cv2.BORDER_CONSTANT))
        things, _ = detections(raw, logits, self._anchors, _SIDE, CONFIDENCE)
        if not len(things):
            return None
        hips, reach = around.to_picture(things[0, 2:4]) + region[:2]
        return _square(hips, reach)

    def landmarks(self, rgb: Rgb, square: Square) -> Body | None:
        """The body in a square; None where there is none."""
        raw, present, heat = self._landmarks(tensor(rgb, square, _CROP, 0, 1, cv2.BORDER_REPLICATE))
        if float(present[0]) < PRESENT:
            return None
        values = raw.astype(np.float64).reshape(-1, 5)
        places = _refined(values[:, :2] / _CROP, heat)
        points = square.to_picture(places)
        height, width = rgb.shape[:2]
        visibility = 1 / (1 + np.exp(-values[:_POINTS, 3]))
        depth = values[:_POINTS, 2] / _CROP * square.side / width
        found = np.column_stack([points[:_POINTS] / (width, height), depth, visibility])
        return Body(found, _square(points[_HIPS], points[_REACH]))


def _square(hips: Values, reach: Values) -> Square:
    """The square of the body whose middle of the hips and outermost point are known, upright in the body's own sense."""
    x, y = reach - hips
    turn = np.pi / 2 - np.arctan2(-y, x)
    return Square(float(hips[0]), float(hips[1]), 2 * _ROOM * float(np.hypot(x, y)), float(turn))


def _refined(places: Values, heat: Tensor) -> Values:
    """Landmarks moved to the middle of the heat around them, where the network is sure (MediaPipe's refinement).

    `places` (n, 2) as fractions of the crop, `heat` (64, 64, n) in logits.
    """
    refined = places.copy()
    reach = _KERNEL // 2
    for k, (column, row) in enumerate((places * _HEATMAP).astype(int)):
        if not (0 <= column < _HEATMAP and 0 <= row < _HEATMAP):
            continue
        top, left = max(0, row - reach), max(0, column - reach)
        near = 1 / (1 + np.exp(-heat[top : row + reach + 1, left : column + reach + 1, k].astype(np.float64)))
        if near.max() >= PRESENT:
            rows, columns = np.indices(near.shape)
            refined[k] = np.array([((columns + left) * near).sum(), ((rows + top) * near).sum()]) / near.sum() / _HEATMAP
    return refined
