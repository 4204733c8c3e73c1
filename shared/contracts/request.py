"""The batch request: what ops write as YAML and publish as batch.requested."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from shared.contracts.base import Contract, Fraction, Token
from shared.contracts.bucket import Bucket

HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
MAX_LOGO_BYTES = 1_000_000
PathText = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Brand(Contract):
    """A client's brand pack: how its documents look and speak."""

    primary_color: HexColor = "#1E3A8A"
    accent_color: HexColor = "#10B981"
    logo: PathText | None = Field(default=None, description="path of a PNG or SVG file, relative to the request")
    tone: Line | None = None
    selling_points: tuple[Line, ...] = ()
    banned_claims: tuple[Line, ...] = ()


class Client(Contract):
    """The brand that the batch is for: the tenant."""

    name: Line
    industry: Line
    brand: Brand = Brand()


class ApifySource(Contract):
    """Videos are found by an Apify actor; needs APIFY_TOKEN in the environment of acquisition."""

    kind: Literal["apify"]
    actor: Line = "clockworks/tiktok-scraper"
    max_items: Annotated[int, Field(ge=1, le=5000)] = 800


class DatasetSource(Contract):
    """Videos are found in a file of Apify items; their media lie in a folder as `<video id>.mp4` (or .mov, .webm, .mkv)."""

    kind: Literal["dataset"]
    items: PathText
    videos: PathText


class Thresholds(Contract):
    """What an item needs to be considered, and how many usable videos a bucket needs before anything is learned."""

    min_views: Annotated[int, Field(ge=1)] = 1000
    min_engagement_rate: Fraction = 0.0
    min_usable_videos: Annotated[int, Field(ge=20)] = 20
    min_success_rate: Annotated[float, Field(ge=0.8, le=1.0)] = 0.8


class BatchRequest(Contract):
    """One analysis request. `batch` names it; left out, a name is derived from the content."""

    version: Literal[1] = 1
    client: Client
    source: Annotated[ApifySource | DatasetSource, Field(discriminator="kind")]
    hashtags: tuple[Line, ...] = ()
    handles: tuple[Line, ...] = ()
    buckets: Annotated[tuple[Bucket, ...], Field(min_length=1)] = tuple(Bucket)
    videos_per_bucket: Annotated[int, Field(ge=1, le=500)] = 50
    posted_after: date | None = None
    selection: Literal["top", "spread"] = Field(
        default="top", description="top: highest engagement first; spread: evenly over the engagement range, for contrast"
    )
    thresholds: Thresholds = Thresholds()
    batch: Token | None = None
    sample_data: bool = Field(default=False, description="marks every document as made from sample data")

    @field_validator("hashtags", "handles")
    @classmethod
    def _strip_marks(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(value.lstrip("#@").strip() for value in values))
        if "" in names:
            raise ValueError('holds no name; write it like gym or "#gym"')
        return names

    @field_validator("buckets")
    @classmethod
    def _unique_buckets(cls, values: tuple[Bucket, ...]) -> tuple[Bucket, ...]:
        return tuple(bucket for bucket in Bucket if bucket in values)

    @model_validator(mode="after")
    def _needs_a_search(self) -> "BatchRequest":
        if not self.hashtags and not self.handles:
            raise ValueError("name at least one of hashtags or handles")
        return self
