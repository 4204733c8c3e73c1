"""`rumiai report`: documents by hand, and one sentence for every wrong input."""

import json
from pathlib import Path

import pytest
import report_samples as samples

from services.console.commands.report import report
from shared.contracts.findings import Findings
from shared.errors import UsageError


@pytest.fixture
def findings(tmp_path: Path) -> Path:
    path = tmp_path / "findings.json"
    path.write_bytes(samples.insufficient().to_bytes())
    return path


def test_documents_are_written_where_asked(tmp_path: Path, findings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.json"
    plan.write_bytes(samples.plan().to_bytes())
    request = tmp_path / "request.json"
    request.write_bytes(samples.request().to_bytes())
    report(findings, out=tmp_path / "new" / "out", plan=plan, request=request, json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "insufficient_data"
    assert answer["patterns"] == 0
    paths = [Path(document["path"]) for document in answer["documents"]]
    assert paths[0].read_bytes().startswith(b"%PDF-1.7")
    assert Findings.from_bytes(paths[1].read_bytes()) == samples.insufficient()


def test_paths_are_printed(tmp_path: Path, findings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(findings, out=tmp_path)
    assert all(Path(line).is_file() for line in capsys.readouterr().out.splitlines())


def test_wrong_input_is_one_sentence(tmp_path: Path, findings: Path) -> None:
    with pytest.raises(UsageError, match=r"^The findings file .*absent\.json does not exist: check the path\.$"):
        report(tmp_path / "absent.json", out=tmp_path)
    with pytest.raises(UsageError, match=r"plan file .* does not exist"):
        report(findings, out=tmp_path, plan=tmp_path / "absent.json")
    broken = tmp_path / "broken.json"
    broken.write_text('{"verdict": ')
    with pytest.raises(UsageError, match="does not fit: the whole file: invalid JSON"):
        report(broken, out=tmp_path)
    content = json.loads(findings.read_text())
    content["patterns"] = [{"id": "p"}]
    broken.write_text(json.dumps(content))
    with pytest.raises(UsageError, match=r"does not fit: patterns\.0\.features: field required, and \d+ more problems"):
        report(broken, out=tmp_path)
    with pytest.raises(UsageError, match="can't be written"):
        report(findings, out=findings / "below-a-file")
