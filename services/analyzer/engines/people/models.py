"""The MediaPipe graphs, loaded once per process and wrapped so that only plain numbers come out."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect, clip, grow, overlap
from services.analyzer.engines.people.landmarker import Landmarker

Rgb = NDArray[np.uint8]
Points = NDArray[np.float64]
Region = tuple[int, int, int, int]
"""Left, top, right, bottom of a part of the picture in pixels."""
WEIGHTS = (
    "face_detection/face_detection_full_range_sparse.tflite",
    "face_detection/face_detection_short_range.tflite",
    "face_landmark/face_landmark_with_attention.tflite",
    "pose_detection/pose_detection.tflite",
    "pose_landmark/pose_landmark_full.tflite",
    "palm_detection/palm_detection_full.tflite",
    "hand_landmark/hand_landmark_full.tflite",
)
CROP, AGAIN, MIN_CROP_PX, POSE_CONFIDENCE, MAX_HANDS = 1.8, 3.0, 16, 0.65, 2
PORTRAIT, SAME_FACE, PART_OF_FACE, NEAR_CONFIDENCE = 1.1, 0.3, 0.6, 0.7
"""Taller than wide by this factor, a picture is also searched in two squares; boxes that overlap by this much (over their
union, or over the smaller one) are one face. What only the short-range detector finds counts from this confidence: of 14 more
faces it keeps 9, of 28 false ones 1. (The graphs do not heed a wanted confidence over their own 0.5.)"""


class Mesh(NamedTuple):
    """478 landmarks, shape (478, 3), in pixels of the picture (z on the scale of x); blendshapes where a bundle was given."""

    points: Points
    blendshapes: dict[str, float] | None


class PeopleModels:
    """Face detection, face mesh, hands: no state. Pose: remembers where the body was, until `forget_pose`."""

    def __init__(self, bundle: Path | None = None) -> None:
        """Load the graphs; `bundle` is a Tasks face landmarker that takes the mesh's place. Raises Unavailable."""
        import mediapipe  # noqa: PLC0415 - 1.5 s

        solutions = mediapipe.solutions
        self._faces = solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
        self._near = solutions.face_detection.FaceDetection(model_selection=0)
        self._landmarker = Landmarker(bundle) if bundle else None
        self._mesh: Any = (
            None
            if bundle
            else solutions.face_mesh.FaceMesh(
                static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
            )
        )
        # Landmark smoothing assumes 30 frames per second; our samples are 3 per second. At the default confidence of 0.5 a body
        # is found in 3 of 23 pictures without one (92 of 94 with one), at 0.65 in none (89 of 94).
        self._pose = solutions.pose.Pose(model_complexity=1, smooth_landmarks=False, min_detection_confidence=POSE_CONFIDENCE)
        self._hands = solutions.hands.Hands(static_image_mode=True, max_num_hands=MAX_HANDS, model_complexity=1)
        blank = np.zeros((640, 360, 3), np.uint8)
        for graph in (self._faces, self._near, self._mesh, self._pose, self._hands):
            if graph:
                graph.process(blank)

    def faces(self, rgb: Rgb) -> list[tuple[Rect, float]]:
        """Boxes (fractions of the frame) with confidence, largest first.

        The detector sees 192 x 192 pixels, of which a vertical frame fills little more than half: a face of 8 % of its width
        is 9 pixels wide there, and found in 5 of 10 cases. So a vertical frame is also searched in an upper and a lower square,
        and there by the short-range detector too, which knows heads seen from the side.
        """
        found = self._detect(self._faces, rgb)
        parts = squares(*rgb.shape[1::-1])
        for graph, part in [(self._faces, part) for part in parts] + [(self._near, part) for part in parts]:
            more = self._detect(graph, rgb, part)
            least = NEAR_CONFIDENCE if graph is self._near else 0.0
            found += [face for face in more if face[1] >= least and not any(same_face(face[0], other) for other, _ in found)]
        return by_size(found)

    def face_at(self, rgb: Rgb, before: Rect) -> tuple[Rect, float] | None:
        """The face that was at a box a moment ago, looked for in a square of AGAIN times its size; None where it is gone."""
        around = grow(before, AGAIN, rgb.shape[1], rgb.shape[0])
        found = self._detect(self._faces, rgb, around) if _side(around) >= MIN_CROP_PX else []
        return next((face for face in found if same_face(face[0], before)), None)

    def mesh(self, rgb: Rgb, face: Rect) -> Mesh | None:
        """The landmarks of one face; None where no mesh fits the crop."""
        region = grow(face, CROP, rgb.shape[1], rgb.shape[0])
        if _side(region) < MIN_CROP_PX:
            return None
        crop = _cut(rgb, region)
        if self._landmarker:
            found, blendshapes = self._landmarker.look(crop)
        else:
            faces, blendshapes = self._mesh.process(crop).multi_face_landmarks, None
            found = faces[0].landmark if faces else None
        return None if found is None else Mesh(_to_pixels(to_points(found), region), blendshapes)

    def pose(self, rgb: Rgb, region: Region) -> Points | None:
        """33 landmarks, shape (33, 4): x, y, z as fractions of the frame, and visibility; None without a body in the region."""
        found = self._pose.process(_cut(rgb, region)).pose_landmarks
        if found is None:
            return None
        points = _to_frame(to_points(found.landmark), region, rgb)
        return np.column_stack([points, [p.visibility for p in found.landmark]])

    def hands(self, rgb: Rgb, region: Region) -> list[tuple[Points, str, float]]:
        """Per hand in the region: 21 landmarks, shape (21, 3), x and y as fractions of the frame; side; its score.

        MediaPipe names sides as in a mirrored selfie; they are swapped back here.
        """
        result = self._hands.process(_cut(rgb, region))
        out = []
        for hand, sides in zip(result.multi_hand_landmarks or [], result.multi_handedness or [], strict=True):
            label = sides.classification[0]
            side = "left" if label.label == "Right" else "right"
            out.append((_to_frame(to_points(hand.landmark), region, rgb), side, float(label.score)))
        return out

    def forget_pose(self) -> None:
        """Drop the tracked body: a blank frame loses it (12 ms), where restarting the graph takes 50 ms."""
        self._pose.process(np.zeros((640, 360, 3), np.uint8))

    def _detect(self, graph: Any, rgb: Rgb, region: Region | None = None) -> list[tuple[Rect, float]]:
        height, width = rgb.shape[:2]
        left, top, right, bottom = region or (0, 0, width, height)
        across, down = (right - left) / width, (bottom - top) / height
        found = []
        for detection in graph.process(_cut(rgb, (left, top, right, bottom))).detections or []:
            raw = detection.location_data.relative_bounding_box
            x, y = raw.xmin * across + left / width, raw.ymin * down + top / height
            box = clip(Rect(x, y, raw.width * across, raw.height * down))
            if box.width > 0 and box.height > 0:
                found.append((box, float(detection.score[0])))
        return sorted(found, key=lambda face: (-face[1], face[0]))


