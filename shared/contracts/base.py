"""The base of every contract: frozen, closed to unknown fields, and serialized to canonical JSON bytes."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Token = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,48}$")]
"""A client, batch or run name as it stands in subjects, message ids, storage prefixes and rows."""

VideoId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""The platform's id of a video, as it stands in message ids and file names: never a path."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Seconds = Annotated[float, Field(ge=0.0)]


class Contract(BaseModel):
    """A frozen model that refuses unknown fields, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def to_bytes(self) -> bytes:
        """Canonical JSON: declared field order, UTF-8, no spaces. Same content, same bytes."""
        return self.model_dump_json().encode()

    @classmethod
    def from_bytes(cls, data: bytes | str) -> Self:
        """Parse and validate JSON. Raises pydantic.ValidationError."""
        return cls.model_validate_json(data)


class ArtifactRef(Contract):
    """Names one immutable blob in the artifact store."""

    key: Annotated[str, StringConstraints(pattern=r"^(public|clients/[a-z0-9-]{1,48})(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$")]
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    media_type: str
