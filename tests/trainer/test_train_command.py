import json
from pathlib import Path

import polars as pl
import pytest

from services.console.commands.train import train
from shared.contracts.findings import Findings
from shared.errors import UsageError
from tests.trainer.tables import planted


def _csv(folder: Path, rows: int) -> Path:
    columns = planted(rows=rows)
    pl.DataFrame({"id": [f"v{row}" for row in range(rows)], **columns}).write_csv(folder / "table.csv")
    return folder / "table.csv"


def test_findings_models_and_card_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train(_csv(tmp_path, 30), target="engagement_rate", out=tmp_path / "out")
    findings = Findings.from_bytes((tmp_path / "out" / "findings.json").read_bytes())
    assert findings.patterns[0].features == ("f1",)
    card = json.loads((tmp_path / "out" / "model_card.json").read_bytes())
    assert sorted(path.stem for path in (tmp_path / "out" / "models").iterdir()) == sorted(m["name"] for m in card["models"])
    shown = capsys.readouterr().out
    assert "STRONG" in shown
    assert findings.label_rules[findings.patterns[0].label] in shown
    assert "f1" in shown
    own = {tmp_path / "out" / "models" / "config.json", tmp_path / "out" / "forecast" / "plan.json"}
    for path in own:
        path.write_text("a person's own file")
    train(_csv(tmp_path, 7), target="engagement_rate", out=tmp_path / "out", json_=True)
    assert json.loads(capsys.readouterr().out)["verdict"] == "insufficient_data"
    left = {path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert left == own | {tmp_path / "out" / "findings.html", tmp_path / "out" / "findings.json"}


def test_groups_weights_times_and_earlier_findings_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = planted(rows=30)
    dates = [f"2025-{1 + row // 15:02d}-{1 + row % 15:02d}" for row in range(30)]
    beside = {"creator": [f"c{row // 2}" for row in range(30)], "posted": dates, "trust": [1.0 + row % 2 for row in range(30)]}
    pl.DataFrame({"id": [f"v{row}" for row in range(30)], **columns, **beside}).write_csv(tmp_path / "table.csv")
    refused = Findings.from_bytes(_refused(tmp_path, capsys))
    train(
        tmp_path / "table.csv",
        target="engagement_rate",
        out=tmp_path / "out",
        groups="creator",
        weights="trust",
        time="posted",
        previous=tmp_path / "small" / "findings.json",
    )
    findings = Findings.from_bytes((tmp_path / "out" / "findings.json").read_bytes())
    card = json.loads((tmp_path / "out" / "model_card.json").read_bytes())
    assert (card["groups"], card["weighted"]) == (15, True)
    assert {"creator", "posted", "trust"}.isdisjoint({name for model in findings.models for name in model.top_features})
    assert findings.drift is not None
    assert findings.drift.data_sha256 == refused.data_sha256
    assert "Nothing was learned then: Nothing was learned: 7 of 7" in capsys.readouterr().out


def _refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> bytes:
    (folder / "few").mkdir()
    train(_csv(folder / "few", 7), target="engagement_rate", out=folder / "small")
    capsys.readouterr()
    return (folder / "small" / "findings.json").read_bytes()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,a,b\nv1,1,2\n", "'er' is not in"),
        ("id,er,a\nv1,,1\nv2,,2\n", "empty in every row"),
        ("id,er,a\n" + "".join(f"v{row},0.5,{row}\n" for row in range(25)), r"'er' is 0\.5 in every row"),
        ("id,er,a\n" + "".join(f"v{row},0.{row + 10},\n" for row in range(25)), "No feature is left"),
        ("id,er,a\n" + "".join(f"v{row},0.{row + 10},{'x' if row == 3 else row}\n" for row in range(25)), "'v3' .* text 'x'"),
        ("id,er,a\nv1,1,1\nv1,2,2\n", "'v1' stands twice"),
        ("id,er,a\nv1,inf,1\n", "too large"),
    ],
)
def test_bad_tables_are_a_sentence_and_never_a_model(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(UsageError, match=words):
        train(tmp_path / "t.csv", target="er", out=tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.skops"))


def test_a_table_without_rows_is_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,er,a\n")
    train(tmp_path / "t.csv", target="er", out=tmp_path / "out")
    findings = Findings.from_bytes((tmp_path / "out" / "findings.json").read_bytes())
    assert (findings.verdict, findings.counts.usable) == ("insufficient_data", 0)
    assert not list((tmp_path / "out").rglob("*.skops"))


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"file.* can't be written"):
        train(_csv(tmp_path, 7), target="engagement_rate", out=tmp_path / "file" / "out")
