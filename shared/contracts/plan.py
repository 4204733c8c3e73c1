"""The plan: the frozen selection of a batch, with everything that was left out and why."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from shared.contracts.base import ArtifactRef, Contract, Sha256, Token, VideoId
from shared.contracts.bucket import Bucket
from shared.contracts.record import Outcome, VideoRecord


class RejectionCode(StrEnum):
    """Why an item can't be a candidate."""

    SCRAPER_ERROR = "scraper_error"
    MALFORMED = "malformed"
    MISSING_FIELDS = "missing_fields"
    SLIDESHOW = "slideshow"
    DUPLICATE = "duplicate"
    TOO_OLD = "too_old"
    DURATION_OUT_OF_RANGE = "duration_out_of_range"
    BUCKET_NOT_REQUESTED = "bucket_not_requested"
    TOO_FEW_VIEWS = "too_few_views"
    LOW_ENGAGEMENT = "low_engagement"
    OFF_TOPIC = "off_topic"


class Rejection(Contract):
    """One item that is no candidate. `item` is its position in the source, from 0; `fields` names what was missing."""

    item: Annotated[int, Field(ge=0)]
    video_id: str | None
    code: RejectionCode
    message: str
    fields: tuple[str, ...] = ()


class Media(Contract):
    """Where the video file can be had; exactly one of the two."""

    url: str | None = None
    path: str | None = None


class PlannedVideo(Contract):
    """One selected video. `rank` is its place in its bucket, from 1."""

    video_id: VideoId
    bucket: Bucket
    rank: Annotated[int, Field(ge=1)]
    record: VideoRecord
    outcome: Outcome
    media: Media


class NotSelected(Contract):
    """A candidate that fitted but ranked below the number asked for."""

    video_id: VideoId
    bucket: Bucket
    rank: Annotated[int, Field(ge=1)]
    engagement_rate: float


class Counts(Contract):
    """items = records + rejected; selected <= records."""

    items: int
    records: int
    rejected: int
    selected: int


class Plan(Contract):
    """The frozen selection. Holds no clock time, so the same items and request give the same bytes."""

    schema_version: Literal[1] = 1
    client: Token
    batch: Token
    run: Token
    request_sha256: Sha256
    source: str = Field(description="where the items came from, for people")
    population: str = Field(description="a sentence that says what the videos are a sample of")
    buckets: tuple[Bucket, ...]
    counts: Counts
    videos: tuple[PlannedVideo, ...]
    not_selected: tuple[NotSelected, ...]
    rejected: tuple[Rejection, ...]
    logo: ArtifactRef | None = Field(default=None, description="the brand's logo as it was when the batch was planned")

    @model_validator(mode="after")
    def _balances(self) -> "Plan":
        counts = self.counts
        ids = [video.video_id for video in self.videos]
        if counts.items != counts.records + counts.rejected or counts.rejected != len(self.rejected):
            raise ValueError("the plan does not balance: items must equal records + rejected")
        if counts.selected != len(ids) or counts.records != len(ids) + len(self.not_selected):
            raise ValueError("the plan does not balance: records must equal selected + not_selected")
        if len(set(ids)) != len(ids):
            raise ValueError("a video stands twice in the plan")
        return self

    def planned(self) -> dict[Bucket, int]:
        """Number of selected videos per requested bucket, zero included."""
        return {bucket: sum(video.bucket is bucket for video in self.videos) for bucket in self.buckets}
