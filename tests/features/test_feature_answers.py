"""Every feature of two analyses small enough to check by eye."""

from datetime import UTC, datetime

import pytest
from example_analyses import build, shots
from hand_made_analyses import hand_made, hand_made_record, quick
from known_answers import EXPECTED

from services.features.compute import compute
from shared.catalogue.registry import CATALOGUE
from shared.contracts.record import Creator, VideoRecord


def test_the_table_has_every_feature() -> None:
    assert set(EXPECTED) == set(CATALOGUE.names())


@pytest.fixture(scope="module")
def hand_made_values() -> dict[str, float | str | None]:
    return compute(hand_made(), hand_made_record()).values


@pytest.mark.parametrize("name", CATALOGUE.names())
def test_value_in_the_hand_made_analysis(hand_made_values: dict[str, float | str | None], name: str) -> None:
    expected = EXPECTED[name]
    assert hand_made_values[name] == (pytest.approx(expected, abs=2e-6) if isinstance(expected, float) else expected)


QUICK = {
    # hook [0, 2), closing [2, 4): each half of the clip, since both do not fit
    "scene_hook_cut_count": 3, "scene_closing_cut_count": 0, "scene_burst_count": 1, "scene_hook_faster": 1,
    "scene_pace_class": "fast", "scene_cut_with_text_share": 1, "scene_cut_on_onset_share": 0, "scene_cut_on_onset_excess": 0,
    "overlay_starts_with_speech_share": 1, "overlay_has_question": 1, "overlay_too_fast_share": 0.5, "overlay_call_count": 2,
    "overlay_call_in_closing": 1, "overlay_call_position": 0.9 / 4, "overlay_hook_share": 1.1 / 2,
    "overlay_closing_share": 1.4 / 2,
    "overlay_position": "bottom", "overlay_on_face_share": 0, "overlay_chars_per_s": (18 / 2 + 30 / 0.5) / 2,
    "speech_fragment_share": 0.5, "speech_in_first_second": 1, "speech_hook_share": 0.8 / 2, "speech_closing_share": 0.5,
    "speech_word_count": None, "speech_asks": None, "speech_language": None, "speech_role": "on_camera",
    "person_thumbs_up_share": 1 / 3, "person_fist_share": 1 / 3, "person_victory_share": 1 / 3, "person_gesture_count": 1,
    "person_gesture_kinds": 3, "person_gesture_on_text_share": 1, "person_wide_share": 0.5, "person_face_cropped_share": 1 / 8,
    "person_face_area_trend": 0.04 - 0.01, "person_hands_raised_share": None, "person_shot_size_changes": 1,
    "person_place": "centre", "person_shot_size": "medium", "person_longest_absence_s": 0, "person_closing_face_share": 1,
    "emotion_smile_proxy_trend": 0.4, "emotion_hook_smile_proxy": 0.1, "emotion_closing_smile_proxy": 0.5,
    "emotion_hook_silence_share": 0.5, "emotion_timbre_hz": None, "emotion_onset_irregularity": None,
    "emotion_energy_arc": "even",
    "emotion_most_motion_position": 3.5 / 4, "emotion_colour_mood_proxy": "pale", "emotion_motion_loudness_sync": None,
    "emotion_sharpness_variation": None, "emotion_lufs": None, "emotion_tempo_bpm": None,
    "density_middle_1_layers": None, "scene_middle_1_cuts_per_10s": None, "speech_middle_1_share": None,
    "density_cut_near_text_share": 4 / 5, "density_text_near_speech_share": 1, "density_closing_lift": 4 / 9,
    "density_text_with_music_share": None, "density_text_with_object_share": None, "density_graphic_with_face_share": 0,
    "scene_shots_under_1s_share": 0.75, "scene_glimpse_share": 0, "scene_shot_length_trend": 0.7745967,
    "scene_opening_shot_ratio": 0.4, "scene_last_shot_ratio": 2.8, "scene_hard_cut_share": 1,
    "scene_cut_on_beat_share": None, "scene_beat_with_cut_share": None, "scene_beats_per_shot": None,
    "scene_camera_speed": None, "speech_pitch_hz": None,
    "density_peak_count": 1, "density_hook_count": 7, "density_closing_count": 2, "density_strong_opening": 1,
}  # fmt: skip


