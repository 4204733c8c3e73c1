"""Analyses of the earlier system become analyses here as far as their evidence carries; the rest says why not."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.clips import solid, write_clip
from services.analyzer.earlier.convert import convert, read
from services.analyzer.earlier.sampling import looked_at
from services.features.compute import compute
from shared.contracts.analysis import Analysis, EngineName, EngineStatus
from shared.errors import UsageError
from tests.analyzer.earlier_documents import document, read_at


def imported(**parts: Any) -> Analysis:
    return convert(read(json.dumps(document(**parts)).encode())).analysis


def test_what_was_seen_is_kept_with_its_provenance() -> None:
    analysis = imported()
    assert [(shot.start_s, shot.end_s) for shot in analysis.scenes or ()] == [(0.0, 3.2), (3.2, 7.5), (7.5, 10.0)]
    assert [(o.text, o.start_s, o.end_s) for o in analysis.text or ()] == [("LINK IN BIO", 1.5, 4.5)]
    assert analysis.text
    assert analysis.text[0].box.model_dump() == {"x": 0.2, "y": 0.1, "width": 0.4, "height": 0.05}
    assert [(s.text, s.language) for s in analysis.speech or ()] == [("hello", "en")]
    assert analysis.objects is not None
    assert (len(analysis.objects.sampled_s), analysis.objects.found[0].box.x) == (10, 0.5)
    assert analysis.provenance is not None
    assert (analysis.provenance.video_id, analysis.provenance.video_measured) == ("7280654844715666731", False)
    assert Analysis.from_bytes(analysis.to_bytes()) == analysis


def test_what_it_did_not_keep_is_off_with_a_reason_and_never_zero() -> None:
    analysis = imported()
    for name in (EngineName.PEOPLE, EngineName.AUDIO, EngineName.VISUALS, EngineName.GRAPHICS):
        assert analysis.engines[name].status is EngineStatus.OFF
        assert "the earlier system" in (analysis.engines[name].reason or "")
    vector = compute(analysis, None)
    assert vector.values["scene_cut_count"] == 2.0
    assert vector.values["speech_share"] == pytest.approx(0.15)
    assert "people engine did not run: the earlier system kept" in vector.missing["person_face_share"]


def test_its_profile_is_its_own_so_its_rows_never_train_with_ours() -> None:
    assert imported().profile == "objects+scenes+speech+text@earlier-system-2"


def test_a_detector_that_failed_is_off() -> None:
    analysis = imported(pipeline_status={"ocr": False})
    assert (analysis.text, analysis.engines[EngineName.TEXT].reason) == (None, "the earlier system's ocr failed")
    analysis = imported(pipeline_status={"scene": False})
    assert (analysis.scenes, analysis.engines[EngineName.SCENES].reason) == (
        None,
        "the earlier system's scene_detection failed",
    )


def test_both_conventions_of_text_boxes_mean_the_same() -> None:
    whole = document()
    for seen in whole["ml_data"]["ocr"]["textAnnotations"]:
        seen["bbox"] = [[115.2, 102.4], [345.6, 102.4], [345.6, 153.6], [115.2, 153.6]]
    assert convert(read(json.dumps(whole).encode())).analysis.text == imported().text


def test_the_default_size_is_no_measurement_but_the_video_is(tmp_path: Path) -> None:
    stated = {"duration": 10.0, "width": 1920, "height": 1080, "fps": 30.0}
    with pytest.raises(UsageError, match=r"was never measured.*--videos"):
        imported(metadata=stated)
    clip = write_clip(tmp_path / "clip.mp4", [solid((90, 90, 90), width=576, height=1024)] * 20, fps=Fraction(2))
    analysis = convert(read(json.dumps(document(metadata=stated)).encode()), video=clip).analysis
    assert (analysis.video.width, analysis.video.height) == (576, 1024)
    assert analysis.provenance is not None
    assert analysis.provenance.video_measured


def test_a_box_outside_the_frame_shows_that_the_size_is_wrong() -> None:
    with pytest.raises(UsageError, match=r"from \(115.2, 102.4\) to \(345.6, 153.6\) in a frame of 320x240"):
        imported(metadata={"duration": 10.0, "width": 320, "height": 240, "fps": 30.0})


@pytest.mark.parametrize(
    ("seen", "frames", "expected"),
    [
        ((0.0, 1.0, 2.0), None, None),
        ((0.0, 1.0, 2.0), 4, (0.0, 1.0, 2.0, 3.0)),
        ((1.0, 2.0), 4, (0.0, 1.0, 2.0, 3.0)),
        ((1.0, 2.0), 3, (0.0, 1.0, 2.0)),
        ((0.0, 1.0), 4, None),
        ((0.0, 1.0, 3.0), 3, (0.0, 1.0, 3.0)),
        ((0.0, 1.0, 3.0), 2, None),
        ((2.0,), None, None),
        ((2.0,), 2, (0.0, 2.0)),
        ((0.5, 1.2, 3.1), None, None),
        ((0.5, 1.2, 3.1), 3, (0.5, 1.2, 3.1)),
        ((0.5, 1.2, 3.1), 6, None),
        ((0.0, 1.0, 2.0), 40, None),
        ((), 4, None),
        ((1.0,), 0, None),
    ],
)
def test_sample_times_are_told_only_where_they_are_certain(
    seen: tuple[float, ...], frames: int | None, expected: tuple[float, ...] | None
) -> None:
    assert looked_at(seen, 4.0, frames) == expected


@given(st.integers(2, 100), st.sampled_from([0.2, 1 / 3, 0.5, 1.0]), st.data())
def test_sample_times_are_the_real_ones_or_none(frames: int, step_s: float, data: st.DataObject) -> None:
    """An even sampler that may stop early, and stores only the frames in which it saw something."""
    really = [index * step_s for index in range(frames)]
    duration_s = really[-1] + data.draw(st.floats(0.01, 60.0))
    seen = data.draw(st.lists(st.sampled_from(really), min_size=1))
    told = looked_at(seen, duration_s, frames)
    assert told is None or told == pytest.approx(really, abs=1e-5)


def with_part(name: str, part: Any, *, duration_s: float = 10.0) -> Analysis:
    """The document with one detector's part replaced."""
    whole = document(metadata={"duration": duration_s, "width": 576, "height": 1024, "fps": 30.0})
    whole["ml_data"][name] = part
    return convert(read(json.dumps(whole).encode())).analysis


