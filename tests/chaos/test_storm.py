"""The long form: random kills for as long as the batch runs, then heal, drain and check the invariants."""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from samples.small import make_small_batch
from shared.contracts.failure import FailureReason
from tests.e2e.pipeline import SERVICES, Pipeline

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(3600)]
VIDEOS = 24
SEEDS = range(int(os.environ.get("RUMIAI_CHAOS_SEEDS", "3")))


@pytest.mark.skipif(os.environ.get("RUMIAI_CHAOS") != "full", reason="the long crash tests run with `make chaos`")
@pytest.mark.parametrize("seed", SEEDS)
def test_random_kills_lose_and_repeat_nothing(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    batch = make_small_batch(tmp_path / "batch", VIDEOS, bad=True, seed=seed)
    expected = VIDEOS + len(batch.bad)
    with Pipeline(tmp_path / "pipeline") as pipeline:
        pipeline.start()
        event = pipeline.submit(batch.request_path)
        for settled in range(2, expected, 2):  # a kill per two videos, wherever the processes then are
            pipeline.wait_until(f"{settled} videos", lambda settled=settled: _settled(pipeline, event) >= settled)
            victim = chance.choice([*SERVICES, "server"])
            if victim == "server":
                pipeline.server.kill()
                pipeline.server.start()
            else:
                pipeline.kill(victim)
                pipeline.start(victim)
        ledger = pipeline.wait_complete(event)

        assert ledger.problems() == []
        assert ledger.open == 0
        assert {*ledger.ready, *ledger.failed} == {*batch.good, *batch.bad}
        # A video that was in work at three kills counts as one that kills its worker; nothing else may fail a good one.
        lost = {video: failed.reason for video, failed in ledger.failed.items() if video in batch.good}
        assert set(lost.values()) <= {FailureReason.CRASHED}
        events, _ = pipeline.read(event)
        assert [key for key, n in Counter((seen.type, seen.event_id) for seen in events).items() if n > 1] == []


def _settled(pipeline: Pipeline, event: object) -> int:
    ledger = pipeline.ledger(event)  # type: ignore[arg-type]
    return len(ledger.ready) + len(ledger.failed)
