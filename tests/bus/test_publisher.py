"""Publishing: stored once, retried with the same id, and loud when no stream takes it."""

import asyncio
from datetime import timedelta

import pytest

from shared.bus.connection import connect
from shared.bus.metrics import Metrics
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.events import VideoSelected
from shared.errors import Transient, Unavailable
from tests.bus.conftest import Bus, selected


def test_an_event_published_twice_is_stored_once_even_over_a_killed_server(bus: Bus) -> None:
    async def emit() -> tuple[bool, Publisher]:
        async with connect(bus.settings) as client:
            metrics = Metrics("test")
            publisher = Publisher(client.jetstream, bus.settings, metrics=metrics)
            duplicate = await publisher.emit(selected("v1"))
            value = metrics.registry.get_sample_value(
                "rumiai_published_total", {"event": "video.selected", "duplicate": str(duplicate).lower()}
            )
            assert value == 1
            return duplicate, publisher

    first, publisher = asyncio.run(emit())
    assert (first, publisher.published, publisher.duplicates) == (False, 1, 0)
    bus.server.kill()
    bus.server.start()
    second, publisher = asyncio.run(emit())
    assert (second, publisher.published, publisher.duplicates) == (True, 1, 1)
    assert len(bus.messages("VIDEO")) == 1


def test_a_stream_that_is_missing_is_transient_after_bounded_tries(bus: Bus) -> None:
    bus.delete_stream("VIDEO")
    with pytest.raises(Transient, match=r"The stream VIDEO took no message on video\.selected\.acme\.b1 in 2 tries"):
        asyncio.run(emit_with(bus.settings.model_copy(update={"publish_tries": 2})))


def test_a_stream_that_appears_meanwhile_gets_the_event(bus: Bus) -> None:
    async def steps() -> None:
        task = asyncio.create_task(emit_with(bus.settings))
        await asyncio.to_thread(bus.apply)
        assert await task is False

    bus.delete_stream("VIDEO")
    asyncio.run(steps())
    assert len(bus.messages("VIDEO")) == 1


def test_a_subject_that_another_stream_takes_is_refused(bus: Bus) -> None:
    class Misplaced(VideoSelected):
        stream = "REPORTS"

    event = Misplaced.model_validate(selected("v1").model_dump())
    with pytest.raises(Unavailable, match=r"REPORTS does not take video\.selected\.acme\.b1.*rumiai bus apply"):
        asyncio.run(emit_with(bus.settings, event))
    assert bus.messages("VIDEO") == []


def test_a_server_that_stops_answering_is_transient(bus: Bus) -> None:
    async def steps() -> None:
        settings = bus.settings.model_copy(update={"publish_tries": 2, "publish_timeout": timedelta(seconds=0.2)})
        async with connect(bus.settings) as client:
            bus.server.kill()
            await Publisher(client.jetstream, settings).emit(selected("v1"))

    with pytest.raises(Transient):
        asyncio.run(steps())


async def emit_with(settings: BusSettings, event: VideoSelected | None = None) -> bool:
    """One event over a connection of its own."""
    async with connect(settings) as client:
        return await Publisher(client.jetstream, settings).emit(event or selected("v1"))
