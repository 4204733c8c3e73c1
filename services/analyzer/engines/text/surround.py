"""Tells a text that was put on the video from lettering in the filmed world, by what happens around it.

Around a text lie four strips, from 0.6 to 1.6 of its height away (a caption's plate is narrower). Between two samples

- the text stays and its surroundings change, by movement or a cut: it was put on;
- the text moves and its surroundings go with it: it is in the scene;
- the text moves and its surroundings do not go with it: it was put on;
- the text appears or goes while its surroundings stay: it was put on.

Where nothing moves and the text is there from the shot's beginning to its end, nothing can be told. The limits were set on
generated clips: strips that only carry the codec's noise differ by less than 4 grey levels.
"""

from enum import StrEnum
from statistics import fmean
from typing import NamedTuple

import cv2
import numpy as np

from services.analyzer.engines.boxes import Rect
from services.analyzer.frames import Image

NEAR, FAR, SEARCH, MIN_MATCH = 0.6, 1.6, 8, 0.6
CHANGED, OF_DEVIATION, MOST, FOLLOWS, STILL_PX, FLAT = 4.5, 0.15, 0.66, 0.5, 1, 4.0
APPEARS, OF_APPEARING, RIM = 8.0, 0.3, 0.02
"""Strips change by more than CHANGED grey levels and a share of their deviation; a flat strip can't be followed. A text appears
when its box changes by APPEARS levels and most strips by less than a share of that; not at the rim, where it may walk in."""
JITTER = tuple((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1))
PARAMETERS = {
    "strips": [NEAR, FAR], "search": [SEARCH, MIN_MATCH], "changed": [CHANGED, OF_DEVIATION, FLAT], "most": MOST,
    "follows": FOLLOWS, "still_px": STILL_PX, "appears": [APPEARS, OF_APPEARING, RIM],
}  # fmt: skip
Shift = tuple[int, int]


class Strip(NamedTuple):
    """One strip in two pictures: the mean luma difference, and the deviation within the first."""

    difference: float
    deviation: float

    @property
    def changed(self) -> bool:
        """Whether it shows something else than before."""
        return self.difference > max(CHANGED, OF_DEVIATION * self.deviation)


class Witness(StrEnum):
    """What one moment says about a text."""

    PUT_ON = "put on"
    IN_SCENE = "in scene"
    NOTHING = "nothing"


def between(before: Image, then: Rect, now: Image, here: Rect) -> Witness:
    """From two luma pictures and the text's boxes (fractions) in them."""
    shift = _shift(before, then, now, here)
    if shift is None:
        return Witness.NOTHING
    stay = _best(before, then, now, (0, 0))
    if max(map(abs, shift)) <= STILL_PX:
        changed = bool(stay) and sum(strip.changed for strip in stay) / len(stay) >= MOST
        return Witness.PUT_ON if changed else Witness.NOTHING
    staying, going = _mean(stay), _mean(_best(before, then, now, shift))
    if not np.isfinite([staying, going]).all():
        return Witness.NOTHING
    if staying > CHANGED and going < FOLLOWS * staying:
        return Witness.IN_SCENE
    return Witness.PUT_ON if staying < FOLLOWS * going else Witness.NOTHING


def at_edge(with_text: Image, box: Rect, without: Image) -> Witness:
    """From the luma pictures of the first sample with a text and the one before it, or the last and the one after it."""
    left, top, right, bottom = _pixels(with_text, box)
    inside = float(cv2.absdiff(with_text[top:bottom, left:right], without[top:bottom, left:right]).mean())
    strips = _strips(with_text, box, without, (0, 0))
    whole = min(box.x, box.y, 1 - box.x - box.width, 1 - box.y - box.height) > RIM
    quiet = sum(one.difference < OF_APPEARING * inside for one in strips)
    return Witness.PUT_ON if whole and strips and inside > APPEARS and quiet >= MOST * len(strips) else Witness.NOTHING


def _mean(strips: list[Strip]) -> float:
    """The mean difference of the strips that are not flat; infinite where all are."""
    return fmean([one.difference for one in strips if one.deviation > FLAT] or [np.inf])


def _shift(before: Image, then: Rect, now: Image, here: Rect) -> Shift | None:
    """By how many pixels the text moved: its picture found again near its new box; None where it can't be."""
    (left, top, right, bottom), (x, y, _, _) = _pixels(before, then), _pixels(now, here)
    patch = before[top:bottom, left:right]
    a, b = max(0, x - SEARCH), max(0, y - SEARCH)
    area = now[b : b + patch.shape[0] + 2 * SEARCH, a : a + patch.shape[1] + 2 * SEARCH]
    if min(patch.shape) < SEARCH or area.shape[0] < patch.shape[0] or area.shape[1] < patch.shape[1]:
        return None
    _, best, _, (dx, dy) = cv2.minMaxLoc(cv2.matchTemplate(area, patch, cv2.TM_CCOEFF_NORMED))
    return (a + dx - left, b + dy - top) if best >= MIN_MATCH else None


def _best(before: Image, box: Rect, now: Image, shift: Shift) -> list[Strip]:
    """The strips at a shift, or a pixel beside it, where they differ least: letters are found to a pixel."""
    return min((_strips(before, box, now, (shift[0] + a, shift[1] + b)) for a, b in JITTER), key=_mean)


def _strips(before: Image, box: Rect, now: Image, shift: Shift) -> list[Strip]:
    """The strips around a box that lie in both pictures, the later one shifted."""
    left, top, right, bottom = _pixels(before, box)
    near, far = round(NEAR * (bottom - top)), round(FAR * (bottom - top))
    places = [
        (left, top - far, right, top - near), (left, bottom + near, right, bottom + far),
        (left - far, top, left - near, bottom), (right + near, top, right + far, bottom),
    ]  # fmt: skip
    pairs = [pair for place in places if (pair := _both(before, now, place, shift)) is not None]
    return [Strip(cv2.mean(cv2.absdiff(a, b))[0], float(cv2.meanStdDev(a)[1][0, 0])) for a, b in pairs]


def _both(before: Image, now: Image, strip: tuple[int, int, int, int], shift: Shift) -> tuple[Image, Image] | None:
    """The part of a strip that lies in both pictures, at least half of it; None where less does."""
    (x1, y1, x2, y2), (dx, dy), (height, width) = strip, shift, before.shape
    a, b = max(0, x1, -dx), max(0, y1, -dy)
    c, d = min(width, x2, width - dx), min(height, y2, height - dy)
    if (c - a) * (d - b) < 0.5 * (x2 - x1) * (y2 - y1) or c <= a or d <= b:
        return None
    return before[b:d, a:c], now[b + dy : d + dy, a + dx : c + dx]


def _pixels(picture: Image, box: Rect) -> tuple[int, int, int, int]:
    """Left, top, right, bottom, inside the picture and at least one pixel apart."""
    height, width = picture.shape[:2]
    left, top = min(width - 1, max(0, round(box.x * width))), min(height - 1, max(0, round(box.y * height)))
    right, bottom = round((box.x + box.width) * width), round((box.y + box.height) * height)
    return left, top, max(left + 1, min(width, right)), max(top + 1, min(height, bottom))
