"""One feature row: the vector of one video under one catalogue version, with its outcome kept apart."""

from datetime import datetime
from typing import Literal

from pydantic import Field, model_validator

from shared.contracts.base import ArtifactRef, Contract, Sha256, Token, VideoId
from shared.contracts.bucket import Bucket
from shared.contracts.record import Outcome

Value = float | str | None
"""A number (flags are 0.0 or 1.0), a member of a closed enum, or None where not observed."""


class FeatureRow(Contract):
    """`values` has every feature of the catalogue; `missing` gives the reason for exactly those that are None."""

    schema_version: Literal[1] = 1
    client: Token
    batch: Token
    run: Token
    video_id: VideoId
    bucket: Bucket
    video_sha256: Sha256
    url: str
    creator: str
    creator_followers: int | None
    posted_at: datetime
    duration_s: float
    catalogue_version: str
    profile: str
    analysis: ArtifactRef
    values: dict[str, Value]
    missing: dict[str, str]
    outcome: Outcome
    engines_off: dict[str, str] | None = Field(
        default=None, description="engines that did not look at this video, with the reason"
    )

    @model_validator(mode="after")
    def _missing_has_reasons(self) -> "FeatureRow":
        nulls = {name for name, value in self.values.items() if value is None}
        if nulls != set(self.missing):
            raise ValueError(f"features without a value need exactly one reason each: {sorted(nulls ^ set(self.missing))[:5]}")
        return self
