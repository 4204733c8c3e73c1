"""One SQLAlchemy engine per process, SQLite or PostgreSQL by URL; services own their tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlmodel import Session, SQLModel, create_engine

from shared.errors import Transient, Unavailable, UsageError

_MIGRATION_LOCK = 0x52554D49  # "RUMI": one service at a time creates tables


class Database:
    """Opens sessions; `create` makes a service's tables when they are absent."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)

    def create(self, tables: Sequence[type[SQLModel]]) -> None:
        """Make the tables that are absent. Raises Unavailable when the database does not answer."""
        wanted: list[Table] = [model.__table__ for model in tables]  # type: ignore[attr-defined]
        try:
            with self.engine.begin() as connection:
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                SQLModel.metadata.create_all(connection, tables=wanted)
        except OperationalError as error:
            where = self.engine.url.render_as_string(hide_password=True)
            raise Unavailable(f"The database {where} does not answer: start it, or set RUMIAI_DATABASE_URL.") from error

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error. A lost connection raises Transient."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            raise Transient("The database did not answer.") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Transient("The connection to the database was lost.") from error
            raise

    def ping(self) -> None:
        """Ask the database something small. Raises Transient when it does not answer."""
        with self.session() as session:
            session.execute(text("SELECT 1"))


def put_once(session: Session, *rows: SQLModel) -> None:
    """Insert rows of one table in one statement; where a key is taken, the row that is there stays."""
    if not rows:
        return
    table: Table = type(rows[0]).__table__  # type: ignore[attr-defined]
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).on_conflict_do_nothing(), [row.model_dump() for row in rows])


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError("The database URL is not understood: use sqlite:///file or postgresql://user@host/name.") from error
    if parsed.drivername in {"postgresql", "postgres"}:
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=4)
    if parsed.drivername != "sqlite":
        raise UsageError(f"The database {parsed.drivername!r} is not supported: use sqlite:// or postgresql://.")
    if parsed.database:
        _make_folder(Path(parsed.database).parent)
    engine = create_engine(parsed, connect_args={"timeout": 30, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The database's folder {folder} can't be made ({error.strerror}): set RUMIAI_DATABASE_URL."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the engine's own BEGIN IMMEDIATE instead: writers queue up, DDL is transactional
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
