"""Dead letters: a copy of a message that was given up, with the reason, and video.failed where it names a video."""

import contextlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from shared.bus.publisher import Publisher
from shared.bus.topology import DLQ, subject_of
from shared.contracts.bucket import Bucket
from shared.contracts.events import FIRST_RUN, MOST_MESSAGE_CHARS, VideoAnalyzed, VideoFailed, VideoSelected, message_id
from shared.contracts.failure import FailureReason, Stage

_NAMES_A_VIDEO = {subject_of(event).removesuffix(".*.*") for event in (VideoSelected, VideoAnalyzed)}
_MAX_HEADER = 1000


@dataclass(frozen=True)
class GivenUp:
    """A message as it was delivered, and why it is given up."""

    stage: Stage
    stream: str
    sequence: int
    deliveries: int
    subject: str
    data: bytes
    headers: dict[str, str]
    reason: FailureReason
    message: str


async def bury(publisher: Publisher, letter: GivenUp) -> VideoFailed | None:
    """Store the dead letter, then video.failed; both have their receipts when this returns.

    Both have ids made from the message, so doing it again stores nothing twice. Raises Transient.
    """
    await publisher.send(
        f"dlq.{letter.stage.value}.{letter.subject}",
        letter.data,
        stream=DLQ,
        message_id=f"dlq:{letter.stage.value}:{letter.stream}:{letter.sequence}",
        headers=_headers(letter),
    )
    failed = failure_of(letter)
    if failed is not None:
        await publisher.emit(failed)
    return failed


def failure_of(letter: GivenUp) -> VideoFailed | None:
    """video.failed for a message that names a video, read as far as it can be; None if no video can be named.

    Client and batch come from the subject, which permissions protect; the rest from the JSON, valid event or not.
    """
    kind, client, batch = letter.subject.rsplit(".", 2)
    body = json_object(letter.data)
    run, video_id = str(body.get("run") or FIRST_RUN), body.get("video_id")
    if kind not in _NAMES_A_VIDEO or not video_id:
        return None
    with contextlib.suppress(ValidationError):
        return VideoFailed(
            event_id=message_id(f"{letter.stage.value}-failed", "1", client=client, batch=batch, run=run, item=str(video_id)),
            causation_id=body["event_id"] if isinstance(body.get("event_id"), str) else None,
            client=client,
            batch=batch,
            run=run,
            video_id=video_id,
            bucket=_bucket(body.get("bucket")),
            planned=True,
            stage=letter.stage,
            reason=letter.reason,
            message=letter.message[:MOST_MESSAGE_CHARS],
        )
    return None


def _headers(letter: GivenUp) -> dict[str, str]:
    kept = {name: value for name, value in letter.headers.items() if not name.lower().startswith("nats-")}
    return kept | {
        "X-Service": letter.stage.value,
        "X-Reason": letter.reason.value,
        "X-Message": " ".join(letter.message.split())[:_MAX_HEADER],
        "X-Orig-Stream": letter.stream,
        "X-Orig-Seq": str(letter.sequence),
        "X-Orig-Subject": letter.subject,
        "X-Orig-Msg-Id": letter.headers.get("Nats-Msg-Id", ""),
        "X-Deliveries": str(letter.deliveries),
    }


def json_object(data: bytes) -> dict[str, Any]:
    """The fields of a message, valid event or not; none when it is no JSON object."""
    with contextlib.suppress(ValueError):
        body = json.loads(data)
        if isinstance(body, dict):
            return body
    return {}


def _bucket(value: object) -> Bucket | None:
    with contextlib.suppress(ValueError):
        return Bucket(str(value))
    return None
