"""A service in this process: the trainer's consumer gets the three kinds of ledger events in the stream's order."""

import asyncio

from shared.bus.service import build_service
from shared.bus.settings import BusSettings
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchPlanned, Event, FeaturesReady, VideoFailed
from shared.contracts.failure import FailureReason, Stage
from tests.bus.conftest import REF, Bus

COMMON = {"client": "acme", "batch": "b1"}


def ledger() -> list[Event]:
    """One batch of two videos."""
    planned = BatchPlanned(event_id="p", plan=REF, request=REF, planned={Bucket.S0_15: 2}, **COMMON)
    ready = FeaturesReady(
        event_id="f", video_id="1", bucket=Bucket.S0_15, row=REF, catalogue_version="1", profile="p", **COMMON
    )
    failed = VideoFailed(
        event_id="v",
        video_id="2",
        bucket=Bucket.S0_15,
        planned=True,
        stage=Stage.ANALYZER,
        reason=FailureReason.BUG,
        message="",
        **COMMON,
    )
    return [planned, ready, failed, ready.model_copy(update={"event_id": "f2"}), failed.model_copy(update={"event_id": "v2"})]


def test_ledger_events_arrive_one_by_one_in_order_and_an_invalid_one_is_buried(bus: Bus) -> None:
    seen: list[Event] = []
    exits: list[int] = []

    async def steps() -> None:
        enough = asyncio.Event()
        closed = asyncio.Event()

        async def handle(event: Event) -> None:
            seen.append(event)
            if len(seen) == len(ledger()):
                enough.set()

        async def close() -> None:
            closed.set()

        service = build_service("trainer", bus.settings, leave=exits.append)
        service.subscribe(handle)
        service.on_stop(close)
        await service.start()
        async with asyncio.timeout(20):
            await enough.wait()
        await service.stop()
        assert closed.is_set()

    bus.publish(*ledger()[:2])
    bus.publish_raw("features.ready.acme.b1", b'{"type": "features.ready", "client": "acme"}')
    bus.publish(*ledger()[2:])
    asyncio.run(steps())
    assert seen == [
        event.model_copy(update={"occurred_at": got.occurred_at}) for event, got in zip(ledger(), seen, strict=True)
    ]
    [(subject, _, headers)] = bus.messages("DLQ")
    assert subject == "dlq.trainer.features.ready.acme.b1"
    assert "features.ready.event_id: Field required" in headers["X-Message"]
    assert [failed.event_id for failed in bus.failures()] == ["v", "v2"], "the trainer adds none: the video is settled already"
    assert exits == []


def test_nothing_connects_when_a_service_is_built() -> None:
    service = build_service("reporter", BusSettings(nats_url="nats://127.0.0.1:1"))
    service.subscribe(lambda _event: asyncio.sleep(0))
    assert service.publisher.published == 0
