"""The features service's table: one row per video of a batch run and catalogue version."""

from collections.abc import Sequence

from sqlmodel import Field, SQLModel, select

from shared.contracts.base import ArtifactRef
from shared.contracts.feature_row import FeatureRow
from shared.database import Database, put_once


class FeatureRowEntry(SQLModel, table=True):
    """Where the feature row of a video lies."""

    __tablename__ = "features_row"
    client: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    video_id: str = Field(primary_key=True)
    catalogue_version: str = Field(primary_key=True)
    bucket: str
    profile: str
    row: str


class FeaturesStore:
    """Every query names the client."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create([FeatureRowEntry])

    def put(self, rows: Sequence[tuple[FeatureRow, ArtifactRef]]) -> None:
        """Remember rows in one transaction; a redelivered video changes nothing."""
        entries = [
            FeatureRowEntry(
                client=row.client,
                batch=row.batch,
                run=row.run,
                video_id=row.video_id,
                catalogue_version=row.catalogue_version,
                bucket=row.bucket.value,
                profile=row.profile,
                row=ref.model_dump_json(),
            )
            for row, ref in rows
        ]
        with self._database.session() as session:
            put_once(session, *entries)

    def derived(self, client: str, batch: str, run: str, catalogue_version: str) -> set[str]:
        """The videos of a run that have a row of this version."""
        query = select(FeatureRowEntry.video_id).where(
            FeatureRowEntry.client == client,
            FeatureRowEntry.batch == batch,
            FeatureRowEntry.run == run,
            FeatureRowEntry.catalogue_version == catalogue_version,
        )
        with self._database.session() as session:
            return set(session.exec(query))

    def rows(self, client: str, batch: str) -> list[FeatureRowEntry]:
        """All rows of a client's batch, by video."""
        query = select(FeatureRowEntry).where(FeatureRowEntry.client == client, FeatureRowEntry.batch == batch)
        with self._database.session() as session:
            return sorted(session.exec(query), key=lambda entry: (entry.run, entry.video_id))