def test_text_is_covered_only_where_something_was_read() -> None:
    """The earlier sampler was blind at 10 to 20 and 39 to 50 s of a minute, and said so nowhere."""
    seconds = [float(t) for t in range(60) if not 10 < t < 20 and not 39 < t < 50]
    analysis = with_part("ocr", {"textAnnotations": read_at(*seconds)}, duration_s=60.0)
    seen = analysis.engines[EngineName.TEXT].coverage
    assert seen is not None
    assert (seen.first_s, seen.last_s, seen.largest_gap_s, seen.samples) == (0.0, 59.0, 11.0, 41)
    assert [(o.start_s, o.end_s) for o in analysis.text or ()] == [(0.0, 10.5), (19.5, 39.5), (49.5, 60.0)]
    vector = compute(analysis, None)
    assert vector.values["overlay_time_share"] is None
    assert "left 11.0 s of 60.0 s unseen" in vector.missing["overlay_time_share"]


def test_text_read_all_the_way_through_is_measured() -> None:
    vector = compute(with_part("ocr", {"textAnnotations": read_at(*(t / 3 for t in range(30)))}), None)
    assert (vector.values["overlay_count"], vector.values["overlay_time_share"]) == (1.0, 1.0)


def test_a_second_reading_of_the_same_words_within_a_second_is_no_second_text() -> None:
    misread = [one | {"text": "LINK IN B1O", "timestamp": one["timestamp"] + 0.4} for one in read_at(3.0, 5.0)]
    analysis = with_part("ocr", {"textAnnotations": read_at(*map(float, range(10))) + misread})
    assert [(o.text, o.start_s, o.end_s) for o in analysis.text or ()] == [("LINK IN BIO", 0.0, 10.0)]


