"""Reads dead letters, sends one back to where it came from, and buries what the server stopped delivering."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from shared.bus.connection import connect
from shared.bus.deadletter import GivenUp, bury
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.bus.topology import ADVISORY, CONSUMERS, DLQ
from shared.contracts.failure import FailureReason
from shared.errors import Unavailable, UsageError

_MAX_DELIVERIES = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"
_STREAM_NOT_FOUND = 10059


@dataclass(frozen=True)
class DeadLetter:
    """One message that was given up: where it came from, why, and what it said."""

    sequence: int
    service: str
    subject: str
    stream: str
    original_sequence: int
    deliveries: int
    reason: str
    message: str
    buried_at: datetime | None
    data: bytes


async def letters(settings: BusSettings, *, client: str = "*", batch: str = "*") -> tuple[DeadLetter, ...]:
    """Every dead letter, oldest first, of one client or batch where they are given. Raises Unavailable."""
    async with connect(settings) as connection:
        return tuple([read_letter(raw) async for raw in _Reader(connection, DLQ, f"dlq.*.*.*.{client}.{batch}")])


async def letter(settings: BusSettings, sequence: int) -> DeadLetter:
    """One dead letter by its number in the list. Raises UsageError if there is none, Unavailable without a server."""
    async with connect(settings) as connection:
        return await _letter(connection, sequence)


async def retry(settings: BusSettings, sequence: int) -> DeadLetter:
    """Publish a dead letter's message to its original subject again, under a new message id.

    The dead letter itself stays. A video.failed that was published for it stays in the ledger too, and counts.
    Raises UsageError, Unavailable or Transient.
    """
    async with connect(settings) as connection:
        found = await _letter(connection, sequence)
        publisher = Publisher(connection.jetstream, settings)
        await publisher.send(
            found.subject, found.data, stream=found.stream, message_id=f"dlq-retry:{sequence}:{uuid.uuid4().hex}"
        )
    return found


async def sweep(settings: BusSettings) -> tuple[GivenUp, ...]:
    """Bury messages that the server stopped delivering because `max_deliver` was reached, and return them.

    Services give up before that, so there are any only when a service was killed several times while giving up.
    An advisory is deleted when its message is buried. Raises Unavailable or Transient.
    """
    buried = []
    async with connect(settings) as connection:
        js, publisher = connection.jetstream(), Publisher(connection.jetstream, settings)
        async for raw in _Reader(connection, ADVISORY, _MAX_DELIVERIES):
            advisory = json.loads(raw.data or b"{}")
            given_up = await _undelivered(js, advisory)
            if given_up is not None:
                await bury(publisher, given_up)
                buried.append(given_up)
            await js.delete_msg(ADVISORY, raw.seq or 0)
    return tuple(buried)


async def _undelivered(js: JetStreamContext, advisory: dict[str, Any]) -> GivenUp | None:
    """The message an advisory speaks of; None if it is none of ours or gone from its stream."""
    consumer = CONSUMERS.get(str(advisory.get("consumer")))
    if consumer is None or consumer.stream != advisory.get("stream"):
        return None
    try:
        raw = await js.get_msg(consumer.stream, seq=int(advisory["stream_seq"]))
    except NotFoundError:
        return None
    return GivenUp(
        stage=consumer.stage,
        stream=consumer.stream,
        sequence=raw.seq or 0,
        deliveries=int(advisory["deliveries"]),
        subject=raw.subject or "",
        data=raw.data or b"",
        headers=dict(raw.headers or {}),
        reason=FailureReason.MAX_TRIES,
        message=f"The server delivered it {advisory['deliveries']} times and nobody finished it.",
    )


async def _letter(connection: Client, sequence: int) -> DeadLetter:
    none = f"There is no dead letter {sequence}; `rumiai dlq list` shows which there are."
    if not 0 < sequence < 1 << 63:  # the server answers others with a bad request
        raise UsageError(none)
    try:
        return read_letter(await connection.jetstream().get_msg(DLQ, seq=sequence))
    except NotFoundError as error:
        raise _missing(error, none) from error


def _missing(error: NotFoundError, otherwise: str) -> Exception:
    if error.err_code == _STREAM_NOT_FOUND:
        return Unavailable(f"The stream {DLQ} is missing; run `rumiai bus apply`.")
    return UsageError(otherwise)


class _Reader:
    """Goes through the stream by sequence; needs no consumer on the server."""

    def __init__(self, connection: Client, stream: str, subject: str) -> None:
        self._connection = connection
        self._stream = stream
        self._subject = subject
        self._next = 1

    def __aiter__(self) -> "_Reader":
        return self

    async def __anext__(self) -> RawStreamMsg:
        try:
            raw = await self._connection.jetstream().get_msg(self._stream, seq=self._next, subject=self._subject, next=True)
        except NotFoundError as error:
            if error.err_code == _STREAM_NOT_FOUND:
                raise _missing(error, "") from error
            raise StopAsyncIteration from error
        self._next = (raw.seq or 0) + 1
        return raw


def read_letter(raw: RawStreamMsg) -> DeadLetter:
    """A dead letter as the server stores it."""
    headers: Mapping[str, str] = raw.headers or {}
    service, subject = (raw.subject or "").removeprefix("dlq.").split(".", 1)
    assert raw.seq is not None
    return DeadLetter(
        sequence=raw.seq,
        service=service,
        subject=subject,
        stream=headers.get("X-Orig-Stream", ""),
        original_sequence=int(headers.get("X-Orig-Seq", "0")),
        deliveries=int(headers.get("X-Deliveries", "0")),
        reason=headers.get("X-Reason", ""),
        message=headers.get("X-Message", ""),
        buried_at=raw.time if isinstance(raw.time, datetime) else None,
        data=raw.data or b"",
    )
