"""The child process: JSON in, JSON out, engines counted, errors passed on."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.analyzer.engines import default_engines
from services.analyzer.worker import handle
from shared.contracts.analysis import Analysis
from shared.contracts.failure import FailureReason
from shared.errors import BadInput
from shared.worker import ChildWorker
from tests.analyzer.clips import lettered, texture, tone, write_clip


def _clip(path: Path, seed: int) -> Path:
    shown = [lettered(texture(seed, width=240, height=426), "HELLO")] * 20
    return write_clip(path, shown, fps=20, sound=tone(300, 1.0))


def _ask(path: Path, cache: Path | None = None) -> bytes:
    return json.dumps({"path": str(path), "cache_url": cache and cache.as_uri()}).encode()


def test_two_videos_one_load_and_a_cached_repeat(tmp_path: Path) -> None:
    clips = [_clip(tmp_path / f"{seed}.mp4", seed) for seed in (1, 2)]
    answers: list[dict[str, Any]] = [json.loads(handle(_ask(clip, tmp_path / "cache"))) for clip in (*clips, clips[0])]
    assert [len(answer["engine_runs"]) for answer in answers] == [len(default_engines())] * 2 + [0]
    loads = [answer["counters"]["model_loads"] for answer in answers]
    assert loads[0] == loads[1] == loads[2]
    assert [answer["counters"]["frames_decoded"] for answer in answers] == [20, 20, 0]
    assert answers[0]["analysis"] == answers[2]["analysis"]
    assert Analysis.model_validate(answers[0]["analysis"]).video.frames == 20


def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    empty = tmp_path / "v.mp4"
    empty.touch()
    with pytest.raises(BadInput) as refused:
        handle(_ask(empty))
    assert refused.value.reason is FailureReason.EMPTY_FILE


@pytest.mark.slow
def test_a_real_child_answers_the_same_and_survives_a_bad_file(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "v.mp4", 3)

    async def talk() -> bytes:
        worker = ChildWorker("services.analyzer.worker")
        try:
            with pytest.raises(BadInput, match="does not exist"):
                await worker.call(_ask(tmp_path / "no.mp4"), timeout=timedelta(seconds=60))
            return await worker.call(_ask(clip), timeout=timedelta(seconds=90))
        finally:
            await worker.close()

    answer = json.loads(asyncio.run(talk()))
    assert answer["analysis"] == json.loads(handle(_ask(clip)))["analysis"]
