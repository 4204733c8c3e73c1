"""Reads what happened to one batch run off the streams, from the beginning and then as it comes."""

from dataclasses import dataclass, field

from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from shared.bus.dlq import DeadLetter, read_letter
from shared.bus.topology import DLQ
from shared.contracts.events import EVENTS, Event

_STREAMS = tuple(dict.fromkeys(event.stream for event in EVENTS if event.stream != "REQUESTS"))
_TYPES = {event.model_fields["type"].default: event for event in EVENTS}


@dataclass
class BatchTail:
    """Remembers how far it has read each stream, so a lost connection or a restarted server costs nothing.

    Direct reads by sequence need no consumer on the server.
    """

    client: str
    batch: str
    run: str
    _next: dict[str, int] = field(default_factory=dict)

    async def read(self, js: JetStreamContext) -> tuple[list[Event], list[DeadLetter]]:
        """Everything that is new since the last call. Raises nats errors while the server is away."""
        events = [event for stream in _STREAMS for event in await self._events(js, stream)]
        return [event for event in events if event.run == self.run], await self._dead_letters(js)

    async def _events(self, js: JetStreamContext, stream: str) -> list[Event]:
        messages = await self._messages(js, stream, f"*.*.{self.client}.{self.batch}")
        return [_event(raw) for raw in messages]

    async def _dead_letters(self, js: JetStreamContext) -> list[DeadLetter]:
        return [read_letter(raw) for raw in await self._messages(js, DLQ, f"dlq.*.*.*.{self.client}.{self.batch}")]

    async def _messages(self, js: JetStreamContext, stream: str, subject: str) -> list[RawStreamMsg]:
        found: list[RawStreamMsg] = []
        while True:
            try:
                raw = await js.get_msg(stream, seq=self._next.get(stream, 1), subject=subject, direct=True, next=True)
            except NotFoundError:
                return found
            assert raw.seq is not None
            self._next[stream] = raw.seq + 1
            found.append(raw)


def _event(raw: RawStreamMsg) -> Event:
    kind = ".".join((raw.subject or "").split(".")[:2])
    return _TYPES[kind].from_bytes(raw.data or b"")
