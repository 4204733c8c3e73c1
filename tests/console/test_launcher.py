"""What `rumiai` answers to typical slips at the keyboard: one sentence, where to read on, and an exit code."""

import pytest

from services.console.app import launcher
from services.console.commands import resume
from shared.contracts.bucket import Bucket


def test_a_missing_argument_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert launcher("batch", "watch", "tea") == 2
    assert capsys.readouterr().err.rstrip().endswith("`rumiai batch watch --help` shows what it takes.")


def test_a_stop_by_hand_says_that_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(resume, "_resume", interrupted)
    assert launcher("resume") == 130
    assert "Stopped by hand; what was finished is kept." in capsys.readouterr().err


@pytest.mark.parametrize(("name", "said"), [("16-30s", "There is no feature row"), ("16-31s", "There is no bucket '16-31s'")])
def test_a_bucket_goes_by_the_name_it_has_in_requests(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUMIAI_DATA_DIR", str(tmp_path))
    assert launcher("export", "tea", "spring", "--out", f"{tmp_path}/t.csv", "--bucket", name) == 2
    assert said in capsys.readouterr().err


def test_the_help_of_export_names_the_buckets(capsys: pytest.CaptureFixture[str]) -> None:
    launcher("export", "--help")
    shown = " ".join(capsys.readouterr().out.split())
    assert all(bucket in shown for bucket in Bucket)
