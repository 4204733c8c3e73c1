"""Asking for a batch, on a real server: one name is one request, and what was given up is tried again once per asking."""

import asyncio

import pytest
from nats.js import JetStreamContext

from services.console.submission import refuse_other_request, requested, require_batch, try_again
from shared.bus import admin, dlq
from shared.bus.connection import connect
from shared.bus.deadletter import GivenUp, bury
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.events import BatchRequested
from shared.contracts.failure import FailureReason, Stage
from shared.contracts.request import BatchRequest
from shared.errors import UsageError


def request(tag: str, *, client: str = "Acme") -> BatchRequested:
    source = {"kind": "dataset", "items": "/i.json", "videos": "/v"}
    content = {"client": {"name": client, "industry": "x"}, "source": source, "hashtags": [tag], "batch": "spring"}
    return requested(BatchRequest.model_validate(content))


def given_up(event: BatchRequested, *, deliveries: int) -> GivenUp:
    return GivenUp(
        stage=Stage.ACQUISITION, stream=event.stream, sequence=deliveries, deliveries=deliveries, subject=event.subject,
        data=event.to_bytes(), headers={}, reason=FailureReason.FILE_NOT_FOUND, message="The folder is not there.",
    )  # fmt: skip


def test_a_batch_name_stands_for_one_request_of_one_client(bus_settings: BusSettings) -> None:
    async def ask() -> None:
        await admin.apply(bus_settings)
        async with connect(bus_settings) as client:
            js, first = client.jetstream(), request("tea")
            for _ in range(2):
                await refuse_other_request(first, js)
                await Publisher(client.jetstream, bus_settings).emit(first)
            with pytest.raises(UsageError, match=r"'spring' of client 'acme'.*another name"):
                await refuse_other_request(request("coffee"), js)
            await refuse_other_request(request("coffee", client="Globex"), js)

    asyncio.run(ask())


def test_what_was_given_up_is_published_again_once_for_each_time_it_was_given_up(bus_settings: BusSettings) -> None:
    async def ask() -> list[int]:
        await admin.apply(bus_settings)
        async with connect(bus_settings) as client:
            publisher, event = Publisher(client.jetstream, bus_settings), request("tea")
            await publisher.emit(event)
            stored = []
            for deliveries in (1, 2):
                await bury(publisher, given_up(event, deliveries=deliveries))
                for _ in range(2):
                    await try_again(await dlq.letters(bus_settings), publisher)
                stored.append(await _stored(client.jetstream(), event.stream))
            return stored

    assert asyncio.run(ask()) == [2, 3]


def test_only_a_batch_that_was_asked_for_can_be_looked_at(bus_settings: BusSettings) -> None:
    async def ask() -> None:
        await admin.apply(bus_settings)
        async with connect(bus_settings) as client:
            js = client.jetstream()
            await Publisher(client.jetstream, bus_settings).emit(request("tea"))
            await require_batch(js, "acme", "spring")
            for names in (("acme", "summer"), ("globex", "spring")):
                with pytest.raises(UsageError, match="Nothing is known"):
                    await require_batch(js, *names)
            for names in (("*", "spring"), ("acme", ">"), ("Ac me", "spring"), ("acme", "")):
                with pytest.raises(UsageError, match="is no name of a client or batch"):
                    await require_batch(js, *names)

    asyncio.run(ask())


async def _stored(js: JetStreamContext, stream: str) -> int:
    return (await js.stream_info(stream)).state.messages
