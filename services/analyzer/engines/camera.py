"""How the whole picture moved between two samples: points followed by optical flow, a similarity that most of them agree on."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE, POINTS, QUALITY, APART, WINDOW, LEVELS = 160, 80, 0.01, 5, 15, 3
ERROR_PX, MIN_POINTS, MIN_AGREE, BACK_PX = 1.5, 12, 0.3, 1.0
PARAMETERS = {
    "side": SIDE, "points": POINTS, "quality": QUALITY, "apart": APART, "window": WINDOW, "levels": LEVELS,
    "error_px": ERROR_PX, "min_points": MIN_POINTS, "min_agree": MIN_AGREE, "back_px": BACK_PX,
}  # fmt: skip
"""On moving stills (bench/accuracy/visuals.py) a side of 160 errs as little as 320 at half the cost, samples 0.5 s apart are as
good as 0.125 s, and no cut in 60 passes for a movement."""
Grey = NDArray[np.uint8]
Points = NDArray[np.float32]
"""n x 1 x 2, in pixels."""


@dataclass(frozen=True)
class Movement:
    """Of the picture's middle, in picture widths and heights, and the picture's growth (0.1 is 10 % larger)."""

    x: float
    y: float
    growth: float


def movement(before: Grey, after: Grey) -> Movement | None:
    """The movement of the whole picture between two grey ones whose longer side is SIDE pixels.

    None where nothing can be followed: a cut, a plain surface, too little in common.
    Corners are followed by pyramidal Lucas-Kanade from the shift that phase correlation suggests, and back again; a
    similarity fitted by RANSAC (OpenCV's own fixed seed) must hold for 30 % of them. What fills most of the picture counts as
    the picture: a person close up who sways looks like a swaying camera.
    """
    points = cv2.goodFeaturesToTrack(before, POINTS, QUALITY, APART)
    if points is None or len(points) < MIN_POINTS:
        return None
    pairs = _followed(before, after, points)
    if len(pairs[0]) < max(MIN_POINTS, MIN_AGREE * len(points)):
        return None
    matrix, held = cv2.estimateAffinePartial2D(*pairs, method=cv2.RANSAC, ransacReprojThreshold=ERROR_PX)
    if matrix is None or int(held.sum()) < max(MIN_POINTS, MIN_AGREE * len(points)):
        return None
    height, width = before.shape
    middle = np.array([width / 2, height / 2])
    x, y = matrix[:, :2] @ middle + matrix[:, 2] - middle
    return Movement(float(x) / width, float(y) / height, float(np.hypot(matrix[0, 0], matrix[1, 0])) - 1)


def _followed(before: Grey, after: Grey, points: Points) -> tuple[Points, Points]:
    """The points that flow forth and back to within a pixel, in both pictures."""
    window = cv2.createHanningWindow(before.shape[::-1], cv2.CV_32F)
    shift, _ = cv2.phaseCorrelate(before.astype(np.float32), after.astype(np.float32), window)
    there, seen = _flow(before, after, points, points + np.array(shift, np.float32))
    back, again = _flow(after, before, there, points.copy())
    good = (seen.ravel() == 1) & (again.ravel() == 1) & (np.abs(back - points).max(axis=(1, 2)) < BACK_PX)
    return points[good], there[good]


def _flow(before: Grey, after: Grey, points: Points, guess: Points) -> tuple[Points, NDArray[np.uint8]]:
    there, seen, _ = cv2.calcOpticalFlowPyrLK(
        before, after, points, guess, winSize=(WINDOW, WINDOW), maxLevel=LEVELS, flags=cv2.OPTFLOW_USE_INITIAL_FLOW
    )
    return there, seen
