"""The reporter's settings."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import Duration, EnvironmentSettings


class ReporterSettings(EnvironmentSettings):
    """Read from RUMIAI_REPORTER_* in the environment."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_REPORTER_", frozen=True, extra="ignore")

    time_limit: Duration = Field(default=timedelta(minutes=10), description="for one bucket")
