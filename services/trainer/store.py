"""The trainer's tables: the ledger events it has folded so far, and the findings it made. A projection of the LEDGER stream."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlmodel import Field, SQLModel, col, select

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


class RunTimeRow(SQLModel, table=True):
    """When a batch run was planned, as an ISO 8601 text in UTC: what tells earlier from later batches."""

    __tablename__ = "trainer_run_times"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    planned_at: str


class FindingsRow(SQLModel, table=True):
    """The findings of a bucket, and the search they are of."""

    __tablename__ = "trainer_findings"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    bucket: str = Field(primary_key=True)
    search: str
    findings: str


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
        database.create([PlannedRow, SettledRow, RunTimeRow, FindingsRow])

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
        planned_at = event.occurred_at.astimezone(UTC).isoformat(timespec="microseconds")
        with self._database.session() as session:
            put_once(session, row)
            put_once(session, RunTimeRow(client=event.client, batch=event.batch, run=event.run, planned_at=planned_at))

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

    def keep(
        self, client: str, batch: str, run: str, bucket: Bucket, *, searches: Sequence[str], findings: ArtifactRef
    ) -> None:
        """Remember the findings of a bucket. The first ones stay: the same rows give the same findings."""
        row = FindingsRow(
            client=client,
            batch=batch,
            run=run,
            bucket=bucket.value,
            search=_search(searches),
            findings=findings.model_dump_json(),
        )
        with self._database.session() as session:
            put_once(session, row)

    def previous(self, client: str, batch: str, run: str, bucket: Bucket, searches: Sequence[str]) -> ArtifactRef | None:
        """The client's latest findings of the same search and bucket from a batch that was planned before this one."""
        same = (RunTimeRow.client == FindingsRow.client) & (RunTimeRow.batch == FindingsRow.batch)
        query = (
            select(FindingsRow.findings)
            .join(RunTimeRow, same & (RunTimeRow.run == FindingsRow.run))  # type: ignore[arg-type]
            .where(
                FindingsRow.client == client,
                FindingsRow.batch != batch,
                FindingsRow.bucket == bucket.value,
                FindingsRow.search == _search(searches),
            )
            .order_by(col(RunTimeRow.planned_at).desc(), col(RunTimeRow.batch), col(RunTimeRow.run))
        )
        with self._database.session() as session:
            own = session.get(RunTimeRow, (client, batch, run))
            if own is None:
                return None
            found = session.exec(query.where(RunTimeRow.planned_at < own.planned_at)).first()
        return None if found is None else ArtifactRef.from_bytes(found)


def _search(searches: Sequence[str]) -> str:
    """Hashtags and handles as one text, whatever their order and case."""
    return " ".join(sorted(search.casefold() for search in searches))
