"""One delivery of a message: who it is, that it is being worked on, and running its handler until a stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from nats.aio.msg import Msg
from nats.errors import Error

from shared.bus.attempts import Message
from shared.bus.deadletter import json_object
from shared.bus.topology import Consumer

_CANCEL_WITHIN_S = 1.0
_LOGGED = ("client", "batch", "run", "video_id", "bucket")


@dataclass(frozen=True)
class Delivery:
    """A message as it was delivered; `number` counts its deliveries from 1."""

    raw: Msg
    stream: str
    sequence: int
    number: int

    @classmethod
    def of(cls, raw: Msg) -> "Delivery":
        """Read it off a JetStream message."""
        metadata = raw.metadata
        return cls(raw, metadata.stream, metadata.sequence.stream, metadata.num_delivered)

    @property
    def names(self) -> dict[str, str | int]:
        """What every log line about it carries."""
        body = json_object(self.raw.data)
        return {
            **{name: str(body[name]) for name in _LOGGED if name in body},
            "subject": self.raw.subject,
            "stream": self.stream,
            "seq": self.sequence,
            "delivery": self.number,
        }

    def of_consumer(self, consumer: Consumer) -> Message:
        """Its key among the attempts."""
        return Message(consumer.name, self.stream, self.sequence)


@asynccontextmanager
async def heartbeat(raw: Msg, every: timedelta) -> AsyncIterator[None]:
    """Tell the server every so often that the message is being worked on, and stop however the block ends."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(every.total_seconds())
            with suppress(Error, TimeoutError):  # while the server is away its clock for this message stands still too
                await raw.in_progress()

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()


async def handled(handle: Callable[[], Awaitable[object]], *, unless: asyncio.Event) -> bool:
    """Run the handler to its end: True. Or, when the event is set first, cancel it: False. Raises what it raises."""
    task = asyncio.ensure_future(handle())
    stop = asyncio.create_task(unless.wait())
    try:
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=_CANCEL_WITHIN_S)
            return task.done() and not task.cancelled() and task.exception() is None
        if task.cancelled():
            raise RuntimeError("the handler was cancelled, and not by the service")
        task.result()
        return True
    finally:
        stop.cancel()
        task.cancel()
