"""Where things are: bus settings live in shared/bus/settings.py, these are the stores, the data folder and the log format."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.errors import UsageError


def _seconds(value: object) -> object:
    """Environment variables may give plain seconds ("2.5") besides ISO 8601 ("PT2.5S")."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


Duration = Annotated[timedelta, BeforeValidator(_seconds), Field(gt=timedelta(0))]
"""A positive length of time: seconds as a number, or ISO 8601."""


class EnvironmentSettings(BaseSettings):
    """Settings whose wrong values are one sentence that names the environment variable."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_context=False)[0]
            raise UsageError(self._complaint(problem)) from error

    @classmethod
    def _complaint(cls, problem: ErrorDetails) -> str:
        wanted = _WANTED.get(problem["type"], problem["msg"]).removeprefix("Value error, ").replace("Input should", "it must")
        if not problem["loc"]:
            return f"The settings RUMIAI_* do not fit together: {wanted}."
        field = str(problem["loc"][0])
        name = f"{cls.model_config['env_prefix']}{field}".upper() if field in cls.model_fields else field
        return f"{name}: {str(problem['input'])!r} is not allowed; {wanted}."


_DURATION = "it must be seconds, like 2.5, or ISO 8601, like PT2.5S"
_WANTED = {
    "time_delta_parsing": _DURATION,
    "time_delta_type": _DURATION,
    "greater_than": "it must be more than 0",
    "bool_parsing": "it must be true or false",
    "int_parsing": "it must be a whole number",
}


class Settings(EnvironmentSettings):
    """Read from RUMIAI_* in the environment; the defaults keep everything in one data folder."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="folder of the default stores and of the embedded bus")
    artifacts_url: str | None = Field(default=None, description="file:///folder or s3://bucket/prefix")
    database_url: str | None = Field(default=None, description="sqlite:///file or postgresql://user@host/name")
    models: Path | None = Field(default=None, description="folder that `rumiai models pull` fills; default: data/models")
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

    @property
    def models_dir(self) -> Path:
        """The folder of weights that no package carries."""
        return (self.models or self.data_dir / "models").resolve()
