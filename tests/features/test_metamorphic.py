"""How features answer to a change of the input: sampling density, one element more, a shift in time."""

from typing import Any

import pytest
from example_analyses import build, shots
from hand_made_analyses import hand_made
from random_analyses import random_analysis

from services.features.compute import compute
from shared.catalogue.feature import Kind, Source, Unit
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis, Graphic, SpeechSegment, TextOverlay
from shared.contracts.people import People
from shared.contracts.spans import Interval

# Motion is a difference to the frame before, so it means something else at another sampling rate.
DEPENDS_ON_STEP = {name for name in CATALOGUE.names() if "motion" in name or name == "emotion_still_share"}


def twice_as_dense(analysis: Analysis) -> Analysis:
    """Every frame looked at once more, halfway to the next look or to the cut before it, showing the same."""
    people, visuals = analysis.people, analysis.visuals
    assert people is not None
    assert visuals is not None
    times, cuts = people.sampled_s, [shot.start_s for shot in analysis.scenes or ()]
    nexts = zip(times, (*times[1:], analysis.video.duration_s), strict=True)
    between = {a: (a + min(b, *(cut for cut in (*cuts, b) if cut > a))) / 2 for a, b in nexts}

    def again(samples: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*samples, *(sample.model_copy(update={"t_s": between[sample.t_s]}) for sample in samples))

    dense = people.model_copy(
        update={
            "sampled_s": (*times, *between.values()), "faces": again(people.faces), "poses": again(people.poses),
            "hands": again(people.hands), "framing": None if people.framing is None else again(people.framing),
        }
    )  # fmt: skip
    objects = analysis.objects
    if objects is not None:
        objects = objects.model_copy(update={"sampled_s": (*times, *between.values()), "found": again(objects.found)})
    return analysis.model_copy(update={"people": dense, "visuals": again(visuals), "objects": objects})


@pytest.mark.parametrize("seed", range(15))
def test_looking_twice_as_often_changes_nothing(seed: int) -> None:
    analysis = random_analysis(seed)
    sparse, dense = compute(analysis, None).values, compute(twice_as_dense(analysis), None).values
    for name in set(sparse) - DEPENDS_ON_STEP:
        expected = sparse[name]
        assert dense[name] == (pytest.approx(expected, abs=2e-6) if isinstance(expected, float) else expected), name


def with_cut(analysis: Analysis, at_s: float) -> Analysis:
    assert analysis.scenes is not None
    cuts = sorted({shot.start_s for shot in analysis.scenes if shot.start_s > 0} | {at_s})
    return analysis.model_copy(update={"scenes": shots(analysis.video.duration_s, *cuts)})


@pytest.mark.parametrize("seed", range(10))
def test_one_cut_more_is_one_cut_more(seed: int) -> None:
    analysis = random_analysis(seed)
    duration = analysis.video.duration_s
    before, after = compute(analysis, None).values, compute(with_cut(analysis, duration * 0.51234), None).values
    assert after["scene_cut_count"] - before["scene_cut_count"] == 1
    assert after["scene_cuts_per_10s"] - before["scene_cuts_per_10s"] == pytest.approx(10 / duration, abs=2e-6)
    assert after["density_elements_per_s"] - before["density_elements_per_s"] == pytest.approx(1 / duration, abs=2e-6)
    untouched = [feature.name for feature in CATALOGUE.features() if Source.SCENES not in feature.needs]
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


def test_shot_lengths_sum_to_the_duration(corpus: list[tuple[Analysis, object, object]]) -> None:
    for analysis, _, vector in corpus:
        values = vector.values  # type: ignore[attr-defined]
        total = values["scene_shot_mean_s"] * (values["scene_cut_count"] + 1)
        assert total == pytest.approx(analysis.video.duration_s, abs=1e-3)


@pytest.mark.parametrize("seed", range(10))
def test_one_text_more_is_one_text_more(seed: int) -> None:
    analysis = random_analysis(seed)
    assert analysis.text is not None
    duration = analysis.video.duration_s
    one = TextOverlay.model_validate(
        {"start_s": duration * 0.4, "end_s": duration * 0.6, "text": "new words", "confidence": 1.0,
         "box": {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.05}}
    )  # fmt: skip
    before = compute(analysis, None).values
    after = compute(analysis.model_copy(update={"text": (*analysis.text, one)}), None).values
    assert after["overlay_count"] - before["overlay_count"] == 1
    assert after["overlay_word_count"] - before["overlay_word_count"] == 2
    assert after["overlay_time_share"] >= before["overlay_time_share"]


