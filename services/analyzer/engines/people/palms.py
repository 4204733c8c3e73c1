"""Hands with MediaPipe's networks: palms in a part of the picture, then the landmarks of each hand."""

from pathlib import Path
from typing import Literal, NamedTuple

import cv2
import numpy as np

from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.people.networks import Points, Region, Rgb, Square, network
from services.analyzer.engines.people.ssd import Detector, Values

PALMS, LANDMARKS = "palm_detection/palm_detection_full.tflite", "hand_landmark/hand_landmark_full.tflite"
CONFIDENCE, PRESENT, MAX_HANDS, ONE_HAND = 0.5, 0.5, 2, 0.5
"""A palm, and a hand around it, from the first two on, as in MediaPipe; squares of hands that overlap more than the last are
one hand."""
_SIDE, _NARROW, _LAYERS = 192, 128, ((8, 2), (16, 6))
_CROP, _ROOM, _UP, _FLAT = 224, 2.6, 0.5, 0.4
"""The hand's square is 2.6 palms wide, half a palm towards the fingers; depth comes 0.4 times too small."""
_WRIST, _MIDDLE = 2, 4
"""Places among a palm's points, of which the first two are its corners."""


class HandSeen(NamedTuple):
    """21 landmarks, shape (21, 3), as fractions of the frame (z on the scale of x); the side, and how sure that is."""

    points: Points
    side: Literal["left", "right"]
    score: float


class HandNetworks:
    """Remembers nothing."""

    def __init__(self, modules: Path) -> None:
        """Load the networks from MediaPipe's folder of modules."""
        self._palms = Detector(modules / PALMS, _SIDE, _LAYERS, low=0, narrow=_NARROW)
        self._landmarks = network(modules / LANDMARKS, (0, 1, 2), 0)

    def find(self, rgb: Rgb, region: Region) -> list[HandSeen]:
        """Hands in a part of the picture, the surest palms first."""
        palms, _ = self._palms.find(rgb, region, CONFIDENCE)
        squares: list[Square] = []
        for palm in palms[:MAX_HANDS]:
            square = _square(palm)
            if all(overlap(_upright(square), _upright(other)) <= ONE_HAND for other in squares):
                squares.append(square)
        return [hand for square in squares if (hand := self._hand(rgb, square))]

    def _hand(self, rgb: Rgb, square: Square) -> HandSeen | None:
        raw, present, right = self._landmarks(rgb, square, cv2.BORDER_REPLICATE)
        if float(present[0]) < PRESENT:
            return None
        values = raw.astype(np.float64).reshape(-1, 3) / _CROP
        height, width = rgb.shape[:2]
        depth = values[:, 2] / _FLAT * square.side / width
        points = np.column_stack([square.to_picture(values[:, :2]) / (width, height), depth])
        score = float(right[0])  # MediaPipe calls this side "Left", as in a mirrored selfie
        return HandSeen(points, "right", score) if score > 0.5 else HandSeen(points, "left", 1 - score)


def _square(palm: Values) -> Square:
    """The square of the hand of a palm: its points, shape (9, 2), in pixels."""
    x, y = palm[_MIDDLE] - palm[_WRIST]
    turn = np.pi / 2 - np.arctan2(-y, x)
    side = float((palm[1] - palm[0]).max())
    x, y = palm[:2].mean(axis=0)
    upright = Square(float(x), float(y), side, float(turn))
    middle = upright.to_picture(np.array([[0.5, 0.5 - _UP]]))[0]
    return Square(float(middle[0]), float(middle[1]), _ROOM * side, float(turn))


def _upright(square: Square) -> Rect:
    return Rect(square.x - square.side / 2, square.y - square.side / 2, square.side, square.side)
