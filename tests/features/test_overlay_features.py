"""What texts, stickers and inserts are counted as, on clips of a few texts."""

from collections.abc import Mapping

import pytest
from example_analyses import box, build, hand

from services.features.compute import compute
from shared.contracts.analysis import Analysis, Audio, Graphic, SpeechSegment, TextOverlay, Word
from shared.contracts.people import People

Expected = Mapping[str, float | str | None]


def text(start_s: float, end_s: float, words: str, **more: object) -> TextOverlay:
    base = {"start_s": start_s, "end_s": end_s, "text": words, "confidence": 1.0, "box": box(0.4, 0.4, 0.2, 0.1)}
    return TextOverlay.model_validate(base | more)


def check(analysis: Analysis, expected: Expected) -> None:
    values = compute(analysis, None).values
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=2e-6)


def test_lettering_in_the_scene_is_no_overlay() -> None:
    sign = text(0.0, 10.0, "PHARMACY 24 h", kind="scene")
    title = text(1.0, 3.0, "my skin", kind="title")
    expected: Expected = {
        "overlay_count": 1, "overlay_word_count": 2, "overlay_time_share": 0.2, "overlay_scene_text_count": 1,
        "overlay_scene_text_time_share": 1, "overlay_main_kind": "title", "overlay_first_s": 1, "overlay_capitals_share": 0,
        "density_elements_per_s": 0.1,
    }  # fmt: skip
    check(build(10.0, text=(sign, title)), expected)


def test_only_lettering_in_the_scene_is_no_text_on_screen() -> None:
    only_sign = build(10.0, text=(text(0.0, 5.0, "EXIT", kind="scene"),))
    check(only_sign, {"overlay_count": 0, "overlay_main_kind": None, "overlay_first_s": None, "overlay_course": None})


def test_kinds_that_were_not_told_are_null_and_every_text_counts() -> None:
    vector = compute(build(10.0, text=(text(0.0, 5.0, "EXIT"), text(1.0, 2.0, "hi", kind="title"))), None)
    assert vector.values["overlay_count"] == 2
    for name in ("overlay_title_count", "overlay_main_kind", "overlay_scene_text_count", "overlay_caption_time_share"):
        assert vector.missing[name] == "less than four fifths of the text is of a known kind"


def test_one_short_text_of_unknown_kind_counts_as_a_text_of_no_kind() -> None:
    texts = (text(0.0, 1.0, "EXIT"), text(1.0, 5.0, "hi", kind="title"))
    check(build(10.0, text=texts), {"overlay_count": 2, "overlay_title_count": 1, "overlay_main_kind": "title"})


def test_no_text_has_no_kinds_and_that_is_zero() -> None:
    check(build(10.0), {"overlay_title_count": 0, "overlay_caption_time_share": 0, "overlay_main_kind": None})


@pytest.mark.parametrize("timed", [True, False])
def test_words_on_screen_that_are_said_within_half_a_second(timed: bool) -> None:
    spoken = (
        Word(start_s=1.0, end_s=1.5, text="Sleep,", confidence=1),
        Word(start_s=4.0, end_s=4.5, text="better", confidence=1),
    )
    speech = SpeechSegment(start_s=1.0, end_s=4.5, text="Sleep, better", words=spoken if timed else None)
    texts = (text(1.9, 3.0, "sleep better"), text(6.0, 7.0, "sleep"))
    check(build(10.0, text=texts, speech=(speech,)), {"overlay_spoken_word_share": 1 / 3 if timed else 2 / 3})


def test_words_on_screen_where_nobody_speaks_are_not_said() -> None:
    check(build(10.0, text=(text(1.0, 3.0, "hi"),)), {"overlay_spoken_word_share": 0})
    check(build(10.0, text=(text(1.0, 3.0, "!"),)), {"overlay_spoken_word_share": None})


def test_texts_on_beats_and_sounds_within_a_tenth_of_a_second() -> None:
    audio = Audio(
        step_s=1.0, level_db=(-20.0,) * 4, brightness_hz=(0.0,) * 4, onsets_s=(2.0,), silences=(), beats_s=(1.0, 2.0, 3.0)
    )
    texts = (text(0.9, 1.5, "a"), text(1.95, 2.5, "b"), text(2.8, 3.5, "c"))
    check(build(4.0, text=texts, audio=audio), {"overlay_on_beat_share": 2 / 3, "overlay_on_onset_share": 1 / 3})


