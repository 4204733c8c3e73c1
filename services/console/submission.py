"""Asks for a batch: a name stands for one request, and what was given up gets another try when a person asks again."""

from collections.abc import Iterable

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError
from pydantic import ValidationError

from shared.bus.dlq import DeadLetter
from shared.bus.publisher import Publisher
from shared.contracts.events import FIRST_RUN, BatchRequested, message_id
from shared.contracts.request import BatchRequest
from shared.errors import UsageError
from shared.request_file import batch_token, client_token
from shared.tokens import is_token

BATCH_STAGES = ("acquisition", "trainer", "reporter")
"""What these give up on is no video's failure: the batch can't complete without it."""

_REQUESTED = str(BatchRequested.model_fields["type"].default)


def requested(request: BatchRequest) -> BatchRequested:
    """The event that asks for this request; the same request asked for twice is one batch."""
    client, batch = client_token(request), batch_token(request)
    return BatchRequested(
        event_id=message_id("console", "1", client=client, batch=batch, run=FIRST_RUN, item="request"),
        client=client,
        batch=batch,
        request=request,
    )


async def refuse_other_request(event: BatchRequested, js: JetStreamContext) -> None:
    """Raises UsageError when the batch's name stands for another request already: the server would drop this one unread."""
    known = await _known_request(js, event.client, event.batch)
    if known is not None and known != event.request:
        raise UsageError(
            f"The batch {event.batch!r} of client {event.client!r} was already asked for with another request: "
            "give this one another name in its field batch."
        )


async def try_again(dead: Iterable[DeadLetter], publisher: Publisher) -> None:
    """Publish again, once each, the batch-level messages that were given up; the dead letters stay."""
    latest = {(letter.service, letter.data): letter for letter in dead if letter.service in BATCH_STAGES}
    for letter in latest.values():
        await publisher.send(letter.subject, letter.data, stream=letter.stream, message_id=f"console-retry:{letter.sequence}")


async def require_batch(js: JetStreamContext, client: str, batch: str) -> None:
    """Raises UsageError when nobody asked for this batch, or the names are none: `*` would mix the batches of all clients."""
    for name in (client, batch):
        if not is_token(name):
            raise UsageError(f"{name!r} is no name of a client or batch: use the two that `rumiai batch submit` printed.")
    if await _known_request(js, client, batch) is None:
        raise UsageError(f"Nothing is known of batch {batch!r} of client {client!r}: check both names.")


async def _known_request(js: JetStreamContext, client: str, batch: str) -> BatchRequest | None:
    try:
        stored = await js.get_last_msg(BatchRequested.stream, f"{_REQUESTED}.{client}.{batch}", direct=True)
        return BatchRequested.from_bytes(stored.data or b"").request
    except (NotFoundError, ValidationError):  # none, or one that acquisition refuses as well
        return None
