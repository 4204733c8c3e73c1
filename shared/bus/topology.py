"""The streams and consumers as data: what `rumiai bus apply` makes and what services expect to find."""

from dataclasses import dataclass
from datetime import timedelta

from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StoreCompression,
    StreamConfig,
)

from shared.bus.settings import BusSettings
from shared.contracts.events import (
    EVENTS,
    BatchPlanned,
    BatchRequested,
    BucketTrained,
    Event,
    FeaturesReady,
    VideoAnalyzed,
    VideoFailed,
    VideoSelected,
)
from shared.contracts.failure import Stage

MIN_SERVER = (2, 14)
MAX_DELIVER = 10
"""The server's backstop: a message that reaches it is delivered no more, and only an advisory tells."""

GIVE_UP_AT = MAX_DELIVER - 2
"""So a service gives a message up itself from this delivery on; the two more are for a service that is killed doing so."""

DLQ = "DLQ"
ADVISORY = "ADVISORY"
ATTEMPTS = "KV_attempts"
ATTEMPTS_PREFIX = "$KV.attempts."

_MEBIBYTE = 2**20
_MAX_AGE = timedelta(days=180)
_DUPLICATE_WINDOW = timedelta(days=7)


@dataclass(frozen=True)
class Stream:
    """One stream. `key_value` keeps only the last message of each subject."""

    name: str
    subjects: tuple[str, ...]
    max_msg_size: int = 256 * 1024
    max_bytes: int = 1024 * _MEBIBYTE
    key_value: bool = False

    def config(self, settings: BusSettings) -> StreamConfig:
        """The configuration as the server should hold it. A full stream refuses publishers rather than forget."""
        return StreamConfig(
            name=self.name,
            subjects=list(self.subjects),
            retention=RetentionPolicy.LIMITS,
            storage=StorageType.FILE,
            discard=DiscardPolicy.NEW,
            max_age=_MAX_AGE.total_seconds(),
            max_bytes=self.max_bytes,
            max_msg_size=self.max_msg_size,
            max_msgs_per_subject=1 if self.key_value else -1,
            allow_rollup_hdrs=self.key_value,
            deny_delete=self.key_value,
            duplicate_window=_DUPLICATE_WINDOW.total_seconds(),
            allow_direct=True,
            compression=StoreCompression.S2,
            num_replicas=settings.nats_replicas,
            metadata={"schema": "1"},
        )


@dataclass(frozen=True)
class Consumer:
    """The durable pull consumer of one service, named as the service."""

    stage: Stage
    events: tuple[type[Event], ...]

    @property
    def name(self) -> str:
        """The durable's name: the service."""
        return self.stage.value

    @property
    def stream(self) -> str:
        """The stream that all its events live in."""
        return self.events[0].stream

    @property
    def subjects(self) -> tuple[str, ...]:
        """The filter."""
        return tuple(subject_of(event) for event in self.events)

    def max_ack_pending(self, settings: BusSettings) -> int:
        """How many messages all replicas together may hold: 1 keeps the stream's order."""
        return settings.analyzer_workers if self.stage is Stage.ANALYZER else 1

    def config(self, settings: BusSettings) -> ConsumerConfig:
        """The configuration as the server should hold it. No backoff: it would replace ack_wait."""
        return ConsumerConfig(
            durable_name=self.name,
            ack_policy=AckPolicy.EXPLICIT,
            deliver_policy=DeliverPolicy.ALL,
            ack_wait=settings.ack_wait.total_seconds(),
            max_deliver=MAX_DELIVER,
            max_ack_pending=self.max_ack_pending(settings),
            filter_subject=self.subjects[0] if len(self.subjects) == 1 else None,
            filter_subjects=list(self.subjects) if len(self.subjects) > 1 else None,
            metadata={"schema": "1"},
        )


def subject_of(event: type[Event]) -> str:
    """`video.selected.*.*`: exactly two tokens, so a bad client or batch fails loudly."""
    return f"{event.model_fields['type'].default}.*.*"


def _event_streams() -> tuple[Stream, ...]:
    names = dict.fromkeys(event.stream for event in EVENTS)
    return tuple(Stream(name, tuple(subject_of(event) for event in EVENTS if event.stream == name)) for name in names)


STREAMS: tuple[Stream, ...] = (
    *_event_streams(),
    # A dead letter carries its message and headers about it, so it may be larger than any message.
    Stream(DLQ, ("dlq.>",), max_msg_size=512 * 1024),
    Stream(
        ADVISORY,
        ("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>", "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>"),
        max_bytes=64 * _MEBIBYTE,
    ),
    Stream(ATTEMPTS, (f"{ATTEMPTS_PREFIX}>",), max_msg_size=4096, max_bytes=64 * _MEBIBYTE, key_value=True),
)

CONSUMERS: dict[str, Consumer] = {
    consumer.name: consumer
    for consumer in (
        Consumer(Stage.ACQUISITION, (BatchRequested,)),
        Consumer(Stage.ANALYZER, (VideoSelected,)),
        Consumer(Stage.FEATURES, (VideoAnalyzed,)),
        # One ordered stream with exactly the events that must balance: the trainer is a fold over it.
        Consumer(Stage.TRAINER, (BatchPlanned, FeaturesReady, VideoFailed)),
        Consumer(Stage.REPORTER, (BucketTrained,)),
    )
}
