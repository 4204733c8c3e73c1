"""The body: found by MediaPipe's pose detector, then followed by its pose landmarks from sample to sample."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from services.analyzer.engines.people.networks import Points, Region, Rgb, Square, Tensor, network
from services.analyzer.engines.people.ssd import Detector, Values

DETECTOR, LANDMARKS = "pose_detection/pose_detection.tflite", "pose_landmark/pose_landmark_full.tflite"
CONFIDENCE, PRESENT = 0.65, 0.5
"""At the usual confidence of 0.5 a body is found in 3 of 23 pictures without one (92 of 94 with one), at 0.65 in none (89 of
94). Landmarks count where the network is this sure that there is a body."""
_SIDE, _NARROW, _LAYERS = 224, 160, ((8, 2), (16, 2), (32, 6))
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
        self._detector = Detector(modules / DETECTOR, _SIDE, _LAYERS, low=-1, narrow=_NARROW)
        self._landmarks = network(modules / LANDMARKS, (0, 1, 3), 0)

    def find(self, rgb: Rgb, region: Region) -> Square | None:
        """The square around the surest body in a part of the picture."""
        bodies, _ = self._detector.find(rgb, region, CONFIDENCE)
        return _square(*bodies[0, 2:4]) if len(bodies) else None

    def landmarks(self, rgb: Rgb, square: Square) -> Body | None:
        """The body in a square; None where there is none."""
        raw, present, heat = self._landmarks(rgb, square, cv2.BORDER_REPLICATE)
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
    reach, many = _KERNEL // 2, np.arange(len(places))
    cells = (places * _HEATMAP).astype(int)
    inside = ((cells >= 0) & (cells < _HEATMAP)).all(axis=1)
    around = np.arange(_KERNEL)
    columns, rows = (np.where(inside, axis, 0)[:, None] + around for axis in cells.T)
    padded = np.pad(heat, ((reach, reach), (reach, reach), (0, 0)), constant_values=-np.inf)
    near = padded[rows[:, :, None], columns[:, None, :], many[:, None, None]].astype(np.float64)
    near = 1 / (1 + np.exp(-near))  # beyond the edge 0
    sure = inside & (near.max(axis=(1, 2)) >= PRESENT)
    total = np.maximum(near.sum(axis=(1, 2)), 1e-12)
    middle = [(along * near.sum(axis=axis)).sum(axis=1) for along, axis in ((columns - reach, 1), (rows - reach, 2))]
    return np.where(sure[:, None], np.column_stack(middle) / total[:, None] / _HEATMAP, places)
