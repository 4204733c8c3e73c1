"""SIGTERM in the middle of a video: the next worker has it at once, long before the server would notice."""

import time
from pathlib import Path

import pytest

from samples.small import SmallBatch
from tests.e2e.pipeline import Pipeline

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]
ACK_WAIT_S = 120


def test_sigterm_hands_the_video_over(small_batch: SmallBatch, tmp_path: Path) -> None:
    slow_to_notice = {"RUMIAI_ACK_WAIT": str(ACK_WAIT_S), "RUMIAI_HEARTBEAT": "15"}
    with Pipeline(tmp_path, environment=slow_to_notice) as pipeline:
        event = pipeline.submit(small_batch.request_path)
        pipeline.start()
        pipeline.wait_until("a video in work", lambda: len(pipeline.ledger(event).analyzed) >= 2 and _busy(pipeline))
        pipeline.start("analyzer", name="second analyzer")
        stopped = time.monotonic()
        assert pipeline.terminate("analyzer") == 0, pipeline.tails()
        exit_s = time.monotonic() - stopped
        done = len(pipeline.ledger(event).analyzed)
        pipeline.wait_until("the second worker's first video", lambda: len(pipeline.ledger(event).analyzed) > done)
        taken_s = time.monotonic() - stopped
        ledger = pipeline.wait_complete(event)

        assert exit_s < 10, "the service left without finishing the video"
        assert taken_s < ACK_WAIT_S / 2, "the message was handed over, not waited for"
        assert set(ledger.ready) == set(small_batch.good)
        assert ledger.failed == {}, "a handover is no failed try"


def _busy(pipeline: Pipeline) -> bool:
    return pipeline.consumer("analyzer")[1] == 1
