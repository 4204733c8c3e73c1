"""What a face looks like, to know it again after a cut: local binary patterns of the aligned face (Ahonen et al. 2006).

No package brings weights for face recognition, so this is the classical descriptor. It compares faces inside one video, and is
thrown away with it: no face is ever stored.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.people.faces import angles
from services.analyzer.engines.people.networks import Points, Rgb

Likeness = NDArray[np.float64]
"""Histograms of patterns, shape (1475,): 5 x 5 fields of 59 patterns, each field summing to 1."""
SIZE, FIELDS = 72, 5
PLACES = ((0.28, 0.35), (0.72, 0.35), (0.5, 0.78))
"""Where the middles of the eyes and of the mouth are put, as fractions of the aligned face."""
LEFT_CORNERS, RIGHT_CORNERS, MOUTH = (33, 133), (263, 362), (61, 291)
MIN_EYES_PX = 20.0
"""Smaller faces are all alike when enlarged."""
MAX_YAW_DEG = 35.0
_RING = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))


def likeness(rgb: Rgb, mesh: Points) -> Likeness | None:
    """The descriptor of a face; None where it is too small or turned away."""
    eyes = [mesh[list(pair), :2].mean(axis=0) for pair in (LEFT_CORNERS, RIGHT_CORNERS)]
    if float(np.linalg.norm(eyes[1] - eyes[0])) < MIN_EYES_PX or abs(angles(mesh)["yaw_deg"]) > MAX_YAW_DEG:
        return None
    points = np.asarray([*eyes, mesh[list(MOUTH), :2].mean(axis=0)], np.float32)
    fit: Any = cv2.estimateAffinePartial2D(points, np.asarray(PLACES, np.float32) * SIZE, method=cv2.LMEDS)[0]
    if fit is None:
        return None
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    aligned = cv2.warpAffine(grey, fit, (SIZE, SIZE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return _histograms(_patterns(cv2.GaussianBlur(aligned, (3, 3), 0).astype(np.int16)))


def distance(several: Likeness, one: Likeness) -> Likeness:
    """Mean chi-square distances of the fields, 0 (the same) to 1 (nothing in common): shape (n, 1475) and (1475,) give (n,)."""
    return np.asarray(((several - one) ** 2 / (several + one + 1e-9)).sum(axis=-1) / 2 / FIELDS**2, np.float64)


def _patterns(grey: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Which of the eight neighbours are at least as bright, as the number of one of 58 uniform patterns, or 58."""
    height, width = grey.shape
    middle = grey[1:-1, 1:-1]
    code = np.zeros(middle.shape, np.uint8)
    for bit, (down, right) in enumerate(_RING):
        around = grey[down : down + height - 2, right : right + width - 2]
        code |= (around >= middle).astype(np.uint8) << np.uint8(bit)
    return _NUMBERS[code]


def _histograms(patterns: NDArray[np.uint8]) -> Likeness:
    side = patterns.shape[0] // FIELDS
    fields = [
        patterns[row * side : (row + 1) * side, column * side : (column + 1) * side]
        for row in range(FIELDS)
        for column in range(FIELDS)
    ]
    return np.concatenate([np.bincount(field.ravel(), minlength=59) / side**2 for field in fields])


def _numbers() -> NDArray[np.uint8]:
    uniform = [code for code in range(256) if (code ^ ((code >> 1) | (code & 1) << 7)).bit_count() <= 2]
    numbers = np.full(256, len(uniform), np.uint8)
    numbers[uniform] = np.arange(len(uniform))
    return numbers


_NUMBERS = _numbers()
