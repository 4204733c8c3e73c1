"""`rumiai run` as a user types it: a whole batch over real processes, with every kind of bad input in it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest

from samples.small import SmallBatch
from shared.contracts.findings import Findings, Verdict
from tests.processes import rumiai

pytestmark = pytest.mark.timeout(420)


@dataclass(frozen=True)
class Ran:
    """One finished `rumiai run --json`."""

    process: subprocess.CompletedProcess[str]
    out: Path

    @property
    def result(self) -> dict[str, object]:
        return json.loads(self.process.stdout)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def ran(bad_batch: SmallBatch, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    out = tmp_path_factory.mktemp("run") / "reports here"
    return Ran(rumiai("run", bad_batch.request_path, "--out", out, "--json"), out)


def test_it_ends_with_success_when_every_report_exists(ran: Ran) -> None:
    assert ran.process.returncode == 0, ran.process.stderr
    documents = [Path(path) for bucket in ran.result["buckets"].values() for path in bucket["documents"]]  # type: ignore[attr-defined]
    assert {path.suffix for path in documents} == {".pdf", ".json", ".html"}
    assert all(path.exists() for path in documents)


def test_every_bad_file_failed_with_its_own_reason_and_the_batch_went_on(ran: Ran, bad_batch: SmallBatch) -> None:
    failed = {entry["video_id"]: entry["reason"] for entry in ran.result["failed"]}  # type: ignore[attr-defined]
    assert failed == {video: reason.value for video, reason in bad_batch.bad.items()}
    assert ran.result["ready"] == len(bad_batch.good)
    assert ran.result["planned"] == len(bad_batch.good) + len(bad_batch.bad)


def test_too_few_usable_videos_are_said_and_not_modelled(ran: Ran, bad_batch: SmallBatch) -> None:
    findings = Findings.from_bytes(next(ran.out.glob("*.json")).read_bytes())
    assert findings.verdict is Verdict.INSUFFICIENT_DATA
    assert findings.patterns == ()
    assert findings.counts.usable == len(bad_batch.good)
    assert findings.counts.failed == len(bad_batch.bad)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(next(ran.out.glob("*.pdf"))).pages)
    assert findings.client_name is not None
    assert findings.client_name in text


def test_running_it_again_answers_from_what_is_there(ran: Ran, bad_batch: SmallBatch) -> None:
    before = {path.name: path.read_bytes() for path in ran.out.iterdir() if path.is_file()}
    again = rumiai("run", bad_batch.request_path, "--out", ran.out, "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == ran.result
    assert {path.name: path.read_bytes() for path in ran.out.iterdir() if path.is_file()} == before
