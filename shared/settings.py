"""Where things are: bus settings live in shared/bus/settings.py, these are the stores, the data folder and the log format."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from RUMIAI_* in the environment; the defaults keep everything in one data folder."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="folder of the default stores and of the embedded bus")
    artifacts_url: str | None = Field(default=None, description="file:///folder or s3://bucket/prefix")
    database_url: str | None = Field(default=None, description="sqlite:///file or postgresql://user@host/name")
    log_format: Literal["auto", "console", "json"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    debug: bool = Field(default=False, description="show tracebacks of expected failures too")

    @property
    def artifacts(self) -> str:
        """The artifact store's URL."""
        return self.artifacts_url or (self.data_dir.resolve() / "artifacts").as_uri()

    @property
    def database(self) -> str:
        """The database's URL; the tables of all services may share it, since each table has its service's name."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'rumiai.db'}"
