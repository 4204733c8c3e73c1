"""Tells whether a text still stands in its place, whatever moves behind it: its strokes keep their grey, window by window."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect
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
SEARCH, MAX_STRETCH = 6, 0.12
"""A text that moved is looked for this many pixels around its new region, which may be wider or narrower by this share."""
HEART, ALIKE, FLAT = 0.6, 0.75, 6.0
"""Share of the sides of a crop's middle, its correlation with a picture in which it is shown, and its least deviation."""
PARAMETERS = {
    "size": [HEIGHT, MAX_WIDTH, EDGE],
    "extreme": EXTREME, "changed": CHANGED, "max_changed": MAX_CHANGED, "relief": RELIEF, "min_contrast": MIN_CONTRAST,
    "moved": [SEARCH, MAX_STRETCH], "shown": [HEART, ALIKE, FLAT],
}  # fmt: skip


@dataclass(frozen=True)
class Strokes:
    """How a text looked when it was read: `around` are the pixels next to its letters, `relief` is their contrast to these."""

    quad: Quad
    look: Look
    letters: NDArray[np.bool_]
    around: NDArray[np.bool_]
    relief: float
    contrast: float
    patch: Image

    @classmethod
    def of(cls, gray: Image, quad: Quad) -> "Strokes":
        """From a luma picture."""
        look = _look(gray, quad)
        letters, contrast = letter_pixels(look)
        around = cv2.dilate(letters.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool) & ~letters
        relief = _relief(look, letters, around)
        (left, top), (right, bottom) = np.floor(quad.min(axis=0)).astype(int), np.ceil(quad.max(axis=0)).astype(int)
        return cls(quad, look, letters, around, relief, contrast, gray[max(0, top) : bottom, max(0, left) : right])

    def stand_in(self, gray: Image) -> bool:
        """Whether the same strokes are in the same place of another picture; never for a text without contrast."""
        if self.contrast < MIN_CONTRAST:
            return False
        now = _look(gray, self.quad)
        if abs(_relief(now, self.letters, self.around)) < RELIEF * abs(self.relief):
            return False  # what stands there now has the letters' grey without their shape
        changed = np.abs(self.look - now) > CHANGED * self.contrast
        return _worst_window(changed & self.letters, self.letters) <= MAX_CHANGED

    def moved_to(self, gray: Image, quad: Quad) -> "Strokes | None":
        """These strokes where a region of another picture is, up to a few pixels; None where it holds something else."""
        wide, here = (float(np.ptp(corners[:, 0])) for corners in (self.quad, quad))
        if self.contrast < MIN_CONTRAST or abs(wide - here) > MAX_STRETCH * wide + SEARCH:
            return None
        x, y = (max(0, round(float(v)) - SEARCH) for v in quad.min(axis=0))
        height, width = self.patch.shape
        area = gray[y : y + height + 2 * SEARCH, x : x + width + 2 * SEARCH]
        if area.shape[0] < height or area.shape[1] < width:
            return None
        _, _, _, (dx, dy) = cv2.minMaxLoc(cv2.matchTemplate(area, self.patch, cv2.TM_CCOEFF_NORMED))
        left, top = np.floor(self.quad.min(axis=0))
        way = np.array([x + dx - left, y + dy - top], np.float32)
        there = replace(self, quad=self.quad + way)
        return there if there.stand_in(gray) else None

    def shown_in(self, gray: Image, rect: Rect) -> bool:
        """Whether the middle of this crop is seen in or around a region (pixels) of another picture, however that is cut."""
        (height, width), rim = self.patch.shape, (1 - HEART) / 2
        heart = self.patch[round(rim * height) : round((1 - rim) * height), round(rim * width) : round((1 - rim) * width)]
        left, top = (max(0, round(at) - SEARCH) for at in (rect.x, rect.y))
        area = gray[top : round(rect.y + rect.height) + SEARCH, left : round(rect.x + rect.width) + SEARCH]
        if min(heart.shape) == 0 or area.shape[0] < heart.shape[0] or area.shape[1] < heart.shape[1]:
            return False
        if float(heart.std()) < FLAT:
            return False  # a plain surface correlates with anything
        return float(cv2.matchTemplate(area, heart, cv2.TM_CCOEFF_NORMED).max()) >= ALIKE


def letter_pixels(look: Look) -> tuple[NDArray[np.bool_], float]:
    """The pixels of the letters and their contrast: the brightest or the darkest ones, whichever touch the crop's upper and
    lower edge less, because letters do not."""
    dark, bright = (float(v) for v in np.percentile(look, (EXTREME, 100 - EXTREME)))
    contrast = bright - dark
    masks = (look >= bright - 0.2 * contrast, look <= dark + 0.2 * contrast)
    at_edge = [float(np.vstack([mask[:EDGE], mask[-EDGE:]]).mean() / max(mask.mean(), 1e-6)) for mask in masks]
    return masks[at_edge.index(min(at_edge))], contrast


def _relief(look: Look, letters: NDArray[np.bool_], around: NDArray[np.bool_]) -> float:
    """By how much letters are brighter than the pixels next to them."""
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