def later(analysis: Analysis, by_s: float) -> Analysis:
    """The same with `by_s` of black silence before it, in which everything was looked at."""
    people, audio, visuals, objects = analysis.people, analysis.audio, analysis.visuals, analysis.objects
    assert people is not None
    assert audio is not None
    assert visuals is not None
    assert objects is not None
    shift = lambda items: tuple(item.model_copy(update={"t_s": item.t_s + by_s}) for item in items)  # noqa: E731
    move = lambda spans: tuple(  # noqa: E731
        span.model_copy(update={"start_s": span.start_s + by_s, "end_s": span.end_s + by_s}) for span in spans
    )
    steps = round(by_s / audio.step_s)
    cuts = [shot.start_s + by_s for shot in analysis.scenes or ()]
    duration = analysis.video.duration_s + by_s
    return build(
        duration,
        scenes=shots(duration, *cuts),
        text=move(analysis.text),
        speech=move(analysis.speech),
        graphics=move(analysis.graphics),
        people=People(
            sampled_s=(0.0, *(t + by_s for t in people.sampled_s)), faces=shift(people.faces), poses=shift(people.poses),
            hands=shift(people.hands), tracks=move(people.tracks), framing=shift(people.framing),
        ),
        audio=audio.model_copy(
            update={
                "level_db": (-90.0,) * steps + audio.level_db,
                "brightness_hz": (0.0,) * steps + audio.brightness_hz,
                "onsets_s": tuple(t + by_s for t in audio.onsets_s),
                "silences": (Interval(start_s=0.0, end_s=by_s), *move(audio.silences)),
                "beats_s": tuple(t + by_s for t in audio.beats_s or ()),
                "music": move(audio.music),
                "momentary_lufs": (-70.0,) * steps + (audio.momentary_lufs or ()),
            }
        ),
        objects=objects.model_copy(
            update={"sampled_s": (0.0, *(t + by_s for t in objects.sampled_s)), "found": shift(objects.found)}
        ),
        visuals=(visuals[0].model_copy(update={"t_s": 0.0}), *shift(visuals)),
    )  # fmt: skip


def with_graphic(analysis: Analysis, start_s: float, end_s: float) -> Analysis:
    box = {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.1}
    one = Graphic.model_validate({"start_s": start_s, "end_s": end_s, "kind": "sticker", "confidence": 1.0, "box": box})
    return analysis.model_copy(update={"graphics": (*(analysis.graphics or ()), one)})


@pytest.mark.parametrize("seed", range(10))
def test_one_sticker_more_is_one_sticker_more(seed: int) -> None:
    analysis = random_analysis(seed)
    duration = analysis.video.duration_s
    before = compute(analysis, None).values
    after = compute(with_graphic(analysis, duration * 0.3, duration * 0.35), None).values
    assert after["density_graphics_per_10s"] - before["density_graphics_per_10s"] == pytest.approx(10 / duration, abs=2e-6)
    untouched = [feature.name for feature in CATALOGUE.features() if Source.GRAPHICS not in feature.needs]
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    for layer in ("text", "speech", "face", "hands"):
        name = next(
            n for n in CATALOGUE.names() if n in (f"density_{layer}_with_graphic_share", f"density_graphic_with_{layer}_share")
        )
        assert after[name] >= before[name]


def stretched(analysis: Analysis, factor: float) -> Analysis:
    """The same at another speed: every time and the duration times `factor`."""
    people, audio, visuals = analysis.people, analysis.audio, analysis.visuals
    assert people is not None
    assert audio is not None
    assert visuals is not None
    at = lambda items: tuple(item.model_copy(update={"t_s": item.t_s * factor}) for item in items or ())  # noqa: E731
    long = lambda spans: tuple(  # noqa: E731
        span.model_copy(update={"start_s": span.start_s * factor, "end_s": span.end_s * factor}) for span in spans or ()
    )
    duration = analysis.video.duration_s * factor
    return build(
        duration,
        scenes=tuple(shot.model_copy(update={"flashes_s": None}) for shot in long(analysis.scenes)),
        text=long(analysis.text),
        graphics=long(analysis.graphics),
        speech=tuple(segment.model_copy(update={"words": None}) for segment in long(analysis.speech)),
        people=People(
            sampled_s=tuple(t * factor for t in people.sampled_s), faces=at(people.faces), poses=at(people.poses),
            hands=at(people.hands),
        ),
        audio=audio.model_copy(update={"step_s": audio.step_s * factor, "music": long(audio.music)}),
        visuals=at(visuals),
    )  # fmt: skip


