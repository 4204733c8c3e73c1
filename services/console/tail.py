"""Reads what happened to one batch run off the streams, from the beginning and then as it comes."""

from dataclasses import dataclass, field

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from shared.contracts.events import EVENTS, Event

_STREAMS = tuple(dict.fromkeys(event.stream for event in EVENTS if event.stream != "REQUESTS"))
_TYPES = {event.model_fields["type"].default: event for event in EVENTS}


@dataclass(frozen=True)
class DeadLetter:
    """A message that a service gave up on."""

    sequence: int
    service: str
    subject: str
    reason: str
    message: str


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
        return [_TYPES[".".join(subject.split(".")[:2])].from_bytes(data) for _, subject, data, _ in messages]

    async def _dead_letters(self, js: JetStreamContext) -> list[DeadLetter]:
        letters = []
        for sequence, subject, _, headers in await self._messages(js, "DLQ", f"dlq.*.*.*.{self.client}.{self.batch}"):
            service, original = subject.split(".", 2)[1:]
            letters.append(DeadLetter(sequence, service, original, headers.get("X-Reason", ""), headers.get("X-Message", "")))
        return letters

    async def _messages(self, js: JetStreamContext, stream: str, subject: str) -> list[tuple[int, str, bytes, dict[str, str]]]:
        found: list[tuple[int, str, bytes, dict[str, str]]] = []
        while True:
            try:
                raw = await js.get_msg(stream, seq=self._next.get(stream, 1), subject=subject, direct=True, next=True)
            except NotFoundError:
                return found
            assert raw.seq is not None
            assert raw.subject is not None
            self._next[stream] = raw.seq + 1
            found.append((raw.seq, raw.subject, raw.data or b"", dict(raw.headers or {})))
