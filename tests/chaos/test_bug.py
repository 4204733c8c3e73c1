"""A bug stops the pipeline at one video; after the fix it goes on at that very video and repeats nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from samples.small import SmallBatch
from services.analyzer.store import AnalyzerStore
from shared.artifacts import file_sha256
from shared.contracts.events import VideoAnalyzed, VideoSelected
from shared.database import Database
from tests.e2e.pipeline import Pipeline

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

# Python imports a module of this name at start, so the bug needs no hook in the product.
BUG = """
import hashlib, importlib.abc, importlib.util, pathlib, sys

class Break(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "services.analyzer.probe":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            whole = module.probe

            def probe(path, *args, **kwargs):
                if hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() == {sha256!r}:
                    raise KeyError("a bug, injected by a test")
                return whole(path, *args, **kwargs)

            module.probe = probe

        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Break())
"""


def test_a_bug_pauses_and_resume_goes_on_at_that_video(small_batch: SmallBatch, tmp_path: Path) -> None:
    with Pipeline(tmp_path / "pipeline") as pipeline:
        event = pipeline.submit(small_batch.request_path)
        pipeline.start("acquisition", "features", "trainer", "reporter")
        pipeline.wait_until("the selection", lambda: len(pipeline.ledger(event).selected) == len(small_batch.good))
        order = [seen.video_id for seen in pipeline.read(event)[0] if isinstance(seen, VideoSelected)]
        broken = order[4]
        pipeline.start("analyzer", extra=_with_bug(small_batch, broken, tmp_path / "bug"))

        assert pipeline.processes["analyzer"].wait(180) == 3, pipeline.tails()
        assert pipeline.consumer("analyzer")[2], "the consumer is paused"
        assert "rumiai resume" in pipeline.log("analyzer").read_text()
        assert _analyzed(pipeline, event) == order[:4]

        pipeline.start("analyzer")  # the fix is in, but nobody has resumed: nothing is delivered
        resumed = subprocess.run(
            [sys.executable, "-m", "services.console", "resume"],
            env=pipeline.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert resumed.returncode == 0, resumed.stderr
        assert "analyzer: resumed" in resumed.stdout
        ledger = pipeline.wait_complete(event)

        assert _analyzed(pipeline, event) == order, "it went on at the very video, in order"
        assert set(ledger.ready) == set(small_batch.good)
        runs = AnalyzerStore(Database(pipeline.settings.database)).runs()
        assert set(runs.values()) == {1}, "no engine ran twice over any video"
        assert len({video for video, _ in runs}) == len(small_batch.good)


def _analyzed(pipeline: Pipeline, event: object) -> list[str]:
    return [seen.video_id for seen in pipeline.read(event)[0] if isinstance(seen, VideoAnalyzed)]  # type: ignore[arg-type]


def _with_bug(batch: SmallBatch, video_id: str, folder: Path) -> dict[str, str]:
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(BUG.format(sha256=file_sha256(batch.videos_dir / f"{video_id}.mp4")))
    return {"PYTHONPATH": str(folder)}
