"""Gestures of hands made by hand, and of their movement."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.engines.people.hands import Hand, gesture, hand, hand_samples, raised
from services.analyzer.engines.people.movement import Moment, in_motion
from services.analyzer.engines.people.palms import HandSeen

Points = np.ndarray[Any, np.dtype[np.float64]]
STRAIGHT, CURLED, ROUND = (0.0, 0.1, 0.2, 0.3), (0.0, 0.08, 0.02, -0.02), (0.0, 0.1, 0.12, 0.06)
"""Heights of a finger's joints above its base: stretched, in a fist, around something."""
DEPTH: dict[tuple[float, ...], tuple[float, ...]] = {
    STRAIGHT: (0.0,) * 4,
    CURLED: (0.0, -0.06, -0.1, -0.04),
    ROUND: (0.0, -0.04, -0.12, -0.16),
}


def _hand(fingers: tuple[tuple[float, ...], ...], thumb: str) -> Points:
    """A hand with its wrist at the bottom, y down."""
    points = np.zeros((21, 3))
    points[0] = (0.5, 0.9, 0)
    for base, shape in zip((5, 9, 13, 17), fingers, strict=True):
        for joint in range(4):
            points[base + joint] = (0.4 + 0.0175 * base - 0.0875, 0.6 - shape[joint], DEPTH[shape][joint])
    tips = {"out": (0.15, 0.6, 0), "in": (0.47, 0.62, -0.05), "up": (0.38, 0.3, 0), "against": (0.45, 0.5, -0.2)}
    points[1], points[2], points[4] = (0.45, 0.8, 0), (0.4, 0.7, 0), tips[thumb]
    points[3] = (points[2] + points[4]) / 2
    return points


@pytest.mark.parametrize(
    ("fingers", "thumb", "name", "count"),
    [
        ((STRAIGHT,) * 4, "out", "open_palm", 5),
        ((STRAIGHT, CURLED, CURLED, CURLED), "in", "pointing", 1),
        ((STRAIGHT, STRAIGHT, CURLED, CURLED), "in", "victory", 2),
        ((CURLED,) * 4, "up", "thumbs_up", 1),
        ((CURLED,) * 4, "in", "fist", 0),
        ((ROUND,) * 4, "against", "holding", 1),
        ((CURLED, STRAIGHT, CURLED, STRAIGHT), "in", None, 2),
    ],
)
def test_gestures(fingers: tuple[tuple[float, ...], ...], thumb: str, name: str | None, count: int) -> None:
    made = _hand(fingers, thumb)
    assert (gesture(made), raised(made)) == (name, count)
    mirrored = made * np.array([-1, 1, 1])
    assert (gesture(mirrored), raised(mirrored)) == (name, count)


def _seen(points: Points, t_s: float = 0.0, right: float = 0.0) -> Hand:
    return hand(t_s, HandSeen(points * 0.5 + np.array([0.2 + right, 0.3, 0]), "left", 0.9), aspect=1.0)


def test_a_hand_cut_off_by_the_frame_has_no_gesture() -> None:
    inside = hand_samples([_seen(_hand((STRAIGHT,) * 4, "out"))])[0]
    assert (inside.gesture, inside.fingers) == ("open_palm", 5)
    cut = hand_samples([_seen(_hand((STRAIGHT,) * 4, "out"), right=0.6)])[0]
    assert (cut.gesture, cut.fingers) == (None, None), "fingers beyond the edge are guessed"


def _swaying(offsets: tuple[float, ...], *, up: float = 0.0, fingers: int = 5, step_s: float = 1 / 3) -> list[Moment]:
    return [Moment(k * step_s, 0, fingers, x, up * (k % 2)) for k, x in enumerate(offsets)]


def test_an_open_hand_to_and_fro_waves() -> None:
    wave = (0.0, 0.6, -0.1, 0.5, 0.0, 0.0)
    assert in_motion(_swaying(wave)) == dict.fromkeys(range(5), "waving")
    assert in_motion(_swaying(wave, fingers=1)) == {}, "a pointing finger does not wave"
    assert in_motion(_swaying((0.0, 0.6, 1.2, 1.8))) == {}, "a hand that goes one way does not wave"
    assert in_motion(_swaying((0.0, 0.6, 0.0, 0.0, 0.0))) == {}, "nor one that goes there and back once"
    assert in_motion(_swaying(wave, up=1.5)) == {}, "nor one that goes up and down"
    assert in_motion(_swaying(wave, step_s=1.0)) == {}, "nor one that was missed between the samples"
    assert (
        hand_samples([_seen(_hand((STRAIGHT,) * 4, "out"), t_s, x) for t_s, x in ((0, 0), (0.3, 0.1), (0.6, 0), (0.9, 0.1))])[
            0
        ].gesture
        == "waving"
    )


def _showing(*fingers: int, step_s: float = 0.4) -> list[Moment]:
    return [Moment(k * step_s, 0, count, 0.0, 0.0) for k, count in enumerate(fingers)]


def test_fingers_one_after_the_other_count() -> None:
    assert in_motion(_showing(1, 1, 2, 2, 3, 3, 0)) == dict.fromkeys(range(6), "counting")
    assert in_motion(_showing(5, 3, 3, 2, 2, 1, 1)) == dict.fromkeys(range(1, 7), "counting"), "down as well"
    assert in_motion(_showing(1, 1, 2, 2, 1, 1)) == {}, "two numbers are no count"
    assert in_motion(_showing(1, 2, 3, 4, 5)) == {}, "a hand that opens shows no number for long"
    assert in_motion(_showing(1, 1, 3, 3, 5, 5)) == {}


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-2, 2)), max_size=14), st.randoms())
def test_the_order_of_the_samples_decides_nothing(shown: list[tuple[int, float]], shuffler: Any) -> None:
    moments = [Moment(k / 3, k % 2, fingers, x, 0.0) for k, (fingers, x) in enumerate(shown)]
    places = list(range(len(moments)))
    shuffler.shuffle(places)
    mixed = in_motion([moments[k] for k in places])
    assert {places[k]: name for k, name in mixed.items()} == in_motion(moments)
    assert in_motion([Moment(m.t_s, m.track, m.fingers, -m.x, m.y) for m in moments]) == in_motion(moments), "mirrored"
