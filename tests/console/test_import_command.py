"""`rumiai import`: what it writes, what it quarantines, and what it says."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy.clips import solid, write_clip
from services.console.app import app
from shared.contracts.analysis import Analysis
from shared.errors import Incomplete, UsageError
from tests.analyzer.earlier_documents import document, read_at

ID = "7280654844715666731"


def run(*arguments: object) -> None:
    """The command as a person calls it."""
    app(["import", *map(str, arguments)], exit_on_error=False, result_action="return_value")


def put(folder: Path, name: str, content: dict[str, Any]) -> Path:
    """One document in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}_unified_analysis.json"
    path.write_text(json.dumps(content))
    return path


def quarantined(out: Path, pattern: str) -> list[Path]:
    """What lies in quarantine under such names."""
    return sorted((out / "quarantine").glob(pattern))


def test_the_command_quarantines_what_does_not_parse_and_imports_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "old", tmp_path / "new"
    source.mkdir()
    (source / "a_unified_analysis.json").write_text(json.dumps(document()))
    (source / "b_unified_analysis.json").write_text('{"video_id": "x"')
    (source / "c_unified_analysis.json").write_text(json.dumps(document(video_id="../../etc")))
    with pytest.raises(Incomplete, match="2 of 3 documents are in"):
        run(source, "--out", out)
    assert Analysis.from_bytes((out / "7280654844715666731.json").read_bytes()).provenance
    assert [path.read_text() for path in quarantined(out, "b_*.json")] == ['{"video_id": "x"']
    assert ["video_id" in path.read_text() for path in quarantined(out, "c_*.reason.txt")] == [True]
    assert "1 analyses imported" in capsys.readouterr().out


def test_nothing_to_import_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no \*_unified_analysis\.json at"):
        run(tmp_path, "--out", tmp_path / "x")


def test_a_bad_record_is_listed_and_the_rest_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that was asked for is missing, so the command ends well and says what it left out."""
    whole = document()
    blank = read_at(5.0)[0] | {"text": "  "}
    whole["ml_data"]["ocr"]["textAnnotations"].append(blank)
    whole["ml_data"]["whisper"]["segments"].append({"start": 3.0, "end": None, "text": "bye"})
    out = tmp_path / "new"
    run(put(tmp_path / "old", "a", whole), "--out", out)
    listed = [json.loads(line) for line in (out / "quarantine" / f"{ID}.records.jsonl").read_text().splitlines()]
    assert [one["where"] for one in listed] == ["ml_data.ocr.textAnnotations.3", "ml_data.whisper.segments.1"]
    assert [one["record"] for one in listed] == [blank, {"start": 3.0, "end": None, "text": "bye"}]
    assert listed[1]["problem"].startswith("end: ")
    analysis = Analysis.from_bytes((out / f"{ID}.json").read_bytes())
    assert analysis.provenance is not None
    assert analysis.provenance.records_dropped == 2
    assert f"{ID}: 2 of its records dropped, listed in {out}" in capsys.readouterr().out


def test_a_record_that_is_no_number_at_all_is_listed_as_json(tmp_path: Path) -> None:
    """Python writes NaN into files that are called JSON."""
    whole = document()
    whole["ml_data"]["yolo"]["objectAnnotations"][3]["confidence"] = float("nan")
    run(put(tmp_path / "old", "a", whole), "--out", tmp_path / "new")
    line = (tmp_path / "new" / "quarantine" / f"{ID}.records.jsonl").read_text()
    assert json.loads(line, parse_constant=pytest.fail)["record"]["confidence"] == "NaN"


def test_without_bad_records_nothing_is_in_quarantine(tmp_path: Path) -> None:
    run(put(tmp_path / "old", "a", document()), "--out", tmp_path / "new")
    assert [path.name for path in sorted((tmp_path / "new").iterdir())] == [f"{ID}.json"]


def clip(folder: Path, name: str) -> None:
    """A short upright video."""
    folder.mkdir(exist_ok=True)
    write_clip(folder / name, [solid((90, 90, 90), width=576, height=1024)] * 20, fps=Fraction(2))


def imported(out: Path) -> Analysis:
    """The one analysis that was made."""
    return Analysis.from_bytes((out / f"{ID}.json").read_bytes())


def test_a_video_is_found_by_the_id_in_a_renamed_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    videos, out = tmp_path / "videos", tmp_path / "new"
    clip(videos, f"{ID}.MP4")
    clip(videos, "renamed.mp4")
    stated = {"duration": 10.0, "width": 1920, "height": 1080, "fps": 30.0}
    path = put(tmp_path / "old", "renamed", document(metadata=stated))
    run(path, "--out", out, "--videos", videos)
    provenance = imported(out).provenance
    assert provenance is not None
    assert provenance.video_measured
    assert f"1 of them measured by a video in {videos}." in capsys.readouterr().out
    run(path, "--out", out, "--videos", videos, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["imported"][ID] == {"document": str(path), "video": str(videos / f"{ID}.MP4"), "records_dropped": 0}


def test_a_video_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    videos = tmp_path / "videos"
    videos.mkdir()
    run(put(tmp_path / "old", "a", document()), "--out", tmp_path / "new", "--videos", videos)
    provenance = imported(tmp_path / "new").provenance
    assert provenance is not None
    assert not provenance.video_measured
    told = capsys.readouterr().out
    assert f"0 of them measured by a video in {videos}." in told
    assert f"No video there for {ID}." in told


def test_a_folder_of_videos_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    path = put(tmp_path / "old", "a", document())
    with pytest.raises(UsageError, match=r"The videos in .*nowhere can't be looked up .*--videos"):
        run(path, "--out", tmp_path / "new", "--videos", tmp_path / "nowhere")


def test_documents_of_one_name_keep_their_own_place_in_quarantine(tmp_path: Path) -> None:
    """Also where the output lies among the sources: nothing in quarantine is taken for a document the next time."""
    source, out = tmp_path / "old", tmp_path / "old" / "new"
    for folder, video_id in (("one", "../1"), ("two", "../2"), ("three", "../2")):
        put(source / folder, "a", document(video_id=video_id))
    for _ in range(2):
        with pytest.raises(Incomplete, match="3 of 3 documents are in"):
            run(source, "--out", out)
        kept = [json.loads(path.read_bytes())["video_id"] for path in quarantined(out, "a_*.json")]
        assert sorted(kept) == ["../1", "../2"]
        reasons = [path.read_text() for path in quarantined(out, "a_*.reason.txt")]
        assert sorted(reason.count("It is no unified analysis") for reason in reasons) == [1, 2]


def test_a_video_has_one_analysis(tmp_path: Path) -> None:
    """The second document of a video is not written over the first one."""
    first = put(tmp_path / "old", "a", document())
    put(tmp_path / "old", "b", document(pipeline_status={"ocr": False}))
    with pytest.raises(Incomplete, match="1 of 2 documents are in"):
        run(tmp_path / "old", "--out", tmp_path / "new")
    assert imported(tmp_path / "new").text
    assert [f"was imported from {first}" in path.read_text() for path in quarantined(tmp_path / "new", "b_*.txt")] == [True]
