"""Hand samples: box, side, raised fingers, and a gesture where the landmarks or their movement fit one."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.people.movement import Moment, in_motion
from services.analyzer.engines.people.networks import Points
from services.analyzer.engines.people.palms import HandSeen
from shared.contracts.people import Gesture, HandSample

WRIST, THUMB_TIP, THUMB_JOINT, THUMB_BASE, INDEX_BASE, PINKY_BASE = 0, 4, 3, 2, 5, 17
FINGERS = ((8, 6, 5), (12, 10, 9), (16, 14, 13), (20, 18, 17))
"""Tip, middle joint and base of index, middle, ring and little finger."""
RAISED, THUMB_OUT = 1.15, 0.8
"""A raised finger's tip is this much farther from the wrist than its middle joint; a thumb that is out ends this many
palm widths from the base of the index finger."""
ROUND, GRIP, EDGE = (0.55, 0.9), 0.6, 0.01
"""Fingers around something: from base to tip this share of their stretched length (0.4 in a fist, 1 when straight), with the
thumb at most this share of a hand's length from the nearest fingertip."""


@dataclass(frozen=True)
class Hand:
    """A hand in one sample: landmarks (21, 3) on one scale (fractions of the frame's height, y down), and its track."""

    t_s: float
    box: Rect
    confidence: float
    side: Literal["left", "right"]
    points: Points
    track: int = -1

    @property
    def whole(self) -> bool:
        """Whether the frame shows all of it: fingers beyond its edge are guessed, mostly as stretched."""
        box = self.box
        return min(box.x, box.y) >= EDGE and max(box.x + box.width, box.y + box.height) <= 1 - EDGE


def hand(t_s: float, found: HandSeen, aspect: float) -> Hand:
    """From the model's answer in a frame whose width over height is `aspect`; the confidence is that of the side."""
    points, side, score = found
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    box = Rect(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    scaled = np.asarray(points * np.array([aspect, 1.0, aspect]), np.float64)
    return Hand(t_s, box, min(1.0, score), side, scaled)


def hand_samples(hands: list[Hand]) -> tuple[HandSample, ...]:
    """Samples in the order given; what only movement shows (waving, counting) goes before the gesture of the moment."""
    whole = [one for one in hands if one.whole]
    moving = in_motion([Moment(one.t_s, one.track, raised(one.points), *_fingertips(one.points)) for one in whole])
    named = {id(one): moving.get(k) for k, one in enumerate(whole)}
    return tuple(_sample(one, named.get(id(one))) for one in hands)


def _sample(one: Hand, moving: Gesture | None) -> HandSample:
    return HandSample(
        t_s=one.t_s, box=to_box(one.box), confidence=round(one.confidence, 4), side=one.side,
        gesture=(moving or gesture(one.points)) if one.whole else None, fingers=raised(one.points) if one.whole else None,
    )  # fmt: skip


def gesture(points: Points) -> Gesture | None:
    """The gesture that the fingers spell, None where none fits. `points`: (21, 3) on one scale, y down."""
    fingers, thumb_out = _straight(points), _thumb_out(points)
    if all(fingers) and thumb_out:
        return "open_palm"
    if fingers == (True, False, False, False):
        return "pointing"
    if fingers == (True, True, False, False):
        return "victory"
    if _holds(points):
        return "holding"
    if not any(fingers):
        return "thumbs_up" if thumb_out and _thumb_up(points) else None if thumb_out else "fist"
    return None


def raised(points: Points) -> int:
    """How many fingers are stretched, the thumb among them."""
    return sum(_straight(points)) + int(_thumb_out(points))


def _straight(points: Points) -> tuple[bool, ...]:
    return tuple(_reach(points, tip) > RAISED * _reach(points, joint) for tip, joint, _ in FINGERS)


def _thumb_out(points: Points) -> bool:
    return _between(points, THUMB_TIP, INDEX_BASE) > THUMB_OUT * _between(points, INDEX_BASE, PINKY_BASE)


def _holds(points: Points) -> bool:
    """Three fingers or more bent around a gap with the thumb opposite: the pose of a grip; what is gripped is not seen."""
    bent = [ROUND[0] <= _opening(points, tip, base) <= ROUND[1] for tip, _, base in FINGERS]
    near = min(_between(points, THUMB_TIP, tip) for tip, _, _ in FINGERS[:2])
    return sum(bent) >= 3 and sum(_straight(points)) <= 1 and near <= GRIP * _reach(points, FINGERS[1][2])


def _opening(points: Points, tip: int, base: int) -> float:
    """From base to tip, over the length of the finger's three bones."""
    bones = sum(_between(points, k, k + 1) for k in range(base, tip))
    return _between(points, base, tip) / max(bones, 1e-9)


def _fingertips(points: Points) -> tuple[float, float]:
    """Where the fingertips are, in lengths of the hand (wrist to the base of the middle finger)."""
    tips = points[[tip for tip, _, _ in FINGERS], :2].mean(axis=0) / max(_reach(points, FINGERS[1][2]), 1e-9)
    return float(tips[0]), float(tips[1])


def _reach(points: Points, landmark: int) -> float:
    return _between(points, landmark, WRIST)


def _between(points: Points, a: int, b: int) -> float:
    return float(np.linalg.norm(points[a] - points[b]))


def _thumb_up(points: Points) -> bool:
    """The thumb points up and ends above everything else of the hand."""
    rising = points[THUMB_TIP, 1] < points[THUMB_JOINT, 1] < points[THUMB_BASE, 1]
    return bool(rising and points[THUMB_TIP, 1] <= points[:, 1].min())