def by_size(faces: list[tuple[Rect, float]]) -> list[tuple[Rect, float]]:
    """Largest first."""
    return sorted(faces, key=lambda face: (-face[0].width * face[0].height, face[0]))


def squares(width: int, height: int) -> tuple[Region, ...]:
    """The upper and the lower square of a vertical picture, none of any other."""
    return ((0, 0, width, width), (0, height - width, width, height)) if height > PORTRAIT * width else ()


def same_face(a: Rect, b: Rect) -> bool:
    """Whether two boxes show one face: they overlap, or one is a part of the other, as at the edge of a square."""
    shared = overlap(a, b)
    areas = a.width * a.height, b.width * b.height
    within = shared * sum(areas) / (1 + shared) / min(areas)
    return shared >= SAME_FACE or within >= PART_OF_FACE


def to_points(landmarks: Any) -> Points:
    """Landmarks as an array, shape (n, 3)."""
    return np.array([(p.x, p.y, p.z) for p in landmarks], np.float64)


def _side(region: Region) -> int:
    return min(region[2] - region[0], region[3] - region[1])


def _cut(rgb: Rgb, region: Region) -> Rgb:
    left, top, right, bottom = region
    return np.ascontiguousarray(rgb[top:bottom, left:right])


def _to_pixels(points: Points, region: Region) -> Points:
    left, top, right, bottom = region
    across = right - left
    return np.asarray(points * np.array([across, bottom - top, across]) + np.array([left, top, 0.0]), np.float64)


def _to_frame(points: Points, region: Region, rgb: Rgb) -> Points:
    height, width = rgb.shape[:2]
    return np.asarray(_to_pixels(points, region) / np.array([width, height, width]), np.float64)
