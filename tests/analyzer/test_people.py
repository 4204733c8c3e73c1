"""The people engine: bodies, framing, and what it sees in clips of a public-domain portrait."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect, clip, overlap, to_box
from services.analyzer.engines.people import PeopleEngine
from services.analyzer.engines.people.finder import same_face, squares
from services.analyzer.engines.people.framing import by_body, by_face
from services.analyzer.engines.people.looking import SEARCH_EVERY
from services.analyzer.engines.people.pose import BODY, belongs, pose_sample, region, wrist_in_view
from services.analyzer.settings import EngineSettings
from shared.contracts.spans import Box
from shared.errors import Unavailable
from tests.analyzer.clips import portrait, texture, write_clip

NEAR = st.floats(-0.5, 1.5)
FACE = Rect(0.4, 0.1, 0.2, 0.1)


def _body() -> np.ndarray[Any, np.dtype[np.float64]]:
    """A body whose face is FACE, one hand raised, all of it visible."""
    body = np.tile(np.array([0.5, 0.5, 0.0, 0.9]), (33, 1))
    body[0, :2], body[11, :2], body[12, :2] = (0.5, 0.16), (0.7, 0.4), (0.3, 0.4)
    body[15, :2], body[16, :2] = (0.8, 0.1), (0.2, 0.8)
    return body


def test_a_body_outside_the_frame_is_no_body_and_raised_hands_need_a_wrist() -> None:
    body = _body()
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


def test_a_body_belongs_to_the_face_at_its_nose_and_above_its_shoulders() -> None:
    body = _body()
    assert belongs(body, FACE)
    assert not belongs(body, FACE._replace(x=0.7)), "someone else's face"
    body[[11, 12], 1] = 0.12
    assert not belongs(body, FACE), "shoulders beside the nose: the model is lost"


def test_the_region_of_a_body_lies_around_and_below_its_face() -> None:
    assert region(Rect(0.45, 0.2, 0.1, 0.1), 1000, 1000, BODY) == (250, 100, 750, 800)
    assert region(Rect(0.0, 0.0, 0.5, 0.5), 1000, 1000, BODY) == (0, 0, 1000, 1000)
    left, top, right, bottom = region(Rect(0.999, 0.999, 0.001, 0.001), 360, 640, BODY)
    assert left < right, "never empty, however little of the face is inside"
    assert top < bottom


@given(NEAR, NEAR, st.floats(0, 1), st.floats(0, 1))
def test_boxes_stay_inside_the_frame(x: float, y: float, width: float, height: float) -> None:
    box = to_box(Rect(x, y, width, height))
    assert box.x + box.width <= 1 + 1e-4
    assert box.y + box.height <= 1 + 1e-4
    assert 0 <= overlap(clip(Rect(x, y, width, height)), Rect(0.2, 0.2, 0.5, 0.5)) <= 1


def test_a_vertical_picture_is_covered_by_its_squares() -> None:
    assert squares(360, 640) == ((0, 0, 360, 360), (0, 280, 360, 640))
    assert squares(640, 360) == squares(640, 640) == ()


def test_a_part_of_a_face_at_the_edge_of_a_square_is_the_same_face() -> None:
    whole = Rect(0.2, 0.3, 0.4, 0.3)
    assert same_face(whole, whole._replace(height=0.1))
    assert same_face(whole, whole._replace(x=0.25))
    assert not same_face(whole, whole._replace(x=0.65))


def _face(top: float, height: float) -> Box:
    return Box(x=0.4, y=top, width=0.2, height=height)


def test_framing_by_the_heads_above_the_lower_edge() -> None:
    assert by_face(_face(0.2, 0.4)) == "close_up", "chin at 0.6 of the frame, 1.75 heads"
    assert by_face(_face(0.25, 0.25)) == "close_up", "2.5 heads: down to the chest"
    assert by_face(_face(0.25, 0.24)) == "medium"
    assert by_face(_face(0.25, 0.12)) == "medium", "4.9 heads: to the middle of the thigh"
    assert by_face(_face(0.1, 0.08)) == "full"


def test_framing_by_the_lowest_part_of_a_body_without_a_face() -> None:
    body = _body()
    assert by_body(body) == "full"
    body[25:29, 1] = 1.2
    assert by_body(body) == "medium", "legs below the edge"
    body[[23, 24], 3] = 0.1
    assert by_body(body) == "close_up", "hips only guessed"


def test_a_portrait_has_one_face_before_and_after_a_cut(tmp_path: Path, watch: Callable[..., Any]) -> None:
    shown = [portrait(shift=k) for k in range(30)] + [texture(3, width=360, height=640)] * 15 + [portrait(shift=9)] * 15
    clip_path = write_clip(tmp_path / "v.mp4", shown)
    analysis, counters = watch(clip_path, "people")
    people = analysis.people
    with_face = [t for t in people.sampled_s if t < 0.99 or t > 1.51]
    assert [face.t_s for face in people.faces] == with_face
    assert [(one.track, one.start_s, one.samples) for one in people.tracks] == [(0, 0.0, len(people.faces))], "known again"
    assert {thing.track for thing in (*people.faces, *people.poses)} == {0}
    assert [frame.t_s for frame in people.framing] == with_face
    assert {frame.size for frame in people.framing} <= {"close_up", "medium"}, "to the chest"
    for face in people.faces:
        assert 0.3 < face.box.x + face.box.width / 2 < 0.7
        assert abs(face.yaw_deg) < 25
        assert abs(face.roll_deg) < 15
        assert face.gaze_deg < 15, "she looks into the camera"
        assert (face.expression, face.blendshapes) == ("neutral", None)
    assert len({face.expression_score for face in people.faces}) > 1, "measured, not constant"
    assert all(0.3 < pose.shoulder_width < 1 for pose in people.poses if pose.t_s < 0.99)
    assert len(people.sampled_s) == 7
    assert (counters.calls["people.pose_search"], counters.calls["people.pose"]) == (3, 5), "once per view, then it is followed"
    again, _ = watch(clip_path, "people")
    assert again.to_bytes() == analysis.to_bytes()


def test_who_is_known_is_followed_not_searched(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [portrait(shift=k // 2) for k in range(90)]), "people")
    samples = len(analysis.people.sampled_s)
    assert len(analysis.people.faces) == len(analysis.people.poses) == samples == 10
    searches = 1 + (samples - 1) // SEARCH_EVERY
    assert counters.calls["people.faces"] == 5 * searches + (samples - searches), "a vertical frame, and its two squares twice"
    assert (counters.calls["people.pose_search"], counters.calls["people.pose"]) == (1, samples)


def test_a_picture_that_stands_is_looked_at_once(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [portrait()] * 45), "people")
    samples = len(analysis.people.sampled_s)
    assert counters.calls["people.pose"] + counters.calls["people.unchanged"] == samples
    assert counters.calls["people.pose"] <= 3 < samples
    assert [face.t_s for face in analysis.people.faces] == list(analysis.people.sampled_s)
    assert [one.samples for one in analysis.people.tracks] == [samples]


def test_ungated_searches_every_sample_and_sees_the_same_faces(tmp_path: Path, watch: Callable[..., Any]) -> None:
    clip_path = write_clip(tmp_path / "v.mp4", [portrait()] * 45)
    gated, _ = watch(clip_path, "people")
    counters = Counters()
    ungated = analyze(clip_path, engines=[PeopleEngine(ungated=True)], counters=counters).people
    assert counters.calls["people.faces"] == 5 * len(ungated.sampled_s)
    assert "people.unchanged" not in counters.calls
    assert [face.t_s for face in ungated.faces] == [face.t_s for face in gated.people.faces]
    assert PeopleEngine(ungated=True).spec.fingerprint() != PeopleEngine().spec.fingerprint()


def test_nobody_is_empty_and_covered(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [texture(5)] * 30), "people")
    report = analysis.engines["people"]
    assert (report.status, report.coverage.samples) == ("empty", 4)
    assert (analysis.people.faces, analysis.people.tracks, analysis.people.framing) == ((), (), ())
    assert "people.hands" not in counters.calls


def test_a_missing_or_broken_bundle_is_one_sentence(tmp_path: Path) -> None:
    missing = EngineSettings(face_landmarker=tmp_path / "none.task")
    with pytest.raises(Unavailable, match=r"^RUMIAI_FACE_LANDMARKER: there is no file .*none\.task; name a .* or unset it\.$"):
        PeopleEngine(settings=missing)
    broken = tmp_path / "broken.task"
    broken.write_bytes(b"no bundle")
    engine = PeopleEngine(settings=EngineSettings(face_landmarker=broken))
    with pytest.raises(Unavailable, match=r"^RUMIAI_FACE_LANDMARKER: .*broken\.task is no face landmarker bundle"):
        engine.load()
    other = tmp_path / "other.task"
    other.write_bytes(b"another")
    prints = {PeopleEngine(settings=EngineSettings(face_landmarker=path)).spec.fingerprint() for path in (None, broken, other)}
    assert len(prints) == 3, "each bundle is its own engine"


def test_a_bundle_gives_blendshapes(shared_data: Path, tmp_path: Path) -> None:
    bundle = shared_data / "models" / "face_landmarker.task"
    if not bundle.is_file():
        pytest.skip("this test needs models/face_landmarker.task in the shared data")
    clip_path = write_clip(tmp_path / "v.mp4", [portrait(shift=3 * k) for k in range(10)])
    people = analyze(clip_path, engines=[PeopleEngine(settings=EngineSettings(face_landmarker=bundle))]).people
    assert people
    assert people.faces
    for face in people.faces:
        assert face.blendshapes
        assert len(face.blendshapes) == 51
        assert face.blendshapes["jawOpen"] < 0.1
        assert (face.expression, face.gaze_deg is not None) == ("neutral", True)
