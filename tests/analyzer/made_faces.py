"""A face of a few landmarks, made to measure."""

from typing import Any

import numpy as np

from services.analyzer.engines.people.faces import BROWS, CHIN, FOREHEAD, IRISES, LEFT_EYE, LIPS, MOUTH_CORNERS, RIGHT_EYE

Mesh = np.ndarray[Any, np.dtype[np.float64]]


def mesh(
    *, yaw: float = 0, pitch: float = 0, roll: float = 0, mouth_open: float = 0.02, eyes_open: float = 0.28,
    smile: float = 0.52, lift: float = 0.0, brow: float = 0.25, look: tuple[float, float] = (0, 0), eye_px: float = 30,
) -> Mesh:  # fmt: skip
    """A face turned by degrees (right in the image, up, clockwise) with these ratios; `look` in eye lengths, right and down."""
    points = np.zeros((478, 3))
    points[FOREHEAD], points[CHIN] = (0, -1.5, 0), (0, 2.0, 0)
    for side, eye, iris in ((-1, LEFT_EYE, IRISES[0]), (1, RIGHT_EYE, IRISES[1])):
        points[eye[0]], points[eye[1]] = (side, 0, 0), (0.4 * side, 0, 0)
        middle, gap = 0.7 * side, 0.6 * eyes_open / 2
        points[eye[2]], points[eye[3]] = (middle, -gap, 0), (middle, gap, 0)
        points[iris] = (middle + 0.6 * look[0], 0.6 * look[1], 0)
    for side, brow_at, corner in zip((-1, 1), BROWS, MOUTH_CORNERS, strict=True):
        points[brow_at] = (0.7 * side, -2 * brow, 0)
        points[corner] = (side * smile, 1.2 - lift * 2 * smile, 0)
    for side, lip in zip((-1, 1), LIPS, strict=True):
        points[lip] = (0, 1.2 + side * mouth_open * smile, 0)
    return np.asarray(points @ _turned(yaw, pitch, roll).T * eye_px / 0.6)


def _turned(yaw: float, pitch: float, roll: float) -> Mesh:
    y, p, r = np.radians([yaw, pitch, roll])
    turn_y = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    turn_p = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    turn_r = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(turn_r @ turn_p @ turn_y)
