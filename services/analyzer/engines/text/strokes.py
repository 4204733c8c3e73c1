"""Tells whether a text still stands in its place, whatever moves behind it: its strokes keep their grey, window by window."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.text.reader import Quad, crop
from services.analyzer.frames import Image

Look = NDArray[np.float32]
"""Luma of a text's crop, 24 pixels high."""
HEIGHT, MAX_WIDTH, EDGE = 24, 640, 3
EXTREME, CHANGED, MAX_CHANGED, MIN_CONTRAST = 12.0, 0.25, 0.12, 20.0
"""Percentage of pixels that set the letters' level; change of a pixel that counts, as a share of the contrast; largest share of
letter pixels changed in any window; least contrast in grey levels."""
RELIEF = 0.4
"""Least share of the letters' contrast to the pixels next to them that must be left."""
MOVED, MAX_STRETCH = 0.85, 0.08
"""Least correlation of the windows, and largest change of width, of a text that moved."""
PARAMETERS = {
    "extreme": EXTREME, "changed": CHANGED, "max_changed": MAX_CHANGED, "relief": RELIEF, "min_contrast": MIN_CONTRAST,
    "moved": [MOVED, MAX_STRETCH],
}  # fmt: skip


@dataclass(frozen=True)
class Strokes:
    """How a text looked when it was read."""

    quad: Quad
    look: Look
    letters: NDArray[np.bool_]
    contrast: float

    @classmethod
    def of(cls, gray: Image, quad: Quad) -> "Strokes":
        """From a luma picture."""
        look = _look(gray, quad)
        letters, contrast = letter_pixels(look)
        return cls(quad, look, letters, contrast)

    def stand_in(self, gray: Image) -> bool:
        """Whether the same strokes are in the same place of another picture; never for a text without contrast."""
        if self.contrast < MIN_CONTRAST:
            return False
        now = _look(gray, self.quad)
        if abs(_relief(now, self.letters)) < RELIEF * abs(_relief(self.look, self.letters)):
            return False  # what stands there now has the letters' grey without their shape
        changed = np.abs(self.look - now) > CHANGED * self.contrast
        return _worst_window(changed & self.letters, self.letters) <= MAX_CHANGED

    def moved_to(self, other: "Strokes") -> bool:
        """Whether the same letters are in another place: both looks, at one size, correlate in every window."""
        width, wide = self.look.shape[1], other.look.shape[1]
        if min(self.contrast, other.contrast) < MIN_CONTRAST or abs(width - wide) > MAX_STRETCH * width:
            return False
        there = np.asarray(cv2.resize(other.look, (width, HEIGHT), interpolation=cv2.INTER_AREA), np.float32)
        parts = range(0, max(1, width - HEIGHT), HEIGHT)
        return all(_correlation(self.look[:, a : a + 2 * HEIGHT], there[:, a : a + 2 * HEIGHT]) > MOVED for a in parts)


def letter_pixels(look: Look) -> tuple[NDArray[np.bool_], float]:
    """The pixels of the letters and their contrast: the brightest or the darkest ones, whichever touch the crop's upper and
    lower edge less, because letters do not."""
    dark, bright = (float(v) for v in np.percentile(look, (EXTREME, 100 - EXTREME)))
    contrast = bright - dark
    masks = (look >= bright - 0.2 * contrast, look <= dark + 0.2 * contrast)
    at_edge = [float(np.vstack([mask[:EDGE], mask[-EDGE:]]).mean() / max(mask.mean(), 1e-6)) for mask in masks]
    return masks[at_edge.index(min(at_edge))], contrast


def _correlation(a: Look, b: Look) -> float:
    one, two = a - a.mean(), b - b.mean()
    return float((one * two).sum() / (np.linalg.norm(one) * np.linalg.norm(two) + 1e-6))


def _relief(look: Look, letters: NDArray[np.bool_]) -> float:
    """By how much letters are brighter than the pixels next to them."""
    around = cv2.dilate(letters.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool) & ~letters
    return float(look[letters].mean() - look[around].mean()) if around.any() and letters.any() else 0.0


def _worst_window(changed: NDArray[np.bool_], letters: NDArray[np.bool_]) -> float:
    """The largest share of changed letter pixels over windows as wide as high, so that one letter of many counts."""
    window = np.ones(min(HEIGHT, letters.shape[1]))
    count = np.convolve(letters.sum(axis=0), window, "valid")
    moved = np.convolve(changed.sum(axis=0), window, "valid")
    enough = count >= 0.3 * count.max()  # beside the last letter a few pixels would decide
    return float((moved[enough] / count[enough]).max())


def _look(gray: Image, quad: Quad) -> Look:
    flat = crop(gray, quad)
    width = int(np.clip(round(flat.shape[1] * HEIGHT / flat.shape[0]), HEIGHT, MAX_WIDTH))
    return np.asarray(cv2.resize(flat, (width, HEIGHT), interpolation=cv2.INTER_AREA), np.float32)
