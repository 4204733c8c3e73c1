"""The analyzer's settings."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import Duration, EnvironmentSettings


class AnalyzerSettings(EnvironmentSettings):
    """Read from RUMIAI_ANALYZER_* in the environment."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_ANALYZER_", frozen=True, extra="ignore")

    time_limit: Duration = Field(
        default=timedelta(minutes=10), description="for one video; 120 s of video need about 30 s on 2 cores"
    )
