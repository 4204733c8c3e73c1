"""The events on the bus. Each names its subject, its stream and its message id; none carries a blob."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import ArtifactRef, Contract, Token, VideoId
from shared.contracts.bucket import Bucket
from shared.contracts.failure import FailureReason, Stage
from shared.contracts.findings import Verdict
from shared.contracts.request import BatchRequest

FIRST_RUN = "r1"
MOST_MESSAGE_CHARS = 2000


class Event(Contract):
    """What every event carries. `event_id` is the JetStream message id, so an event published twice is stored once."""

    stream: ClassVar[str]
    schema_version: Literal[1] = 1
    type: str
    event_id: Annotated[str, Field(min_length=1, max_length=300)]
    causation_id: str | None = Field(default=None, description="event_id of the event that led to this one")
    client: Token
    batch: Token
    run: Token = FIRST_RUN
    occurred_at: datetime = Field(default_factory=lambda: datetime.now(UTC))

    @property
    def correlation_id(self) -> str:
        """The batch run this event belongs to."""
        return f"{self.client}.{self.batch}.{self.run}"

    @property
    def subject(self) -> str:
        """`<event>.<client>.<batch>`."""
        return f"{self.type}.{self.client}.{self.batch}"

    def leads_to(self, stage: str, version: str, *, item: str) -> dict[str, str]:
        """The fields that an event which `stage` publishes because of this one starts with: its id, cause and batch run."""
        run = {"client": self.client, "batch": self.batch, "run": self.run}
        return {"event_id": message_id(stage, version, **run, item=item), "causation_id": self.event_id, **run}


class BatchRequested(Event):
    """Someone asks for a batch."""

    stream: ClassVar[str] = "REQUESTS"
    type: Literal["batch.requested"] = "batch.requested"
    request: BatchRequest


class BatchPlanned(Event):
    """The selection is frozen; `planned` counts videos per requested bucket, zero included."""

    stream: ClassVar[str] = "LEDGER"
    type: Literal["batch.planned"] = "batch.planned"
    plan: ArtifactRef
    request: ArtifactRef
    planned: dict[Bucket, int]


class VideoSelected(Event):
    """A planned video is in the artifact store."""

    stream: ClassVar[str] = "VIDEO"
    type: Literal["video.selected"] = "video.selected"
    video_id: VideoId
    bucket: Bucket
    video: ArtifactRef
    record: ArtifactRef


class VideoAnalyzed(Event):
    """The analysis of a video is in the artifact store."""

    stream: ClassVar[str] = "ANALYZED"
    type: Literal["video.analyzed"] = "video.analyzed"
    video_id: VideoId
    bucket: Bucket
    video: ArtifactRef
    record: ArtifactRef
    analysis: ArtifactRef
    profile: str


class FeaturesReady(Event):
    """The feature row of a video is stored."""

    stream: ClassVar[str] = "LEDGER"
    type: Literal["features.ready"] = "features.ready"
    video_id: VideoId
    bucket: Bucket
    row: ArtifactRef
    catalogue_version: str
    profile: str


class VideoFailed(Event):
    """A stage gave up on a video. `planned` is False for an item that could not even be planned (no bucket then)."""

    stream: ClassVar[str] = "LEDGER"
    type: Literal["video.failed"] = "video.failed"
    video_id: VideoId
    bucket: Bucket | None
    planned: bool
    stage: Stage
    reason: FailureReason
    message: Annotated[str, Field(max_length=MOST_MESSAGE_CHARS)]


class BucketTrained(Event):
    """The findings of a bucket are in the artifact store."""

    stream: ClassVar[str] = "TRAINED"
    type: Literal["bucket.trained"] = "bucket.trained"
    bucket: Bucket
    findings: ArtifactRef
    plan: ArtifactRef
    request: ArtifactRef
    verdict: Verdict


class Document(Contract):
    """One file of a report."""

    kind: Literal["client_report", "findings", "findings_page"]
    filename: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    artifact: ArtifactRef


class ReportReady(Event):
    """The documents of a bucket are in the artifact store."""

    stream: ClassVar[str] = "REPORTS"
    type: Literal["report.ready"] = "report.ready"
    bucket: Bucket
    verdict: Verdict
    patterns: int
    documents: tuple[Document, ...]


EVENTS: tuple[type[Event], ...] = (
    BatchRequested, BatchPlanned, VideoSelected, VideoAnalyzed, FeaturesReady, VideoFailed, BucketTrained, ReportReady,
)  # fmt: skip


def message_id(stage: str, version: str, *, client: str, batch: str, run: str, item: str) -> str:
    """`<stage>:<version>:<client>.<batch>.<run>:<item>`: the same work under the same version is stored once."""
    return f"{stage}:{version}:{client}.{batch}.{run}:{item}"
