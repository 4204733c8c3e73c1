"""Head pose, line of sight, ratios and expressions, from faces made to measure."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.engines.people.expression import from_blendshapes
from services.analyzer.engines.people.faces import angles, gaze, measures, ratios
from services.analyzer.engines.people.models import Mesh
from tests.analyzer.made_faces import mesh

DEGREES = st.floats(-40, 40)


@pytest.mark.parametrize("degrees", [-40, -10, 0, 25])
def test_head_angles(degrees: int) -> None:
    assert angles(mesh(yaw=degrees))["yaw_deg"] == pytest.approx(degrees)
    assert angles(mesh(pitch=degrees))["pitch_deg"] == pytest.approx(degrees)
    assert angles(mesh(roll=degrees))["roll_deg"] == pytest.approx(degrees)


@given(DEGREES, DEGREES, st.floats(0, 1), st.floats(0.3, 0.9))
def test_ratios_are_those_of_the_face_however_it_is_turned(yaw: float, roll: float, mouth_open: float, smile: float) -> None:
    made = ratios(mesh(yaw=yaw, roll=roll, mouth_open=mouth_open, smile=smile, eyes_open=0.2, brow=0.3))
    expected = {"mouth_open": mouth_open, "eyes_open": 0.2, "smile_proxy": smile, "brow_raise_proxy": 0.3}
    assert made == pytest.approx(expected, abs=2e-4)


def test_eyes_that_counter_the_head_look_into_the_camera() -> None:
    assert gaze(mesh()) == pytest.approx(0, abs=0.1)
    assert gaze(mesh(yaw=20)) == pytest.approx(20, abs=0.1), "eyes straight in a turned head"
    assert gaze(mesh(yaw=20, look=(-0.36 * 0.342, 0))) == pytest.approx(0, abs=0.1), "sin 20 degrees is 0.342"
    assert gaze(mesh(look=(0, 0.18))) == pytest.approx(30, abs=0.1), "looking down"
    assert gaze(mesh(pitch=-8, look=(0, -0.36 * 0.139))) == pytest.approx(0, abs=0.3), "a lowered head that looks up"


def test_eyes_too_small_to_see_have_no_gaze() -> None:
    assert gaze(mesh(eye_px=7)) is None
    assert gaze(mesh(eye_px=9)) is not None


@given(DEGREES, st.floats(-0.1, 0.1))
def test_a_mirrored_face_looks_as_far_past_the_camera(yaw: float, look: float) -> None:
    one, mirrored = measures(Mesh(mesh(yaw=yaw, look=(look, 0)), None)), measures(Mesh(mesh(yaw=-yaw, look=(-look, 0)), None))
    assert mirrored.pop("yaw_deg") == pytest.approx(-one.pop("yaw_deg"))
    assert mirrored == pytest.approx(one, abs=0.02)


@pytest.mark.parametrize(
    ("face", "name"),
    [
        ({}, "neutral"),
        ({"smile": 0.7, "lift": 0.1}, "smile"),
        ({"smile": 0.7, "lift": 0.0}, "neutral"),
        ({"mouth_open": 0.6}, "open_mouth"),
        ({"mouth_open": 0.6, "brow": 0.36}, "surprise"),
        ({"brow": 0.16, "lift": -0.15}, "frown"),
        ({"eyes_open": 0.08}, "eyes_closed"),
    ],
)
def test_an_expression_is_named_beyond_its_threshold(face: dict[str, float], name: str) -> None:
    made = measures(Mesh(mesh(**face), None))  # type: ignore[arg-type]
    assert (made["expression"], made["blendshapes"]) == (name, None)
    assert 0 < made["expression_score"] <= 1


def test_the_score_is_the_distance_beyond_the_threshold() -> None:
    scores = [measures(Mesh(mesh(mouth_open=open_), None))["expression_score"] for open_ in (0.05, 0.2, 0.34, 0.36, 0.5, 0.7)]
    assert scores == pytest.approx([0.6667, 0.3333, 0.0222, 0.0222, 0.3333, 0.7778], abs=2e-3)


def test_a_face_turned_away_has_no_expression() -> None:
    turned = measures(Mesh(mesh(yaw=50, smile=0.7, lift=0.1), None))
    assert "expression" not in turned
    assert turned["smile_proxy"] == pytest.approx(0.7, abs=1e-3)


def _shapes(**above_zero: float) -> dict[str, float]:
    sides = [f"{name}{side}" for name in ("mouthSmile", "browDown", "mouthFrown", "eyeBlink") for side in ("Left", "Right")]
    return {**dict.fromkeys([*sides, "jawOpen", "browInnerUp"], 0.0), **above_zero}


@pytest.mark.parametrize(
    ("shapes", "name"),
    [
        ({}, "neutral"),
        ({"mouthSmileLeft": 0.9, "mouthSmileRight": 0.8}, "smile"),
        ({"mouthSmileLeft": 0.6}, "neutral"),
        ({"jawOpen": 0.6}, "open_mouth"),
        ({"jawOpen": 0.6, "browInnerUp": 0.7}, "surprise"),
        ({"browDownLeft": 0.8, "browDownRight": 0.8}, "frown"),
        ({"eyeBlinkLeft": 0.9, "eyeBlinkRight": 0.9}, "eyes_closed"),
    ],
)
def test_blendshapes_name_the_expression_instead(shapes: dict[str, float], name: str) -> None:
    made: Any = measures(Mesh(mesh(smile=0.75, lift=0.12), _shapes(**shapes)))
    assert made["expression"] == name, "the landmarks smile, the blendshapes decide"
    assert made["blendshapes"] == _shapes(**shapes)
    assert from_blendshapes(_shapes(**shapes)).name == name
