"""Faces, bodies and hands: geometry by hand-made landmarks, detection on a public-domain portrait."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.engines.boxes import Rect, clip, overlap, to_box
from services.analyzer.engines.people.faces import CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE, angles
from services.analyzer.engines.people.hands import gesture
from services.analyzer.engines.people.pose import pose_sample, wrist_in_view
from services.analyzer.engines.people.tracks import Tracker
from tests.analyzer.clips import portrait, texture, write_clip

NEAR = st.floats(-0.5, 1.5)


def _mesh(yaw: float = 0, pitch: float = 0, roll: float = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A face of four landmarks turned by angles in degrees: to the image's right, up, clockwise."""
    points = np.zeros((478, 3))
    points[LEFT_EYE[0]], points[RIGHT_EYE[0]] = (-1, 0, 0), (1, 0, 0)
    points[FOREHEAD], points[CHIN] = (0, -1, 0), (0, 1, 0)
    y, p, r = np.radians([yaw, pitch, roll])
    turn_y = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    turn_p = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    turn_r = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(points @ (turn_r @ turn_p @ turn_y).T)


@pytest.mark.parametrize("degrees", [-40, -10, 0, 25])
def test_head_angles(degrees: int) -> None:
    assert angles(_mesh(yaw=degrees))["yaw_deg"] == pytest.approx(degrees)
    assert angles(_mesh(pitch=degrees))["pitch_deg"] == pytest.approx(degrees)
    assert angles(_mesh(roll=degrees))["roll_deg"] == pytest.approx(degrees)


def _hand(*, extended: tuple[bool, ...], thumb: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A hand with its wrist at the bottom; fingers reach up when extended and curl back when not."""
    points = np.zeros((21, 3))
    points[0] = (0.5, 0.9, 0)
    for finger, (base, out) in enumerate(zip((5, 9, 13, 17), extended, strict=True)):
        x = 0.4 + 0.07 * finger
        for joint in range(4):
            points[base + joint] = (x, 0.6 - (0.1 * joint if out else (0.05, 0.1, 0.04, -0.03)[joint]), 0)
    tips = {"out": (0.15, 0.6, 0), "in": (0.45, 0.62, 0), "up": (0.38, 0.3, 0)}
    points[1], points[2], points[4] = (0.45, 0.8, 0), (0.4, 0.7, 0), tips[thumb]
    points[3] = (points[2] + points[4]) / 2
    return points


@pytest.mark.parametrize(
    ("extended", "thumb", "name"),
    [
        ((True, True, True, True), "out", "open_palm"),
        ((True, False, False, False), "in", "pointing"),
        ((True, True, False, False), "in", "victory"),
        ((False, False, False, False), "up", "thumbs_up"),
        ((False, False, False, False), "in", "fist"),
        ((False, True, False, True), "in", None),
    ],
)
def test_gestures(extended: tuple[bool, ...], thumb: str, name: str | None) -> None:
    assert gesture(_hand(extended=extended, thumb=thumb)) == name


def test_a_body_outside_the_frame_is_no_body_and_raised_hands_need_a_wrist() -> None:
    body = np.tile(np.array([0.5, 0.5, 0.0, 0.9]), (33, 1))
    body[0, :2], body[11, :2], body[12, :2] = (0.5, 0.2), (0.7, 0.4), (0.3, 0.4)
    body[15, :2], body[16, :2] = (0.8, 0.1), (0.2, 0.8)
    sample = pose_sample(body, 1.0)
    assert sample is not None
    assert (sample.hands_raised, sample.shoulder_width, sample.confidence) == (True, 0.4, 0.9)
    body[[15, 16], 3] = 0.1
    hidden = pose_sample(body, 1.0)
    assert hidden is not None
    assert hidden.hands_raised is None
    assert not wrist_in_view(body)
    body[[0, 11, 12], 1] = 1.4
    assert pose_sample(body, 1.0) is None


@given(NEAR, NEAR, st.floats(0, 1), st.floats(0, 1))
def test_boxes_stay_inside_the_frame(x: float, y: float, width: float, height: float) -> None:
    box = to_box(Rect(x, y, width, height))
    assert box.x + box.width <= 1 + 1e-4
    assert box.y + box.height <= 1 + 1e-4
    assert 0 <= overlap(clip(Rect(x, y, width, height)), Rect(0.2, 0.2, 0.5, 0.5)) <= 1


def test_tracks_follow_faces_and_end_at_a_cut() -> None:
    tracker = Tracker()
    left, right = Rect(0.1, 0.1, 0.2, 0.2), Rect(0.6, 0.1, 0.2, 0.2)
    assert tracker.link([left, right], 0.0) == [0, 1]
    assert tracker.link([right._replace(x=0.65), left._replace(x=0.15)], 0.33) == [1, 0]
    assert tracker.link([left], 0.66) == [0]
    assert tracker.link([left, right], 1.2) == [0, 1], "a face may be missed for a second"
    assert tracker.link([right], 3.0) == [2]
    tracker.cut()
    assert tracker.link([right], 3.3) == [3]


def test_a_portrait_has_one_face_before_and_after_a_cut(tmp_path: Path, watch: Callable[..., Any]) -> None:
    shown = [portrait(shift=k) for k in range(30)] + [texture(3, width=360, height=640)] * 15 + [portrait()] * 15
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", shown), "people")
    people = analysis.people
    with_face = [t for t in people.sampled_s if t < 0.99 or t > 1.51]
    assert [face.t_s for face in people.faces] == with_face
    assert [(one.track, one.start_s, one.samples) for one in people.tracks] == [(0, 0.0, len(people.faces))], "known again"
    assert {face.track for face in people.faces} == {0}
    for face in people.faces:
        assert 0.3 < face.box.x + face.box.width / 2 < 0.7
        assert abs(face.yaw_deg) < 25
        assert abs(face.roll_deg) < 15
    assert all(0.3 < pose.shoulder_width < 1 for pose in people.poses if pose.t_s < 0.99)
    assert counters.calls["people.faces"] == 3 * len(people.sampled_s) == 21, "a vertical frame and its two squares"


def test_nobody_is_empty_and_covered(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [texture(5)] * 30), "people")
    report = analysis.engines["people"]
    assert (report.status, report.coverage.samples) == ("empty", 4)
    assert analysis.people.faces == ()
    assert "people.hands" not in counters.calls