@pytest.mark.parametrize("name", QUICK)
def test_value_in_a_clip_too_short_for_hook_and_closing(name: str) -> None:
    assert compute(quick(), None).values[name] == (pytest.approx(QUICK[name], abs=1e-6) if QUICK[name] is not None else None)


def record(caption: str, **more: object) -> VideoRecord:
    base = {
        "video_id": "1", "url": "u", "creator": Creator(name="a"), "caption": caption, "duration_s": 5,
        "posted_at": datetime(2026, 3, 9, 0, 5, tzinfo=UTC),
    }  # fmt: skip
    return VideoRecord.model_validate(base | more)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("", {"meta_caption_chars": 0, "meta_caption_words": 0, "meta_hashtag_char_share": None, "meta_script": "none"}),
        (
            "これは何？ #日本",
            {"meta_caption_words": 4, "meta_script": "kana", "meta_has_question": 1, "meta_opens_with_question": 1},
        ),
        ("هل تريد؟ نعم", {"meta_caption_words": 3, "meta_script": "arabic", "meta_has_question": 1}),
        ("Привет, мир! 2024", {"meta_caption_words": 3, "meta_script": "cyrillic", "meta_has_number": 1}),
        ("👩‍👩‍👧🇩🇪1️⃣ © e\u0301", {"meta_emoji_count": 3, "meta_caption_chars": 7, "meta_opens_with_emoji": 1}),
        ("#first then words", {"meta_opens_with_hashtag": 1, "meta_ends_with_hashtag": 0, "meta_caption_words": 2}),
        ("see www.example.com/shop now", {"meta_has_link": 1, "meta_caption_words": 2, "meta_has_number": 0}),
        ("Sígueme y comenta", {"meta_call_follow": 1, "meta_call_comment": 1, "meta_call_like": 0}),
        ("Teile das und kauf", {"meta_call_share": 1, "meta_call_buy": 0}),
        ("double tap, use code A1", {"meta_call_like": 1, "meta_call_buy": 1, "meta_call_count": 2}),
        ("comment faire? I get it, looks like it", {"meta_call_count": 0}),
        ("x" * 101, {"meta_folded_caption": 1}),
        ("one two two", {"meta_unique_word_share": 2 / 3}),
    ],
)
def test_captions_in_any_script(caption: str, expected: dict[str, float | str | None]) -> None:
    values = compute(build(5.0), record(caption)).values
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"meta_language": None, "meta_original_sound": None, "meta_creator_size": None, "meta_is_sponsored": None}),
        ({"language": "un"}, {"meta_language": None}),
        ({"language": "en-US"}, {"meta_language": "en"}),
        ({"language": "sv"}, {"meta_language": "other"}),
        (
            {"creator": Creator(name="a", followers=1_000_000, verified=True)},
            {"meta_creator_size": "mega", "meta_creator_verified": 1},
        ),
        ({"creator": Creator(name="a", followers=0)}, {"meta_creator_size": "nano", "meta_creator_followers_log10": 0}),
        ({"hashtags": ("a", "A", "", "#b")}, {"meta_hashtag_count": 3, "meta_repeated_hashtags": 1, "meta_hashtag_length": 1}),
        ({"hashtags": ("a",) * 16}, {"meta_hashtag_strategy": "flood", "meta_repeated_hashtags": 15}),
        ({}, {"meta_weekday": "monday", "meta_daypart": "night", "meta_weekend": 0, "meta_hashtag_strategy": "none"}),
        ({"posted_at": datetime.fromisoformat("2026-03-08T23:30:00-05:00")}, {"meta_weekday": "monday", "meta_post_hour": 4.5}),
    ],
)
def test_what_the_scraper_said(given: dict[str, object], expected: dict[str, float | str | None]) -> None:
    values = compute(build(5.0), record("hi", **given)).values
    assert {name: values[name] for name in expected} == expected


def test_where_nothing_begins_or_beats_there_is_nothing_to_judge() -> None:
    empty = compute(build(6.0), None).values
    assert (empty["density_strong_opening"], empty["density_hook_count"]) == (None, 0)
    no_beat = compute(build(6.0, scenes=shots(6.0, 2.0)), None).values
    found = [no_beat[f"scene_{name}"] for name in ("cut_on_beat_share", "beat_with_cut_share", "beats_per_shot")]
    assert found == [None, None, 0]
