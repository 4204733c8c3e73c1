"""The trainer's settings."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import Duration, EnvironmentSettings


class TrainerSettings(EnvironmentSettings):
    """Read from RUMIAI_TRAINER_* in the environment."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_TRAINER_", frozen=True, extra="ignore")

    time_limit: Duration = Field(default=timedelta(minutes=10), description="for one bucket")
