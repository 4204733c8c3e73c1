"""The people engine's networks: squares of a picture, detectors' anchors, and that they see what MediaPipe's graphs see."""

from pathlib import Path
from typing import Any

import av
import cv2
import mediapipe
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.counters import Counters
from services.analyzer.engines.people.finder import FaceFinder
from services.analyzer.engines.people.models import PeopleModels, modules
from services.analyzer.engines.people.networks import Square, sample
from services.analyzer.engines.people.ssd import anchors, detections
from tests.analyzer.clips import portrait, texture

UNIT = st.floats(0, 1)


@given(UNIT, UNIT, st.floats(-3, 3), st.floats(1, 500))
def test_a_turned_square_keeps_distances_and_its_middle(x: float, y: float, turn: float, side: float) -> None:
    square = Square(100, 50, side, turn)
    middle, point = square.to_picture(np.array([[0.5, 0.5], [x, y]]))
    assert middle == pytest.approx((100, 50))
    assert np.hypot(*(point - middle)) == pytest.approx(side * np.hypot(x - 0.5, y - 0.5), abs=1e-6)


def test_the_square_of_a_part_shows_that_part() -> None:
    picture = texture(1, width=64, height=64)
    seen = np.zeros_like(picture)
    sample(picture, Square(32, 32, 64), cv2.BORDER_CONSTANT, seen)
    assert np.array_equal(seen, picture)
    middle = np.zeros((64, 48, 3), np.uint8)
    sample(picture, Square(32, 32, 64), cv2.BORDER_CONSTANT, middle)
    assert np.array_equal(middle, picture[:, 8:-8]), "the middle of it where there is room for less"
    sample(picture, Square(32, 32, 64, np.pi / 2), cv2.BORDER_CONSTANT, seen)
    turned = seen[1:].astype(int) - picture[:, :0:-1].swapaxes(0, 1)
    assert np.abs(turned).max() <= 2, "a quarter turn, clockwise"


def test_anchors_lie_in_the_middle_of_their_cells() -> None:
    found = anchors(8, ((4, 1), (8, 2)))
    assert found.tolist() == [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75], [0.5, 0.5], [0.5, 0.5]]
    assert anchors(8, ((2, 1),), 4).tolist() == [[x, y] for y in (0.125, 0.375, 0.625, 0.875) for x in (0.375, 0.625)]


def test_detections_of_one_thing_are_averaged_by_score_others_kept_and_weak_ones_dropped() -> None:
    middles = np.array([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1], [0.9, 0.9]])
    raw = np.array([[0, 0, 20, 20], [2, 0, 20, 20], [0, 0, 10, 10], [0, 0, 10, 10]], np.float32)
    logits = np.log(np.array([[0.9], [0.6], [0.8], [0.2]]) / np.array([[0.1], [0.4], [0.2], [0.8]])).astype(np.float32)
    boxes, scores = detections(raw, logits, middles, 100, 0.5)
    assert scores == pytest.approx([0.9, 0.8])
    assert boxes[0].ravel() == pytest.approx([0.408, 0.4, 0.608, 0.6]), "moved by 0.02 x 0.6 / 1.5"
    nothing, none = detections(raw, logits, middles, 100, 0.95)
    assert (nothing.shape, none.shape) == ((0, 2, 2), (0,))


@pytest.mark.parametrize(("height", "off"), [(440, 1e-3), (640, 0.03)])
@pytest.mark.parametrize("shift", [0, 40])
def test_faces_are_those_of_mediapipes_graph(height: int, off: float, shift: int) -> None:
    """To rounding where the network sees the same square, nearly where it sees only the picture's own columns of it."""
    rgb = np.ascontiguousarray(portrait(height=height, shift=shift)[:, :, ::-1])
    counters = Counters()
    ours = FaceFinder(modules()).glance(rgb, counters)
    graph: Any = mediapipe.solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
    theirs = graph.process(rgb).detections
    assert len(ours) == len(theirs) == counters.calls["people.faces"] == 1
    box = theirs[0].location_data.relative_bounding_box
    assert ours[0][0] == pytest.approx((box.xmin, box.ymin, box.width, box.height), abs=off)
    assert ours[0][1] == pytest.approx(theirs[0].score[0], abs=4 * off)


def test_a_body_is_that_of_mediapipes_graph_and_followed_from_its_square() -> None:
    rgb = np.ascontiguousarray(portrait()[:, :, ::-1])
    height, width = rgb.shape[:2]
    graph: Any = mediapipe.solutions.pose.Pose(static_image_mode=True, smooth_landmarks=False, min_detection_confidence=0.65)
    theirs = np.array([(p.x, p.y, p.visibility) for p in graph.process(rgb).pose_landmarks.landmark])
    models, counters = PeopleModels(), Counters()
    body = models.find_body(rgb, (0, 0, width, height), counters)
    assert body is not None
    face_and_shoulders = slice(0, 13)
    assert body.points[face_and_shoulders][:, [0, 1, 3]] == pytest.approx(theirs[face_and_shoulders], abs=0.02)
    again = models.body_in(rgb, body.square, counters)
    assert again is not None
    assert again.points[:11, :2] == pytest.approx(body.points[:11, :2], abs=0.02)
    assert models.find_body(np.zeros_like(rgb), (0, 0, width, height), counters) is None


def test_hands_are_those_of_mediapipes_graph(shared_data: Path) -> None:
    clip = shared_data / "video" / "thanks.mkv"
    if not clip.is_file():
        pytest.skip("this test needs video/thanks.mkv in the shared data")
    with av.open(str(clip)) as container:
        rgb = next(
            np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            for k, frame in enumerate(container.decode(video=0))
            if k == 30
        )
    graph: Any = mediapipe.solutions.hands.Hands(static_image_mode=True, max_num_hands=2, model_complexity=1)
    seen = graph.process(rgb)
    swapped = {"Left": "right", "Right": "left"}
    theirs = [
        (swapped[sides.classification[0].label], np.array([(p.x, p.y) for p in hand.landmark]))
        for hand, sides in zip(seen.multi_hand_landmarks, seen.multi_handedness, strict=True)
    ]
    ours = PeopleModels().hands(rgb, (0, 0, rgb.shape[1], rgb.shape[0]), Counters())
    assert len(ours) == len(theirs) > 0
    for one, (side, points) in zip(ours, theirs, strict=True):
        assert one.side == side
        assert one.points[:, :2] == pytest.approx(points, abs=0.005)
