"""One bad record of an earlier analysis costs that record and nothing else, and is never lost without a word."""

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.clips import solid, write_clip
from services.analyzer.earlier.convert import Imported, convert, read
from shared.contracts.analysis import EngineName, EngineStatus
from shared.errors import UsageError
from tests.analyzer.earlier_documents import document, read_at

LISTS = (("ocr", "textAnnotations"), ("yolo", "objectAnnotations"), ("whisper", "segments"), ("scene_detection", "scenes"))
TEXT, OBJECT, SPOKEN = (
    read_at(5.0)[0],
    document()["ml_data"]["yolo"]["objectAnnotations"][0],
    {"start": 4.0, "end": 5.0, "text": "bye"},
)


def changed(part: str, key: str, *more: Any, video: Path | None = None) -> Imported:
    """The document with these records added to one list."""
    whole = document()
    whole["ml_data"][part][key].extend(more)
    return convert(read(json.dumps(whole).encode()), video=video)


@pytest.mark.parametrize(
    ("part", "key", "bad", "problem"),
    [
        ("ocr", "textAnnotations", TEXT | {"text": "  "}, "text: "),
        ("ocr", "textAnnotations", TEXT | {"text": None}, "text: "),
        ("ocr", "textAnnotations", TEXT | {"bbox": [1, 2, 3]}, "bbox: "),
        ("ocr", "textAnnotations", TEXT | {"bbox": [[None, 1], [2, 3], [4, 5], [6, 7]]}, "bbox: "),
        ("ocr", "textAnnotations", TEXT | {"bbox": [0, 0, 0, 0]}, "there is nothing in a box"),
        ("ocr", "textAnnotations", TEXT | {"timestamp": 10.0}, "the video ends at 10 s"),
        ("ocr", "textAnnotations", "LINK IN BIO", "valid dictionary"),
        ("yolo", "objectAnnotations", OBJECT | {"bbox": [300, 512, 288, 1024]}, "there is nothing in a box"),
        ("yolo", "objectAnnotations", OBJECT | {"confidence": 1.2}, "confidence: "),
        ("yolo", "objectAnnotations", OBJECT | {"confidence": float("inf")}, "confidence: "),
        ("whisper", "segments", SPOKEN | {"end": None}, "end: "),
        ("whisper", "segments", SPOKEN | {"end": 3.0}, "a segment from 4 to 3 s"),
        ("whisper", "segments", SPOKEN | {"text": ""}, "text: "),
        ("scene_detection", "scene_changes", None, "valid number"),
        ("scene_detection", "scenes", {"start_time": 3.0}, "end_time: "),
    ],
)
def test_a_bad_record_is_dropped_alone(part: str, key: str, bad: Any, problem: str) -> None:
    sound, _ = changed(part, key)
    analysis, dropped = changed(part, key, bad)
    assert [one.where.rpartition(".")[0] for one in dropped] == [f"ml_data.{part}.{key}"]
    assert (dropped[0].record, problem in dropped[0].problem) == (bad, True), dropped[0].problem
    for name in EngineName:
        assert getattr(analysis, name.value) == getattr(sound, name.value)
        assert analysis.engines[name] == sound.engines[name]
    assert analysis.provenance is not None
    assert analysis.provenance.records_dropped == 1


NUMBERS = st.floats(-1, 1) | st.sampled_from([float("nan"), float("inf"), 10**400])
RUBBISH = st.recursive(st.none() | st.booleans() | NUMBERS | st.text(max_size=3), lambda inner: st.lists(inner, max_size=4))


@given(st.sampled_from(LISTS), st.data())
def test_a_broken_field_never_costs_more_than_its_record(place: tuple[str, str], data: st.DataObject) -> None:
    part, key = place
    whole = document()
    records = whole["ml_data"][part][key]
    records.extend(deepcopy(records) + deepcopy(records))
    broken = data.draw(st.sampled_from(records))
    broken[data.draw(st.sampled_from(sorted(broken)))] = data.draw(RUBBISH)
    analysis, dropped = convert(read(json.dumps(whole).encode()))
    assert len(dropped) <= 1
    assert analysis.provenance is not None
    assert analysis.provenance.records_dropped == len(dropped)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({}, "the earlier system's ocr failed"),
        (None, "the document has no ocr"),
        ([], "the document's ocr does not parse"),
        ({"stickers": []}, "the document's ocr does not parse"),
        ({"textAnnotations": None}, "the document's ocr does not parse"),
        ({"textAnnotations": [*read_at(1.0), *[TEXT | {"bbox": None}] * 2]}, "2 records of the document's ocr do not parse"),
    ],
)
def test_a_bad_part_costs_its_engine_only(part: Any, reason: str) -> None:
    whole = document()
    whole["ml_data"]["ocr"] = part
    analysis, _ = convert(read(json.dumps(whole).encode()))
    assert analysis.engines[EngineName.TEXT].status is EngineStatus.OFF
    assert (analysis.engines[EngineName.TEXT].reason or "").startswith(reason)
    assert all(analysis.engines[name].status is EngineStatus.OK for name in (EngineName.SPEECH, EngineName.OBJECTS))


def test_a_box_outside_a_measured_frame_is_a_bad_record(tmp_path: Path) -> None:
    """Where the size was only stated it is as doubtful as the box; where the video was measured only the box is."""
    outside = OBJECT | {"bbox": [0, 0, 900, 900]}
    with pytest.raises(UsageError, match=r"objectAnnotations\.10 .*in a frame of 576x1024 pixels.*--videos"):
        changed("yolo", "objectAnnotations", outside)
    clip = write_clip(tmp_path / "clip.mp4", [solid((90, 90, 90), width=576, height=1024)] * 20, fps=Fraction(2))
    analysis, dropped = changed("yolo", "objectAnnotations", outside, video=clip)
    assert [one.record for one in dropped] == [outside]
    assert analysis.objects is not None
    assert len(analysis.objects.found) == 10
    with pytest.raises(UsageError, match=r"2 of 15 boxes lie outside, .*: give the video it was made of\."):
        changed("yolo", "objectAnnotations", outside, outside, video=clip)
