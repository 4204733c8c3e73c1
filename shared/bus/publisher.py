"""Publishes events so that none is lost and none is stored twice."""

import asyncio
from collections.abc import Callable

from nats.errors import ConnectionClosedError, NoRespondersError, OutboundBufferLimitError
from nats.js import JetStreamContext
from nats.js.api import Header, PubAck
from nats.js.errors import APIError, NoStreamResponseError, ServerError, ServiceUnavailableError

from shared.bus.metrics import Metrics
from shared.bus.settings import BusSettings
from shared.contracts.events import Event
from shared.errors import Transient, Unavailable

WRONG_STREAM = 10060
_FIRST_PAUSE_S = 0.2
_AGAIN = (
    TimeoutError, NoStreamResponseError, NoRespondersError, ServiceUnavailableError, ServerError, OutboundBufferLimitError,
)  # fmt: skip


class Publisher:
    """Publishes with an expected stream, a message id and a receipt; there is no way to publish without them.

    `jetstream` is called at each publish, so a publisher can be made before the connection is.
    """

    def __init__(
        self, jetstream: Callable[[], JetStreamContext], settings: BusSettings, metrics: Metrics | None = None
    ) -> None:
        self._jetstream = jetstream
        self._settings = settings
        self._metrics = metrics
        self.published = 0
        self.duplicates = 0

    async def emit(self, event: Event) -> bool:
        """Publish an event and wait until the server has stored it. Returns whether it had been stored before.

        Tries again with the same id, so it can't be stored twice. Raises Transient when the tries are used up and
        Unavailable when no stream takes the subject.
        """
        receipt = await self.send(event.subject, event.to_bytes(), stream=event.stream, message_id=event.event_id)
        duplicate = bool(receipt.duplicate)
        self.published += 1
        self.duplicates += duplicate
        if self._metrics is not None:
            self._metrics.published.labels(event=event.type, duplicate=str(duplicate).lower()).inc()
        return duplicate

    async def send(
        self, subject: str, data: bytes, *, stream: str, message_id: str, headers: dict[str, str] | None = None
    ) -> PubAck:
        """Publish bytes, for dead letters and retries. Raises like `emit`."""
        for attempt in range(1, self._settings.publish_tries + 1):
            try:
                return await self._jetstream().publish(
                    subject,
                    data,
                    timeout=self._settings.publish_timeout.total_seconds(),
                    stream=stream,
                    headers={**(headers or {}), Header.MSG_ID.value: message_id},
                )
            except _AGAIN as error:
                if attempt == self._settings.publish_tries:
                    raise Transient(f"The stream {stream} took no message on {subject} in {attempt} tries: {error}.") from error
                await asyncio.sleep(_FIRST_PAUSE_S * 2 ** (attempt - 1))
            except ConnectionClosedError as error:
                raise Transient(f"The connection closed before {subject} was published.") from error
            except APIError as error:
                raise _refused(error, subject, stream) from error
        raise AssertionError("publish_tries is at least 1")


def _refused(error: APIError, subject: str, stream: str) -> Exception:
    if error.err_code == WRONG_STREAM:
        return Unavailable(f"The stream {stream} does not take {subject} on this server; run `rumiai bus apply`.")
    return error
