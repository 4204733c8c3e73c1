"""Finds faces with MediaPipe's two detectors: everywhere in a picture, at one glance, or where a face was a moment ago."""

from pathlib import Path

import numpy as np

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect, clip, grow, overlap
from services.analyzer.engines.people.networks import Region, Rgb
from services.analyzer.engines.people.ssd import Detector, Values

Face = tuple[Rect, float]
"""A box in fractions of the frame, and how sure it is."""
FULL, NEAR = "face_detection/face_detection_full_range_sparse.tflite", "face_detection/face_detection_short_range.tflite"
FULL_CONFIDENCE, NEAR_CONFIDENCE = 0.6, 0.7
"""From these a search takes a face for one: the full-range detector's own, and one at which of 14 more faces 9 are kept, of 28
false ones 1."""
MAYBE, NEAR_MAYBE, CONFIRMED, MAX_MAYBE = 0.3, 0.4, 0.6, 4
"""From the first two something may be a face, and is one if a closer look finds it with the third. On 25 seeds of portraits
that raises recall in groups from 0.89 to 0.94 and that of faces of 5 % of the width from 0.25 to 0.53, at the same precision of
0.98; to take every face from 0.5 on costs 0.06 of it. Fewer closer looks than four lose faces in groups."""
AGAIN, AGAIN_CONFIDENCE, MIN_CROP_PX = 3.0, 0.4, 16
"""A closer look sees a square of this many times the face; a face that was there a moment ago is still there from this on."""
PORTRAIT, SAME_FACE, PART_OF_FACE = 1.1, 0.3, 0.6
"""Taller than wide by this factor, a picture is also searched in two squares; boxes that overlap by this much (over their
union, or over the smaller one) are one face."""


class FaceFinder:
    """Two networks that remember nothing. Counts `people.faces` (a picture or its square), `people.face_again` (from near)."""

    def __init__(self, modules: Path) -> None:
        """Load the networks from MediaPipe's folder of modules."""
        self._full = Detector(modules / FULL, 192, ((4, 1),), low=-1, narrow=128)
        self._near = Detector(modules / NEAR, 128, ((8, 2), (16, 6)), low=-1)

    def glance(self, rgb: Rgb, counters: Counters) -> list[Face]:
        """Faces that one look at the whole picture finds: all but the small ones of a vertical picture."""
        counters.call("people.faces")
        return self._look(rgb, _all(rgb), FULL_CONFIDENCE)

    def search(self, rgb: Rgb, counters: Counters) -> list[Face]:
        """Faces, largest first.

        The detector sees 192 x 192 pixels, of which a vertical frame fills little more than half: a face of 8 % of its width
        is 9 pixels wide there, and found in 5 of 10 cases. So a vertical frame is also searched in an upper and a lower square,
        and there by the short-range detector too, which knows heads seen from the side. What might be a face is looked at
        again from near.
        """
        parts = squares(*rgb.shape[1::-1])
        counters.call("people.faces", 1 + 2 * len(parts))
        sure: list[Face] = []
        maybe: list[Face] = []
        for part in (_all(rgb), *parts):
            _sort(self._look(rgb, part, MAYBE), FULL_CONFIDENCE, sure, maybe)
        for part in parts:
            _sort(self._look_near(rgb, part), NEAR_CONFIDENCE, sure, maybe)
        for face in sorted(maybe, key=lambda face: (-face[1], face[0]))[:MAX_MAYBE]:
            if unknown([face], sure) and (seen := self.again(rgb, face[0], counters, CONFIRMED)):
                sure += unknown([seen], sure)
        return by_size(sure)

    def again(self, rgb: Rgb, box: Rect, counters: Counters, least: float = AGAIN_CONFIDENCE) -> Face | None:
        """The face at or near a box, looked for in a square of AGAIN times its size; None where there is none."""
        around = grow(box, AGAIN, rgb.shape[1], rgb.shape[0])
        if min(around[2] - around[0], around[3] - around[1]) < MIN_CROP_PX:
            return None
        counters.call("people.face_again")
        found = self._look(rgb, around, least)
        return next((face for face in found if same_face(face[0], box)), None)

    def _look(self, rgb: Rgb, part: Region, least: float) -> list[Face]:
        return _faces(self._full.find(rgb, part, least), rgb)

    def _look_near(self, rgb: Rgb, part: Region) -> list[Face]:
        return _faces(self._near.find(rgb, part, NEAR_MAYBE), rgb)


def _all(rgb: Rgb) -> Region:
    return 0, 0, rgb.shape[1], rgb.shape[0]


def _sort(faces: list[Face], least: float, sure: list[Face], maybe: list[Face]) -> None:
    """Put each new face to the sure ones, or to those that may be one."""
    for face in faces:
        if face[1] >= least:
            sure += unknown([face], sure)
        else:
            maybe += unknown([face], maybe)


def by_size(faces: list[Face]) -> list[Face]:
    """Largest first."""
    return sorted(faces, key=lambda face: (-face[0].width * face[0].height, face[0]))


def unknown(faces: list[Face], known: list[Face]) -> list[Face]:
    """Those of the faces that are none of the known ones."""
    return [face for face in faces if not any(same_face(face[0], other) for other, _ in known)]


def squares(width: int, height: int) -> tuple[Region, ...]:
    """The upper and the lower square of a vertical picture, none of any other."""
    return ((0, 0, width, width), (0, height - width, width, height)) if height > PORTRAIT * width else ()


def same_face(a: Rect, b: Rect) -> bool:
    """Whether two boxes show one face: they overlap, or one is a part of the other, as at the edge of a square."""
    shared = overlap(a, b)
    areas = a.width * a.height, b.width * b.height
    within = shared * sum(areas) / (1 + shared) / min(areas)
    return shared >= SAME_FACE or within >= PART_OF_FACE


def _faces(found: tuple[Values, Values], rgb: Rgb) -> list[Face]:
    size = np.array([rgb.shape[1], rgb.shape[0]])
    faces: list[Face] = []
    for points, score in zip(*found, strict=True):
        low, high = points[:2] / size
        box = clip(Rect(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])))
        if box.width > 0 and box.height > 0:
            faces.append((box, float(score)))
    return sorted(faces, key=lambda face: (-face[1], face[0]))
