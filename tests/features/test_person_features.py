"""Gaze, framing, gestures and people who come and go, on clips of a few seconds."""

from collections.abc import Mapping

import pytest
from example_analyses import box, build, face, hand, shots

from services.features.compute import compute
from shared.contracts.analysis import Analysis, SpeechSegment, TextOverlay
from shared.contracts.people import FaceSample, Framing, People, PersonTrack

Expected = Mapping[str, float | str | None]
MIDDLE = box(0.4, 0.4, 0.2, 0.2)


def check(analysis: Analysis, expected: Expected) -> None:
    values = compute(analysis, None).values
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=2e-6)


def people(seconds: int, **blocks: object) -> People:
    empty = {"sampled_s": tuple(float(t) for t in range(seconds)), "faces": (), "poses": (), "hands": ()}
    return People.model_validate(empty | blocks)


def looking(t_s: float, gaze_deg: float | None) -> FaceSample:
    return face(t_s, MIDDLE, 0, yaw=0.0, roll=0.0, smile=0.0, mouth=0.0, gaze_deg=gaze_deg)


def track(number: int, start_s: float, end_s: float) -> PersonTrack:
    return PersonTrack(start_s=start_s, end_s=end_s, track=number, samples=1, box=MIDDLE)


def test_gaze_counts_up_to_ten_degrees_and_only_where_it_was_measured() -> None:
    faces = tuple(looking(float(t), gaze) for t, gaze in enumerate((30.0, 10.0, 10.1, None, 0.0, 0.0)))
    expected: Expected = {
        "person_gaze_share": 3 / 5, "person_hook_gaze_share": 1 / 3, "person_first_gaze_s": 1, "person_longest_gaze_s": 2,
        "person_looks_per_10s": 20 / 6, "person_gaze_in_speech_share": 0.5,
    }  # fmt: skip
    speech = (SpeechSegment(start_s=1.0, end_s=4.0),)
    check(build(6.0, people=people(6, faces=faces), speech=speech), expected)


def test_a_gaze_elsewhere_is_zero_and_an_unmeasured_one_null() -> None:
    elsewhere = build(6.0, people=people(6, faces=(looking(0.0, 40.0),)))
    check(
        elsewhere, {"person_gaze_share": 0, "person_longest_gaze_s": 0, "person_looks_per_10s": 0, "person_first_gaze_s": None}
    )
    unmeasured = compute(build(6.0, people=people(6, faces=(looking(0.0, None),))), None)
    for name in ("person_gaze_share", "person_longest_gaze_s", "person_looks_per_10s", "person_first_gaze_s"):
        assert unmeasured.missing[name] == "no gaze was measured"


def test_framing_lasts_until_the_next_look_and_an_empty_picture_is_none() -> None:
    sizes = ((0.0, "full"), (1.0, "close_up"), (4.0, "close_up"), (5.0, "medium"))
    framing = tuple(Framing.model_validate({"t_s": t_s, "size": size}) for t_s, size in sizes)
    expected: Expected = {
        "person_framed_full_share": 1 / 8, "person_framed_close_up_share": 2 / 8, "person_framed_medium_share": 1 / 8,
        "person_framing_changes_per_10s": 20 / 8, "person_reframed_cut_share": 1, "person_hook_framing": "full",
    }  # fmt: skip
    cuts = shots(8.0, 1.0, 4.5, 5.0, 6.0)
    check(build(8.0, scenes=cuts, people=people(8, framing=framing)), expected)


def test_nobody_in_the_picture_is_zero_and_unknown_framing_is_null() -> None:
    check(build(8.0), {"person_framed_full_share": 0, "person_hook_framing": "none", "person_framing_changes_per_10s": 0})
    unknown = compute(build(8.0, people=people(8)), None)
    for name in ("person_framed_full_share", "person_hook_framing", "person_reframed_cut_share"):
        assert unknown.missing[name] == "how much of a person the picture shows was not determined"


def at(t_s: float, x: float, y: float, number: int) -> FaceSample:
    return face(t_s, box(x, y, 0.2, 0.2), number, yaw=0.0, roll=0.0, smile=0.0, mouth=0.0)


def test_a_cut_to_another_face_is_no_movement_of_one() -> None:
    still = (*(at(float(t), 0.1, 0.2, 0) for t in range(4)), *(at(float(t), 0.7, 0.5, 1) for t in range(4, 8)))
    check(build(8.0, people=people(8, faces=still)), {"person_sway_x": 0, "person_sway_y": 0})
    same = tuple(one.model_copy(update={"track": 0}) for one in still)
    check(build(8.0, people=people(8, faces=same)), {"person_sway_x": 0.3, "person_sway_y": 0.15})
    check(build(8.0, people=people(8, faces=same), scenes=shots(8.0, 4.0)), {"person_sway_x": 0, "person_sway_y": 0})
    moving = tuple(at(float(t), (0.1, 0.3)[t % 2] + 0.4 * (t >= 4), 0.2, t // 4) for t in range(8))
    check(build(8.0, people=people(8, faces=moving)), {"person_sway_x": 0.1, "person_sway_y": 0})


def test_people_are_counted_by_their_tracks() -> None:
    tracks = (track(1, 3.0, 5.0), track(0, 0.0, 6.0), track(2, 2.9, 4.9))
    expected: Expected = {
        "person_count": 3, "person_second_entry_s": 2.9, "person_late_entry_count": 1, "person_main_share": 0.6,
    }  # fmt: skip
    check(build(8.0, people=people(8, tracks=tracks)), expected)
    check(build(8.0), {"person_count": 0, "person_late_entry_count": 0, "person_main_share": None})
    assert compute(build(8.0, people=people(8)), None).missing["person_count"] == "people were not followed over time"


def test_each_gesture_has_its_share_of_the_time_with_hands() -> None:
    kinds = ("counting", "waving", "holding", "pointing", None)
    hands = tuple(hand(float(t), "right", kind) for t, kind in enumerate(kinds))
    text = TextOverlay(start_s=3.25, end_s=9.0, text="here", confidence=1.0, box=MIDDLE)
    expected: Expected = {
        "person_counting_share": 0.2, "person_waving_share": 0.2, "person_holding_share": 0.2, "person_pointing_share": 0.2,
        "person_pointing_with_text_share": 0.75, "person_gesture_in_speech_share": 0.25, "person_hook_gesture_share": 1,
    }  # fmt: skip
    speech = (SpeechSegment(start_s=2.0, end_s=3.0), SpeechSegment(start_s=7.0, end_s=8.0))
    check(build(10.0, people=people(10, hands=hands), text=(text,), speech=speech), expected)
