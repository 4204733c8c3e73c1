"""`rumiai sample` makes the batch and says where it is."""

import json
from pathlib import Path

import pytest

from samples import make
from services.console.commands import sample as command


def test_json_names_every_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def small(out: Path, *, seed: int, progress: make.Progress) -> make.SampleBatch:
        return make.make_samples(out, seed=seed, full=1, thin=0, progress=progress)

    monkeypatch.setattr(command, "make_samples", small)  # the whole batch takes half a minute
    command.sample(tmp_path, seed=2, json_=True)
    printed = capsys.readouterr()
    paths = json.loads(printed.out)
    assert set(paths) == {"items_path", "videos_dir", "request_path", "truth_path"}
    assert all(Path(path).exists() for path in paths.values())
    assert "made 1 of 1 sample videos" in printed.err
