"""Up to five dominant colours of a picture: a short k-medians, started from the fullest cells of a coarse Lab histogram."""

import cv2
import numpy as np
from numpy.typing import NDArray

from shared.contracts.analysis import Swatch

COLOURS, SIDE, CELL, APART, MIN_SHARE, ROUNDS = 5, 48, 20.0, 20.0, 0.03, 2
"""Colours nearer than 20 in CIELAB (Delta E 1976) pass as one at a glance; what covers less than 3 % is no dominant colour."""
PARAMETERS = {"colours": COLOURS, "side": SIDE, "cell": CELL, "apart": APART, "min_share": MIN_SHARE, "rounds": ROUNDS}
Pixels = NDArray[np.float32]


def palette(image: NDArray[np.uint8]) -> tuple[Swatch, ...]:
    """The dominant colours of a BGR picture, the largest first; shares are of the whole picture and sum to at most 1."""
    scale = SIDE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    pixels = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB).reshape(-1, 3)
    centres = _start(pixels)
    for _ in range(ROUNDS):  # medians: the blended pixels of edges pull no colour
        nearest = _nearest(pixels, centres)
        members = [pixels[nearest == k] for k in range(len(centres))]
        centres = np.stack([np.median(m, axis=0) if len(m) else c for m, c in zip(members, centres, strict=True)])
    shares = np.bincount(_nearest(pixels, centres), minlength=len(centres)) / len(pixels)
    order = [int(k) for k in np.argsort(-shares, kind="stable") if shares[k] >= MIN_SHARE]
    return tuple(Swatch(rgb=_hex(centres[k]), share=round(float(shares[k]), 3)) for k in order)


def _start(pixels: Pixels) -> Pixels:
    """The means of the fullest histogram cells that lie apart from each other."""
    cells = np.floor(pixels / CELL).astype(np.int64) @ (1, 1_000, 1_000_000)
    _, where, counts = np.unique(cells, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(where, weights=pixels[:, k]) for k in range(3)], axis=1)
    means = (sums / counts[:, None]).astype(np.float32)
    chosen: list[int] = []
    for k in np.argsort(-counts, kind="stable"):
        if all(np.linalg.norm(means[k] - means[other]) >= APART for other in chosen):
            chosen.append(int(k))
        if len(chosen) == COLOURS:
            break
    return np.asarray(means[chosen])


def _nearest(pixels: Pixels, centres: Pixels) -> NDArray[np.intp]:
    return np.asarray((np.square(centres).sum(axis=1) - 2 * pixels @ centres.T).argmin(axis=1))


def _hex(lab: Pixels) -> str:
    blue, green, red = np.clip(np.rint(cv2.cvtColor(lab.reshape(1, 1, 3), cv2.COLOR_LAB2BGR) * 255), 0, 255).astype(int).ravel()
    return f"#{red:02x}{green:02x}{blue:02x}"
