"""Tells whether a text stands on a plate of its own: an even band around the letters that ends before the picture goes on."""

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.text.reader import Quad
from services.analyzer.frames import Image

MARGIN, BAND, OUTSIDE, NEAR_MEDIAN, EVEN, DIFFERS, SIDES = 1.3, (-0.06, 0.1), 0.85, 20.0, 0.8, 24.0, 3
"""In letter heights: the picture around the text; the band from outside its box to inside, above and below the letters; where
the outside begins. The share of the band near its median colour; how far the outside's median lies from it, in grey levels; on
how many sides."""
PARAMETERS = {"margin": MARGIN, "band": BAND, "outside": OUTSIDE, "even": [NEAR_MEDIAN, EVEN], "differs": [DIFFERS, SIDES]}


def on_plate(image: Image, quad: Quad) -> bool:
    """Whether the text inside `quad` (pixels of a BGR picture) has a plate."""
    (a, b, _, d) = quad
    across, down = b - a, d - a
    width, height = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    if min(width, height) < 1:
        return False
    out_x, out_y = across / width * height * MARGIN, down * MARGIN
    corners = np.array([quad[0] - out_x - out_y, quad[1] + out_x - out_y, quad[2] + out_x + out_y, quad[3] - out_x + out_y])
    target = np.array([[0, 0], [width + 2 * MARGIN * height, 0], [width + 2 * MARGIN * height, (1 + 2 * MARGIN) * height],
                       [0, (1 + 2 * MARGIN) * height]])  # fmt: skip
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    size = (round(float(target[2, 0])), round(float(target[2, 1])))
    patch = np.asarray(cv2.warpPerspective(image, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.float32)
    return _has_plate(patch, height)


def _has_plate(patch: NDArray[np.float32], height: float) -> bool:
    top, low = (max(0, round((MARGIN + v) * height)) for v in BAND)
    side, edge = round(MARGIN * height), max(1, round((MARGIN - OUTSIDE) * height))
    band = np.concatenate([patch[top:low, side:-side].reshape(-1, 3), patch[-low : -top or None, side:-side].reshape(-1, 3)])
    if len(band) == 0:
        return False
    colour = np.median(band, axis=0)
    even = float((np.abs(band - colour).max(axis=1) < NEAR_MEDIAN).mean()) >= EVEN
    sides = (patch[:edge], patch[-edge:], patch[:, :edge], patch[:, -edge:])
    return even and sum(float(np.abs(np.median(one.reshape(-1, 3), axis=0) - colour).max()) > DIFFERS for one in sides) >= SIDES
