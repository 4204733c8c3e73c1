"""What became of the picture since the sample before: a new view, the same one moved by the camera, or no change at all."""

from enum import Enum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

CUT = 25.0
"""The mean change of a tiny picture, in grey levels, from which nothing may be carried over: a cut, unless the camera moved."""
FINE, THUMB, SAME = (90, 160), (18, 32), 6
"""The largest change of any pixel of a small picture up to which the picture is the one before. Between samples of a standing
picture the codec makes 0 to 13, of people who stand and talk 72 and more, closed eyes in a face of 13 % of the width 107."""
SURE = 0.5
"""Peak of the phase correlation from which the picture as a whole moved: pans of photos reach 0.56 to 0.83, cuts up to 0.15."""


class View(Enum):
    """What became of the picture since the sample before."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Change(NamedTuple):
    """What became of the picture, and how far its content moved, in frame widths and heights (0, 0 where that is not sure)."""

    view: View
    shift: tuple[float, float] = (0.0, 0.0)


class Watch:
    """Compares each sample with the one before."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._looked_at: NDArray[np.float32] | None = None
        self._window = cv2.createHanningWindow(FINE, cv2.CV_32F)

    def compare(self, picture: NDArray[np.uint8]) -> Change:
        """NEW for the first. SAME is measured from the last sample that was not, so that slow change adds up."""
        small = cv2.resize(picture, FINE, interpolation=cv2.INTER_AREA)
        now = np.asarray(small, np.float32)
        before, self._before = self._before, now
        if self._looked_at is not None and cv2.norm(now, self._looked_at, cv2.NORM_INF) <= SAME:
            return Change(View.SAME)
        self._looked_at = now
        if before is None:
            return Change(View.NEW)
        shift, peak = cv2.phaseCorrelate(_grey(before), _grey(now), self._window)
        if peak >= SURE:
            return Change(View.CHANGED, (shift[0] / FINE[0], shift[1] / FINE[1]))
        was, is_now = (cv2.resize(one, THUMB, interpolation=cv2.INTER_AREA) for one in (before, now))
        return Change(View.NEW if cv2.norm(was, is_now, cv2.NORM_L1) > CUT * was.size else View.CHANGED)


def _grey(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of the three channels."""
    return np.asarray(cv2.transform(picture, np.full((1, 3), 1 / 3, np.float32)), np.float32)
