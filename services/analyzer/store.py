"""The analyzer's table: one row per engine run, so that work done twice can be seen and speed be known."""

from sqlalchemy import func
from sqlmodel import Field, SQLModel, select

from shared.database import Database


class EngineRunRow(SQLModel, table=True):
    """An engine really ran over a video (a cached result makes no row). The video is public, so no client stands here."""

    __tablename__ = "analyzer_engine_run"
    id: int | None = Field(default=None, primary_key=True)
    video_sha256: str = Field(index=True)
    engine: str
    fingerprint: str


class AnalyzerStore:
    """Counts engine runs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create([EngineRunRow])

    def record_runs(self, video_sha256: str, engines: dict[str, str]) -> None:
        """Add a row per engine that ran; `engines` maps its name to its fingerprint."""
        with self._database.session() as session:
            for engine, fingerprint in engines.items():
                session.add(EngineRunRow(video_sha256=video_sha256, engine=engine, fingerprint=fingerprint))

    def runs(self) -> dict[tuple[str, str], int]:
        """Number of runs per (video sha256, engine)."""
        query = select(EngineRunRow.video_sha256, EngineRunRow.engine, func.count()).group_by(
            EngineRunRow.video_sha256, EngineRunRow.engine
        )
        with self._database.session() as session:
            return {(video, engine): count for video, engine, count in session.exec(query)}
