"""Analyses of the earlier system become analyses here as far as their evidence carries; the rest says why not."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy.clips import solid, write_clip
from services.analyzer.earlier.convert import convert
from services.analyzer.earlier.sampling import looked_at
from services.console.app import app
from services.features.compute import compute
from shared.contracts.analysis import Analysis, EngineName, EngineStatus
from shared.errors import Incomplete, UsageError


def document(**parts: Any) -> dict[str, Any]:
    """Ten seconds of a 576x1024 clip, looked at once a second, in the shape of a real file."""
    texts = [
        {
            "text": "LINK IN BIO",
            "confidence": 0.9,
            "timestamp": float(t),
            "bbox": [115.2, 102.4, 230.4, 51.2],
            "frame_number": t,
        }
        for t in (2, 3, 4)
    ]
    box = [288, 512, 576, 1024]
    objects = [{"trackId": f"obj_{t}_person", "class": "unknown", "className": "person", "confidence": 0.8,
                "timestamp": float(t), "bbox": box} for t in range(10)]  # fmt: skip
    whole: dict[str, Any] = {
        "video_id": "7280654844715666731",
        "duration": 10.0,
        "metadata": {"video_id": "7280654844715666731", "duration": 10.0, "width": 576, "height": 1024, "fps": 30.0},
        "pipeline_status": {"yolo": True, "whisper": True, "ocr": True, "scene_detection": True, "temporal": False},
        "processing_metadata": {},
        "timeline": {"entries": []},
        "ml_data": {
            "yolo": {"objectAnnotations": objects, "metadata": {"model": "yolov8n", "frames_analyzed": 10}},
            "whisper": {"text": "hello", "language": "en", "segments": [{"start": 1.0, "end": 2.5, "text": " hello"}]},
            "mediapipe": {"poses": [], "faces": [{"timestamp": 0.0, "count": 1, "confidence": 0.9}]},
            "ocr": {"textAnnotations": texts, "stickers": []},
            "scene_detection": {"scenes": [], "scene_changes": [0.0, 3.2, 7.5]},
        },
    }  # fmt: skip
    return whole | parts


def imported(**parts: Any) -> Analysis:
    return convert(json.dumps(document(**parts)).encode())


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
    assert vector.values["overlay_count"] == 1.0
    assert "people engine did not run: the earlier system kept" in vector.missing["person_face_share"]


def test_its_profile_is_its_own_so_its_rows_never_train_with_ours() -> None:
    assert imported().profile == "objects+scenes+speech+text@earlier-system-1"


def test_a_detector_that_failed_is_off() -> None:
    analysis = imported(pipeline_status={"ocr": False})
    assert (analysis.text, analysis.engines[EngineName.TEXT].reason) == (None, "the earlier system's ocr failed")


def test_both_conventions_of_text_boxes_mean_the_same() -> None:
    whole = document()
    for seen in whole["ml_data"]["ocr"]["textAnnotations"]:
        seen["bbox"] = [[115.2, 102.4], [345.6, 102.4], [345.6, 153.6], [115.2, 153.6]]
    assert convert(json.dumps(whole).encode()).text == imported().text


def test_the_default_size_is_no_measurement_but_the_video_is(tmp_path: Path) -> None:
    stated = {"duration": 10.0, "width": 1920, "height": 1080, "fps": 30.0}
    with pytest.raises(UsageError, match=r"was never measured.*--videos"):
        imported(metadata=stated)
    clip = write_clip(tmp_path / "clip.mp4", [solid((90, 90, 90), width=576, height=1024)] * 20, fps=Fraction(2))
    analysis = convert(json.dumps(document(metadata=stated)).encode(), video=clip)
    assert (analysis.video.width, analysis.video.height) == (576, 1024)
    assert analysis.provenance is not None
    assert analysis.provenance.video_measured


def test_a_box_outside_the_frame_shows_that_the_size_is_wrong() -> None:
    with pytest.raises(UsageError, match=r"from \(115.2, 102.4\) to \(345.6, 153.6\) in a frame of 320x240"):
        imported(metadata={"duration": 10.0, "width": 320, "height": 240, "fps": 30.0})


@pytest.mark.parametrize(
    ("seen", "frames", "expected"),
    [
        ((0.0, 1.0, 2.0), None, (0.0, 1.0, 2.0, 3.0)),
        ((1.0, 2.0), None, (0.0, 1.0, 2.0, 3.0)),
        ((2.0,), None, None),
        ((2.0,), 2, (0.0, 2.0)),
        ((0.5, 1.2, 3.1), None, None),
        ((0.5, 1.2, 3.1), 3, (0.5, 1.2, 3.1)),
        ((0.0, 1.0, 2.0), 40, None),
        ((), 4, None),
    ],
)
def test_sample_times_are_told_only_where_they_are_certain(
    seen: tuple[float, ...], frames: int | None, expected: tuple[float, ...] | None
) -> None:
    assert looked_at(seen, 4.0, frames) == expected


def test_the_command_quarantines_what_does_not_parse_and_imports_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "old", tmp_path / "new"
    source.mkdir()
    (source / "a_unified_analysis.json").write_text(json.dumps(document()))
    (source / "b_unified_analysis.json").write_text('{"video_id": "x"')
    (source / "c_unified_analysis.json").write_text(json.dumps(document(video_id="../../etc")))
    with pytest.raises(Incomplete, match="2 of 3 documents are in"):
        app(["import", str(source), "--out", str(out)], exit_on_error=False, result_action="return_value")
    assert Analysis.from_bytes((out / "7280654844715666731.json").read_bytes()).provenance
    assert (out / "quarantine" / "b_unified_analysis.json").read_text() == '{"video_id": "x"'
    assert "video_id" in (out / "quarantine" / "c_unified_analysis.json.reason.txt").read_text()
    assert "1 analyses imported" in capsys.readouterr().out


def test_nothing_to_import_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no \*_unified_analysis\.json at"):
        app(["import", str(tmp_path), "--out", str(tmp_path / "x")], exit_on_error=False, result_action="return_value")
