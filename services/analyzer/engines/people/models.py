"""The models of the people engine, loaded once per process and wrapped so that only plain numbers come out."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from services.analyzer.counters import Counters
from services.analyzer.engines.base import package_folder
from services.analyzer.engines.boxes import Rect, grow
from services.analyzer.engines.people import body, finder, palms
from services.analyzer.engines.people.body import Body, BodyNetworks
from services.analyzer.engines.people.finder import MIN_CROP_PX, FaceFinder
from services.analyzer.engines.people.landmarker import Landmarker
from services.analyzer.engines.people.networks import Points, Region, Rgb, Square
from services.analyzer.engines.people.palms import HandNetworks, HandSeen

MODULES = "mediapipe", "modules"
WEIGHTS = (
    finder.FULL,
    finder.NEAR,
    "face_landmark/face_landmark_with_attention.tflite",
    body.DETECTOR,
    body.LANDMARKS,
    palms.PALMS,
    palms.LANDMARKS,
)
CROP = 1.8


class Mesh(NamedTuple):
    """478 landmarks, shape (478, 3), in pixels of the picture (z on the scale of x); blendshapes where a bundle was given."""

    points: Points
    blendshapes: dict[str, float] | None


class PeopleModels:
    """Face detectors, face mesh, body, hands; none of them remembers anything."""

    def __init__(self, bundle: Path | None = None) -> None:
        """Load them; `bundle` is a Tasks face landmarker that takes the mesh's place. Raises Unavailable."""
        import mediapipe  # noqa: PLC0415 - 1.5 s

        solutions = mediapipe.solutions
        folder = modules()
        self.faces = FaceFinder(folder)
        self._body = BodyNetworks(folder)
        self._landmarker = Landmarker(bundle) if bundle else None
        self._mesh: Any = (
            None
            if bundle
            else solutions.face_mesh.FaceMesh(
                static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
            )
        )
        self._hands = HandNetworks(folder)
        if self._mesh:
            self._mesh.process(np.zeros((640, 360, 3), np.uint8))

    def mesh(self, rgb: Rgb, face: Rect, counters: Counters) -> Mesh | None:
        """The landmarks of one face; None where no mesh fits the crop."""
        region = grow(face, CROP, rgb.shape[1], rgb.shape[0])
        if min(region[2] - region[0], region[3] - region[1]) < MIN_CROP_PX:
            return None
        counters.call("people.mesh")
        crop = _cut(rgb, region)
        if self._landmarker:
            found, blendshapes = self._landmarker.look(crop)
        else:
            faces, blendshapes = self._mesh.process(crop).multi_face_landmarks, None
            found = faces[0].landmark if faces else None
        return None if found is None else Mesh(_to_pixels(to_points(found), region), blendshapes)

    def find_body(self, rgb: Rgb, region: Region, counters: Counters) -> Body | None:
        """The surest body in a region."""
        counters.call("people.pose_search")
        square = self._body.find(rgb, region)
        return None if square is None else self.body_in(rgb, square, counters)

    def body_in(self, rgb: Rgb, square: Square, counters: Counters) -> Body | None:
        """The body in a square, None where there is none."""
        counters.call("people.pose")
        return self._body.landmarks(rgb, square)

    def hands(self, rgb: Rgb, region: Region, counters: Counters) -> tuple[HandSeen, ...]:
        """Hands in a region."""
        counters.call("people.hands")
        return tuple(self._hands.find(rgb, region))


def modules() -> Path:
    """The folder of MediaPipe that holds the weights. Raises Unavailable."""
    package, folder = MODULES
    return package_folder(package) / folder


def to_points(landmarks: Any) -> Points:
    """Landmarks as an array, shape (n, 3)."""
    return np.array([(p.x, p.y, p.z) for p in landmarks], np.float64)


def _cut(rgb: Rgb, region: Region) -> Rgb:
    left, top, right, bottom = region
    return np.ascontiguousarray(rgb[top:bottom, left:right])


def _to_pixels(points: Points, region: Region) -> Points:
    left, top, right, bottom = region
    across = right - left
    return np.asarray(points * np.array([across, bottom - top, across]) + np.array([left, top, 0.0]), np.float64)
