"""The trainer's tables: the ledger events it has folded so far. A projection of the LEDGER stream, rebuildable from it."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlmodel import Field, SQLModel, select

from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchPlanned, FeaturesReady, VideoFailed
from shared.database import Database, put_once


class PlannedRow(SQLModel, table=True):
    """What a batch run planned per bucket."""

    __tablename__ = "trainer_planned"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    plan: str
    request: str
    planned: str


class SettledRow(SQLModel, table=True):
    """A planned video that is ready (`row` names its feature row) or failed (`reason` says why)."""

    __tablename__ = "trainer_settled"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    video_id: str = Field(primary_key=True)
    bucket: str
    row: str | None
    reason: str | None


@dataclass(frozen=True)
class BatchSupply:
    """The plan and request of a batch run, and how many videos each bucket planned."""

    plan: ArtifactRef
    request: ArtifactRef
    planned: dict[Bucket, int]


@dataclass(frozen=True)
class BucketSupply:
    """The settled videos of a bucket: references of the feature rows by video id, and the failures by reason code."""

    rows: tuple[ArtifactRef, ...]
    failures: dict[str, int]

    @property
    def settled(self) -> int:
        """How many videos are ready or failed."""
        return len(self.rows) + sum(self.failures.values())


class TrainerStore:
    """Every query names the client."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create([PlannedRow, SettledRow])

    def plan(self, event: BatchPlanned) -> None:
        """Fold a batch.planned."""
        row = PlannedRow(
            client=event.client,
            batch=event.batch,
            run=event.run,
            plan=event.plan.model_dump_json(),
            request=event.request.model_dump_json(),
            planned=json.dumps(event.planned),
        )
        with self._database.session() as session:
            put_once(session, row)

    def settle(self, event: FeaturesReady | VideoFailed) -> None:
        """Fold a features.ready, or a video.failed of a planned video."""
        if event.bucket is None:
            return
        row = SettledRow(
            client=event.client,
            batch=event.batch,
            run=event.run,
            video_id=event.video_id,
            bucket=event.bucket.value,
            row=event.row.model_dump_json() if isinstance(event, FeaturesReady) else None,
            reason=event.reason.value if isinstance(event, VideoFailed) else None,
        )
        with self._database.session() as session:
            put_once(session, row)

    def batch(self, client: str, batch: str, run: str) -> BatchSupply | None:
        """What a batch run planned, or None before its plan."""
        with self._database.session() as session:
            row = session.get(PlannedRow, (client, batch, run))
        if row is None:
            return None
        planned = {Bucket(name): count for name, count in json.loads(row.planned).items()}
        return BatchSupply(ArtifactRef.from_bytes(row.plan), ArtifactRef.from_bytes(row.request), planned)

    def bucket(self, client: str, batch: str, run: str, bucket: Bucket) -> BucketSupply:
        """The videos of a bucket that are settled so far."""
        query = select(SettledRow).where(
            SettledRow.client == client, SettledRow.batch == batch, SettledRow.run == run, SettledRow.bucket == bucket.value
        )
        with self._database.session() as session:
            rows = sorted(session.exec(query), key=lambda row: row.video_id)
        ready = tuple(ArtifactRef.from_bytes(row.row) for row in rows if row.row is not None)
        return BucketSupply(ready, dict(sorted(Counter(row.reason for row in rows if row.reason is not None).items())))