def test_texts_with_hands() -> None:
    people = People(
        sampled_s=tuple(float(t) for t in range(8)), faces=(), poses=(),
        hands=(hand(2.0, "right", "pointing"), hand(5.0, "right", "open_palm")),
    )  # fmt: skip
    texts = (text(1.5, 2.5, "here"), text(3.0, 5.0, "not here"), text(5.5, 7.0, "palm"))
    check(build(8.0, text=texts, people=people), {"overlay_pointed_share": 1 / 3, "overlay_with_gesture_share": 2 / 3})


def test_places_and_sizes_are_weighted_by_time() -> None:
    left, right = box(0.0, 0.4, 0.5, 0.1), box(0.6, 0.4, 0.3, 0.3)
    texts = (text(0.0, 3.0, "a", box=left, letter_height=0.015), text(4.0, 5.0, "b", box=right, letter_height=0.045))
    expected: Expected = {
        "overlay_left_share": 0.75, "overlay_right_share": 0.25, "overlay_at_edge_share": 0.75, "overlay_box_height": 0.15,
        "overlay_letter_height": 0.03, "overlay_letter_variation": 0.5, "overlay_small_letter_share": 0.5,
    }  # fmt: skip
    check(build(10.0, text=texts), expected)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("1. wash", "#2 dry", "step 3", "٣"), {"overlay_numbered_count": 3}),
        (("Hallo мир",), {"overlay_script_mix_share": 3 / 8}),
        (("123",), {"overlay_script_mix_share": None}),
        (("नमस्ते",), {"overlay_script_mix_share": 0, "overlay_script": "devanagari"}),
        (("これは何",), {"overlay_script_mix_share": 1 / 4, "overlay_script": "kana"}),
    ],
)
def test_what_texts_say(texts: tuple[str, ...], expected: Expected) -> None:
    check(build(10.0, text=tuple(text(float(i), i + 1.0, words) for i, words in enumerate(texts))), expected)


def test_texts_that_follow_quickly_pile_up_the_reading() -> None:
    texts = (text(0.0, 2.0, "abcd"), text(0.5, 1.5, "efghij"), text(8.0, 8.5, "k"))
    expected: Expected = {
        "overlay_quick_succession_share": 0.5, "overlay_peak_load_per_s": 8, "overlay_hook_load_per_s": 10 / 3,
        "overlay_load_trend_per_s": (1 - 10) / (10 / 3), "overlay_flash_share": 1 / 3, "overlay_busiest_3s_count": 2,
        "overlay_course": "front", "overlay_first_duration_s": 2, "overlay_after_last_s": 1.5, "overlay_middle_share": 0,
    }  # fmt: skip
    check(build(10.0, text=texts), expected)


def test_the_engine_decides_on_calls_where_it_looked_for_them() -> None:
    told = (text(0.0, 1.0, "tap it", calls=("en",)), text(5.0, 7.0, "follow me", calls=()))
    check(build(10.0, text=told), {"overlay_call_count": 1, "overlay_call_in_hook": 1, "overlay_call_time_share": 0.1})
    check(build(10.0, text=(text(5.0, 7.0, "follow me"),)), {"overlay_call_count": 1, "overlay_call_in_hook": 0})


def test_graphics_are_cut_off_at_the_end_and_counted_by_kind() -> None:
    def graphic(start_s: float, end_s: float, kind: str) -> Graphic:
        return Graphic.model_validate(
            {"start_s": start_s, "end_s": end_s, "kind": kind, "box": box(0, 0, 0.5, 0.5), "confidence": 1.0}
        )

    graphics = (graphic(8.0, 12.0, "sticker"), graphic(2.0, 3.0, "insert"), graphic(11.0, 12.0, "insert"))
    expected: Expected = {
        "overlay_sticker_count": 1, "overlay_insert_count": 1, "overlay_graphic_time_share": 0.3, "overlay_first_graphic_s": 2,
        "overlay_hook_graphic_share": 1 / 3, "overlay_graphic_area_mean": 0.25, "overlay_graphic_with_cut_share": 0,
    }  # fmt: skip
    check(build(10.0, graphics=graphics), expected)


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("フォローしてね", None), ("100", 0), ("nothing is asked of you", 0), ("フォロー follow me", 1), ("WAIT", 0),
        ("ikuti saya ya", None), ("la mia routine per la sera", None), ("yedim içtim", None), ("Ikuti saya ya, link in bio", 1),
        ("ma routine du soir", 0), ("mi rutina de noche", 0), ("minha rotina da noite", 0), ("meine Abendroutine", 0),
    ],
)  # fmt: skip
def test_no_call_is_0_only_where_the_lists_could_have_found_one(words: str, called: int | None) -> None:
    names = ("overlay_call_count", "overlay_call_in_hook", "overlay_call_in_closing", "overlay_call_time_share")
    check(build(4.0, text=(text(0.0, 4.0, words),)), dict.fromkeys(names, called))
