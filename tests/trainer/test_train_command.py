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
    assert "f1" in shown
    train(_csv(tmp_path, 7), target="engagement_rate", out=tmp_path / "out", json_=True)
    assert json.loads(capsys.readouterr().out)["verdict"] == "insufficient_data"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["findings.json"]


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"file.* can't be written"):
        train(_csv(tmp_path, 7), target="engagement_rate", out=tmp_path / "file" / "out")
