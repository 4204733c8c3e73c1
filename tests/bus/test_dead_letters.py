"""Dead letters as ops see them: list, show, retry, and messages that the server stopped delivering."""

import asyncio
import json

import pytest

from shared.bus import dlq
from shared.bus.connection import connect
from shared.bus.topology import CONSUMERS, MAX_DELIVER
from shared.contracts.failure import FailureReason
from shared.errors import Unavailable, UsageError
from tests.bus.conftest import Bus, selected


def test_a_dead_letter_is_listed_shown_and_sent_back_to_its_service(bus: Bus) -> None:
    bus.publish(selected("corrupt-1"))
    with bus.running():
        bus.wait("DLQ", 1)
        [found] = asyncio.run(dlq.letters(bus.settings))
        assert (found.service, found.subject, found.stream) == ("analyzer", "video.selected.acme.b1", "VIDEO")
        assert (found.reason, found.message, found.deliveries) == ("corrupt_file", "The file is damaged.", 1)
        assert found.data == selected_bytes(bus)
        assert found.buried_at is not None
        assert asyncio.run(dlq.letter(bus.settings, found.sequence)) == found
        asyncio.run(dlq.retry(bus.settings, found.sequence))
        bus.wait("DLQ", 2)
    assert bus.starts == ["corrupt-1", "corrupt-1"]
    assert len(bus.failures()) == 1, "one video fails once in the ledger"
    assert len(bus.messages("VIDEO")) == 2


def test_the_list_can_be_of_one_client_or_batch(bus: Bus) -> None:
    bus.publish(selected("corrupt-1"))
    with bus.running():
        bus.wait("DLQ", 1)
    assert len(asyncio.run(dlq.letters(bus.settings, client="acme", batch="b1"))) == 1
    assert asyncio.run(dlq.letters(bus.settings, client="globex")) == ()


def test_a_number_that_is_none_and_a_missing_stream_are_sentences(bus: Bus) -> None:
    for number in (7, 0, -1, 10**30):
        with pytest.raises(UsageError, match=rf"There is no dead letter {number}; `rumiai dlq list`"):
            asyncio.run(dlq.letter(bus.settings, number))
    bus.delete_stream("DLQ")
    with pytest.raises(Unavailable, match="run `rumiai bus apply`"):
        asyncio.run(dlq.letters(bus.settings))
    with pytest.raises(Unavailable, match="run `rumiai bus apply`"):
        asyncio.run(dlq.retry(bus.settings, 1))


def test_what_the_server_stopped_delivering_is_swept_into_the_dead_letters(bus: Bus) -> None:
    async def refuse_until_the_server_stops() -> None:
        async with connect(bus.settings) as client:
            spec = CONSUMERS["analyzer"]
            sub = await client.jetstream().pull_subscribe_bind(durable=spec.name, stream=spec.stream)
            for _ in range(MAX_DELIVER):
                [message] = await sub.fetch(1, timeout=5)
                await message.nak()
            with pytest.raises(TimeoutError):
                await sub.fetch(1, timeout=0.5)

    bus.publish(selected("v1"))
    asyncio.run(refuse_until_the_server_stops())
    bus.wait("ADVISORY", 1)
    [buried] = asyncio.run(dlq.sweep(bus.settings))
    assert (buried.sequence, buried.deliveries) == (1, MAX_DELIVER)
    [failed] = bus.failures()
    assert (failed.video_id, failed.reason) == ("v1", FailureReason.MAX_TRIES)
    assert asyncio.run(dlq.sweep(bus.settings)) == ()
    assert len(bus.messages("DLQ")) == 1


def selected_bytes(bus: Bus) -> bytes:
    """What the stream holds: `occurred_at` was set when it was published."""
    [(_, data, _)] = bus.messages("VIDEO")
    assert json.loads(data)["video_id"] == "corrupt-1"
    return data
