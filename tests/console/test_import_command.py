"""`rumiai import`: what it writes, what it quarantines, and what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

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
    assert (out / "quarantine" / "b_unified_analysis.json").read_text() == '{"video_id": "x"'
    assert "video_id" in (out / "quarantine" / "c_unified_analysis.json.reason.txt").read_text()
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
    assert f"{ID}: 2 records dropped, listed in {out}" in capsys.readouterr().out


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
