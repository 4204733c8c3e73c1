"""`rumiai analyze`: a summary or JSON on stdout, a file with --out, one sentence for what can't work."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from services.console.commands.analyze import analyze
from shared.contracts.analysis import Analysis
from shared.errors import BadInput, UsageError, WorkerCrashed
from tests.analyzer.clips import portrait, tone, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(
        tmp_path_factory.mktemp("clip") / "a clip #1 ü.mp4", [portrait()] * 24, fps=Fraction(24), sound=tone(300, 1.0)
    )


def test_out_json_and_summary_tell_the_same(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, cache = tmp_path / "analysis.json", tmp_path / "cache"
    analyze(clip, out=out, cache=cache)
    summary = capsys.readouterr()
    assert "360x640, 24 fps, h264" in summary.out
    assert "1 shots" in summary.out
    assert "no weights" in summary.out
    assert "0 segments; speech is" in summary.out, "what was seen and what is lacking"
    written = Analysis.from_bytes(out.read_bytes())
    assert written.video.frames == 24
    analyze(clip, json=True, cache=cache)
    printed = capsys.readouterr()
    assert printed.err == ""
    assert Analysis.model_validate(json.loads(printed.out)) == written
    assert {"video", "engines", "scenes", "text", "speech", "people", "audio"} <= set(json.loads(printed.out))


def test_what_a_person_got_wrong_is_one_sentence(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no\.mp4 does not exist: give the path"):
        analyze(tmp_path / "no.mp4")
    for out in (tmp_path, clip / "a.json"):
        with pytest.raises(UsageError, match=r"can't be written.*: choose"):
            analyze(clip, out=out)
    broken = tmp_path / "broken.mp4"
    broken.write_text("no video")
    with pytest.raises(BadInput, match=r"broken\.mp4 can't be opened as a video"):
        analyze(broken)


def test_a_file_that_takes_for_ever_is_one_sentence(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child that opens it is killed, as it would be by a file that brings a decoder down."""
    monkeypatch.setenv("RUMIAI_ANALYZER_TIME_LIMIT", "0.01")
    with pytest.raises(WorkerCrashed, match=r"^The worker took longer than 0\.01 s and was killed"):
        analyze(clip)


@pytest.mark.slow
def test_native_libraries_keep_quiet(clip: Path, tmp_path: Path) -> None:
    script = (
        "import pathlib, sys; from services.console.commands.analyze import analyze; "
        "analyze(pathlib.Path(sys.argv[1]), json=True)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(clip)], capture_output=True, check=True, timeout=100, cwd=tmp_path)
    assert done.stderr == b""
    assert Analysis.from_bytes(done.stdout).people is not None