@pytest.mark.parametrize(
    ("detector", "engine", "part", "reason"),
    [
        ("ocr", EngineName.TEXT, {"textAnnotations": []}, "nothing read does not show"),
        (
            "ocr",
            EngineName.TEXT,
            {"textAnnotations": [], "metadata": {"frames_analyzed": 0, "processed": False}},
            "nothing read",
        ),
        (
            "ocr",
            EngineName.TEXT,
            {"textAnnotations": [], "metadata": {"frames_analyzed": 60, "processed": True}},
            "nothing read",
        ),
        ("ocr", EngineName.TEXT, {"textAnnotations": read_at(5.0)}, "only first appearances"),
        ("whisper", EngineName.SPEECH, {"segments": [], "language": "unknown", "duration": 0}, "empty transcript"),
        ("scene_detection", EngineName.SCENES, {"scenes": [], "scene_changes": []}, "empty list of scenes"),
        ("scene_detection", EngineName.SCENES, {"scenes": [], "total_scenes": 0}, "empty list of scenes"),
        ("yolo", EngineName.OBJECTS, {"objectAnnotations": []}, "when, or that, the earlier yolo looked"),
        ("yolo", EngineName.OBJECTS, {"objectAnnotations": [], "metadata": {"frames_analyzed": 0}}, "when, or that"),
        ("yolo", EngineName.OBJECTS, {"objectAnnotations": [], "metadata": {"frames_analyzed": 10}}, "when, or that"),
    ],
)
def test_finding_nothing_is_no_proof_of_having_looked(detector: str, engine: EngineName, part: Any, reason: str) -> None:
    """Without weights, or after a failure, the earlier detectors reported success with empty lists."""
    analysis = with_part(detector, part)
    assert analysis.engines[engine].status is EngineStatus.OFF
    assert reason in (analysis.engines[engine].reason or "")
    assert getattr(analysis, engine.value) is None


def test_a_detector_that_stopped_early_is_covered_that_far() -> None:
    box = [288, 512, 576, 1024]
    boxes = [{"className": "dog", "confidence": 0.8, "timestamp": t / 2, "bbox": box} for t in range(0, 100, 3)]
    objects = with_part("yolo", {"objectAnnotations": boxes, "metadata": {"frames_analyzed": 100}}, duration_s=80.0)
    assert objects.engines[EngineName.OBJECTS].status is EngineStatus.OFF, "no gap is the step: when it looked can't be told"
    boxes.append(boxes[0] | {"timestamp": 0.5})
    objects = with_part("yolo", {"objectAnnotations": boxes, "metadata": {"frames_analyzed": 100}}, duration_s=80.0)
    seen = objects.engines[EngineName.OBJECTS].coverage
    assert seen is not None
    assert (seen.samples, seen.last_s, seen.largest_gap_s) == (100, 49.5, 30.5)
    scenes = with_part(
        "scene_detection", {"scenes": [{"start_time": 0.0, "end_time": 4.0}, {"start_time": 4.0, "end_time": 6.5}]}
    )
    assert [shot.start_s for shot in scenes.scenes or ()] == [0.0, 4.0]
    assert "left 3.5 s of 10.0 s unseen" in compute(scenes, None).missing["scene_cut_count"]
    speech = with_part("whisper", {"duration": 0.0, "segments": [{"start": 1.0, "end": 2.5, "text": " hello"}]})
    assert "left 7.5 s of 10.0 s unseen" in compute(speech, None).missing["speech_share"]
