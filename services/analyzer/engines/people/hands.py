"""Hand samples: box, side, and a gesture where the landmarks fit one."""

from typing import Literal, cast

import numpy as np

from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.people.models import Points
from shared.contracts.people import HandSample

Gesture = Literal["open_palm", "pointing", "thumbs_up", "fist", "victory"]
WRIST, THUMB_TIP, THUMB_JOINT, THUMB_BASE, INDEX_BASE, PINKY_BASE = 0, 4, 3, 2, 5, 17
FINGERS = ((8, 6), (12, 10), (16, 14), (20, 18))
"""Tip and middle joint of index, middle, ring and little finger."""


def hand_samples(hands: list[tuple[Points, str, float]], t_s: float, aspect: float) -> list[HandSample]:
    """Samples of all hands of one frame, whose width over height is `aspect`; the confidence is that of the side."""
    return [_sample(points, side, score, t_s, aspect) for points, side, score in hands]


def _sample(points: Points, side: str, score: float, t_s: float, aspect: float) -> HandSample:
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return HandSample(
        t_s=t_s, box=to_box(Rect(low[0], low[1], high[0] - low[0], high[1] - low[1])), confidence=round(min(1.0, score), 4),
        side=cast("Literal['left', 'right']", side), gesture=gesture(points * np.array([aspect, 1.0, aspect])),
    )  # fmt: skip


def gesture(points: Points) -> Gesture | None:
    """The gesture that the extended fingers spell, None where none fits. `points`: (21, 3) on one scale, y down."""
    fingers = tuple(_reach(points, tip) > 1.15 * _reach(points, joint) for tip, joint in FINGERS)
    palm = float(np.linalg.norm(points[INDEX_BASE] - points[PINKY_BASE]))
    thumb_out = float(np.linalg.norm(points[THUMB_TIP] - points[INDEX_BASE])) > 0.8 * palm
    if all(fingers) and thumb_out:
        return "open_palm"
    if fingers == (True, False, False, False):
        return "pointing"
    if fingers == (True, True, False, False):
        return "victory"
    if not any(fingers):
        return "thumbs_up" if thumb_out and _thumb_up(points) else None if thumb_out else "fist"
    return None


def _reach(points: Points, landmark: int) -> float:
    return float(np.linalg.norm(points[landmark] - points[WRIST]))


def _thumb_up(points: Points) -> bool:
    """The thumb points up and ends above everything else of the hand."""
    rising = points[THUMB_TIP, 1] < points[THUMB_JOINT, 1] < points[THUMB_BASE, 1]
    return bool(rising and points[THUMB_TIP, 1] <= points[:, 1].min())