TOGETHER = tuple(
    name for name in CATALOGUE.names() if name.startswith("density_") and ("_with_" in name or "_cut_during_" in name)
)
SAME_AT_ANY_SPEED = (
    *TOGETHER, "density_layers_mean", "density_layers_max", "density_layers_spread", "density_layers_peak_position",
    "density_main_pair", "density_empty_share", "density_crowded_share", "scene_shot_variation", "scene_rhythm_contrast",
    "scene_shot_length_trend", "scene_quickening_share", "scene_steady_share", "scene_opening_shot_ratio",
    "scene_last_shot_ratio", "scene_longest_take_share", "scene_half_cuts_position", "scene_shortest_shot_position",
    "scene_longest_shot_position", "scene_hard_cut_share", "scene_fade_count", "speech_share", "speech_stretch_variation",
    "speech_with_text_share", "speech_course", "speech_longest_position", "speech_filler_share", "speech_over_music_share",
)  # fmt: skip
IN_SECONDS = ("scene_shot_mean_s", "scene_shot_max_s", "scene_first_cut_s", "speech_first_s", "speech_stretch_mean_s")


@pytest.mark.parametrize("seed", range(12))
def test_at_another_speed_shares_stay_and_times_grow(seed: int) -> None:
    analysis = random_analysis(seed).model_copy(update={"objects": None})
    before, after = compute(stretched(analysis, 1.0), None).values, compute(stretched(analysis, 4.0), None).values
    for name in SAME_AT_ANY_SPEED:
        expected = before[name]
        assert after[name] == (pytest.approx(expected, abs=5e-6) if isinstance(expected, float) else expected), name
    for name in IN_SECONDS:
        assert after[name] == (None if before[name] is None else pytest.approx(4 * before[name], abs=1e-5)), name


SHIFTED = (
    "overlay_first_s", "speech_first_s", "person_first_face_s", "person_first_gesture_s",
)  # fmt: skip
UNMOVED = (
    "overlay_count", "overlay_word_count", "overlay_mean_duration_s", "overlay_max_at_once", "overlay_duration_variation",
    "overlay_rhythm_variation", "overlay_speech_share", "overlay_chars_per_s", "overlay_on_face_share", "overlay_top_share",
    "speech_stretch_count", "speech_pause_mean_s", "speech_with_text_share", "speech_with_hands_share", "speech_after_last_s",
    "speech_words_per_s", "person_max_faces", "person_face_visits", "person_gesture_count", "person_face_area_mean",
    "person_facing_camera_proxy", "person_open_palm_share", "emotion_smile_proxy", "emotion_onset_irregularity",
    "density_object_kinds", "density_graphic_near_speech_share", "density_text_near_object_share", "speech_articulation_per_s",
    "speech_word_gap_s", "speech_pitch_hz", "speech_over_music_share", "speech_filler_share", "speech_clarity_proxy",
    "density_max_in_1_s", "density_layers_max", "speech_longest_position",
)  # fmt: skip


def test_a_shift_in_time_moves_times_and_nothing_else() -> None:
    before, after = compute(hand_made(), None).values, compute(later(hand_made(), 5.0), None).values
    for name in SHIFTED:
        assert after[name] - before[name] == pytest.approx(5.0, abs=2e-6), name
    for name in UNMOVED[:-1]:
        assert after[name] == pytest.approx(before[name], abs=2e-6), name
    assert after["scene_cut_count"] - before["scene_cut_count"] == 1, "from black to the first shot"
    assert after["speech_longest_position"] == pytest.approx((1 + 5) / 17, abs=2e-6)


def test_overlapping_segments_never_give_more_than_the_whole() -> None:
    overlapping = (SpeechSegment(start_s=0, end_s=9), SpeechSegment(start_s=3, end_s=12), SpeechSegment(start_s=3, end_s=4))
    values = compute(build(10.0, speech=overlapping), None).values
    assert (values["speech_share"], values["speech_stretch_count"], values["speech_stretch_max_s"]) == (1.0, 1.0, 10.0)


@pytest.mark.parametrize("duration_s", [0.04, 0.5, 2.9, 3.0, 5.99, 6.0, 6.01, 9.0, 119.0])
def test_any_duration_makes_sense(duration_s: float) -> None:
    values = compute(build(duration_s), None).values
    times = [f.name for f in CATALOGUE.features() if f.unit is Unit.SECONDS and f.kind is Kind.NUMBER]
    assert all(values[name] is None or 0 <= values[name] <= duration_s + 1e-6 for name in times)
