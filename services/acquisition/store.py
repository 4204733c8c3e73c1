"""Acquisition's tables: which plan a batch run has, and which media were already fetched for it."""

from sqlmodel import Field, SQLModel

from shared.contracts.base import ArtifactRef
from shared.database import Database, put_once


class PlanRow(SQLModel, table=True):
    """The frozen plan of one batch run: a redelivered request must not select anew."""

    __tablename__ = "acquisition_plan"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    plan: str
    request: str


class MediaRow(SQLModel, table=True):
    """A fetched video of one batch run."""

    __tablename__ = "acquisition_media"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    video_id: str = Field(primary_key=True)
    video: str


class AcquisitionStore:
    """Every query names the client."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create([PlanRow, MediaRow])

    def plan(self, client: str, batch: str, run: str) -> tuple[ArtifactRef, ArtifactRef] | None:
        """The references of plan and request, or None before the selection."""
        with self._database.session() as session:
            row = session.get(PlanRow, (client, batch, run))
        return (ArtifactRef.from_bytes(row.plan), ArtifactRef.from_bytes(row.request)) if row else None

    def freeze_plan(self, client: str, batch: str, run: str, *, plan: ArtifactRef, request: ArtifactRef) -> None:
        """Remember the plan; the first one written stays."""
        row = PlanRow(client=client, batch=batch, run=run, plan=plan.model_dump_json(), request=request.model_dump_json())
        with self._database.session() as session:
            put_once(session, row)

    def media(self, client: str, batch: str, run: str, video_id: str) -> ArtifactRef | None:
        """The reference of a fetched video, or None."""
        with self._database.session() as session:
            row = session.get(MediaRow, (client, batch, run, video_id))
        return ArtifactRef.from_bytes(row.video) if row else None

    def remember_media(self, client: str, batch: str, run: str, video_id: str, video: ArtifactRef) -> None:
        """Remember a fetched video."""
        row = MediaRow(client=client, batch=batch, run=run, video_id=video_id, video=video.model_dump_json())
        with self._database.session() as session:
            put_once(session, row)
