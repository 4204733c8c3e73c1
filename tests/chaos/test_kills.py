"""kill -9 of every process in one batch: nothing is lost, nothing happens twice, and the features are the same."""

from collections import Counter
from pathlib import Path

import pytest

from samples.small import SmallBatch
from shared.contracts.events import BatchRequested, FeaturesReady
from tests.e2e.pipeline import Pipeline

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]


def rows_of(pipeline: Pipeline, event: BatchRequested) -> dict[str, str]:
    """The sha256 of every video's feature row: equal rows have equal names."""
    return {seen.video_id: seen.row.sha256 for seen in pipeline.read(event)[0] if isinstance(seen, FeaturesReady)}


@pytest.fixture(scope="module")
def undisturbed(small_batch: SmallBatch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with Pipeline(tmp_path_factory.mktemp("undisturbed")) as pipeline:
        pipeline.start()
        event = pipeline.submit(small_batch.request_path)
        pipeline.wait_complete(event)
        return rows_of(pipeline, event)


def test_every_process_and_the_server_killed_once(small_batch: SmallBatch, undisturbed: dict[str, str], tmp_path: Path) -> None:
    with Pipeline(tmp_path) as pipeline:
        pipeline.start()
        event = pipeline.submit(small_batch.request_path)

        def restart(service: str) -> None:
            pipeline.kill(service)
            pipeline.start(service)

        pipeline.wait_until("a selected video", lambda: len(pipeline.ledger(event).selected) >= 1)
        restart("acquisition")
        pipeline.wait_until("a video in work", lambda: len(pipeline.ledger(event).analyzed) >= 2 and _busy(pipeline))
        restart("analyzer")
        pipeline.wait_until("more analyses", lambda: len(pipeline.ledger(event).analyzed) >= 4)
        restart("features")
        # A service that starts while there is no server says so and ends; what restarts services is not part of this test.
        pipeline.wait_until("the features service again", lambda: len(pipeline.ledger(event).ready) >= 5)
        pipeline.wait_until("a video in work", lambda: len(pipeline.ledger(event).analyzed) >= 6 and _busy(pipeline))
        pipeline.server.kill()
        pipeline.server.start()
        pipeline.wait_until("more feature rows", lambda: len(pipeline.ledger(event).ready) >= 9)
        restart("trainer")
        pipeline.wait_until("the findings", lambda: bool(pipeline.ledger(event).trained))
        restart("reporter")
        ledger = pipeline.wait_complete(event)

        assert ledger.problems() == []
        assert set(ledger.ready) == set(small_batch.good)
        assert ledger.failed == {}
        events, dead = pipeline.read(event)
        twice = [key for key, n in Counter((seen.type, seen.event_id) for seen in events).items() if n > 1]
        assert twice == []
        assert Counter(seen.type for seen in events)["video.analyzed"] == len(small_batch.good)
        assert dead == []
        assert rows_of(pipeline, event) == undisturbed


def _busy(pipeline: Pipeline) -> bool:
    return pipeline.consumer("analyzer")[1] == 1
