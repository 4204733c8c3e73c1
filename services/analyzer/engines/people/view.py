"""Whether a sample shows a new view, the view before changed, or exactly the picture before."""

from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

THUMB, CUT = (18, 32), 25.0
"""The mean change of a tiny picture, in grey levels, from which nothing may be carried over: a cut or a very fast pan."""
FINE, SAME = (90, 160), 3
"""The largest change of any pixel of a small picture up to which the picture is the one before: less than a blink makes."""


class View(Enum):
    """What became of the picture since the sample before."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Watch:
    """Compares each sample with the one before."""

    def __init__(self) -> None:
        self._thumb: NDArray[np.int16] | None = None
        self._looked_at: NDArray[np.int16] | None = None

    def compare(self, picture: NDArray[np.uint8]) -> View:
        """NEW for the first. SAME is measured from the last sample that was not, so that slow change adds up."""
        fine = cv2.resize(picture, FINE, interpolation=cv2.INTER_AREA)
        thumb = cv2.resize(fine, THUMB, interpolation=cv2.INTER_AREA).astype(np.int16)
        now = fine.astype(np.int16)
        before, self._thumb = self._thumb, thumb
        if before is None or float(np.abs(thumb - before).mean()) > CUT:
            self._looked_at = now
            return View.NEW
        if self._looked_at is not None and int(np.abs(now - self._looked_at).max()) <= SAME:
            return View.SAME
        self._looked_at = now
        return View.CHANGED
