"""The MediaPipe graphs, loaded once per process and wrapped so that only plain numbers come out."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.boxes import Rect, clip, grow

Rgb = NDArray[np.uint8]
Points = NDArray[np.float64]
WEIGHTS = (
    "face_detection/face_detection_full_range_sparse.tflite",
    "face_landmark/face_landmark_with_attention.tflite",
    "pose_detection/pose_detection.tflite",
    "pose_landmark/pose_landmark_full.tflite",
    "palm_detection/palm_detection_full.tflite",
    "hand_landmark/hand_landmark_full.tflite",
)
CROP, MIN_CROP_PX, POSE_CONFIDENCE = 1.8, 16, 0.65


class PeopleModels:
    """Face detection, face mesh, hands: no state. Pose: remembers where the body was, until `forget_pose`."""

    def __init__(self) -> None:
        import mediapipe  # noqa: PLC0415 - 1.5 s

        solutions = mediapipe.solutions
        self._faces = solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
        self._mesh = solutions.face_mesh.FaceMesh(
            static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
        )
        # Landmark smoothing assumes 30 frames per second; our samples are 3 per second. At the default confidence of 0.5 a body
        # is found in 3 of 23 pictures without one (92 of 94 with one), at 0.65 in none (89 of 94).
        self._pose = solutions.pose.Pose(model_complexity=1, smooth_landmarks=False, min_detection_confidence=POSE_CONFIDENCE)
        self._hands = solutions.hands.Hands(static_image_mode=True, max_num_hands=2, model_complexity=1)
        blank = np.zeros((640, 360, 3), np.uint8)
        for graph in (self._faces, self._mesh, self._pose, self._hands):
            graph.process(blank)

    def faces(self, rgb: Rgb) -> list[tuple[Rect, float]]:
        """Boxes (fractions of the frame) with confidence, most confident first."""
        found = []
        for detection in self._faces.process(rgb).detections or []:
            raw = detection.location_data.relative_bounding_box
            box = clip(Rect(raw.xmin, raw.ymin, raw.width, raw.height))
            if box.width > 0 and box.height > 0:
                found.append((box, float(detection.score[0])))
        return sorted(found, key=lambda face: (-face[1], face[0]))

    def mesh(self, rgb: Rgb, face: Rect) -> Points | None:
        """478 landmarks, shape (478, 3), in pixels of the frame (z on the scale of x); None where no mesh fits the crop."""
        height, width = rgb.shape[:2]
        left, top, right, bottom = grow(face, CROP, width, height)
        if min(right - left, bottom - top) < MIN_CROP_PX:
            return None
        found = self._mesh.process(np.ascontiguousarray(rgb[top:bottom, left:right])).multi_face_landmarks
        if not found:
            return None
        scale = np.array([right - left, bottom - top, right - left], np.float64)
        return np.asarray(_points(found[0]) * scale + np.array([left, top, 0.0]), np.float64)

    def pose(self, rgb: Rgb) -> Points | None:
        """33 landmarks, shape (33, 4): x, y, z as fractions of the frame, and visibility; None without a body."""
        found = self._pose.process(rgb).pose_landmarks
        if found is None:
            return None
        return np.array([(p.x, p.y, p.z, p.visibility) for p in found.landmark], np.float64)

    def hands(self, rgb: Rgb) -> list[tuple[Points, str, float]]:
        """Per hand: 21 landmarks, shape (21, 3), x and y as fractions of the frame; side; its score.

        MediaPipe names sides as in a mirrored selfie; they are swapped back here.
        """
        result = self._hands.process(rgb)
        out = []
        for hand, sides in zip(result.multi_hand_landmarks or [], result.multi_handedness or [], strict=True):
            label = sides.classification[0]
            side = "left" if label.label == "Right" else "right"
            out.append((_points(hand), side, float(label.score)))
        return out

    def forget_pose(self) -> None:
        """Drop the tracked body: a blank frame loses it (12 ms), where restarting the graph takes 50 ms."""
        self._pose.process(np.zeros((640, 360, 3), np.uint8))


def _points(landmarks: Any) -> Points:
    return np.array([(p.x, p.y, p.z) for p in landmarks.landmark], np.float64)
