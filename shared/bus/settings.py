"""Settings of the bus: where the server is, and how patient a service is with a message."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from shared.settings import Duration, EnvironmentSettings


def _listed(value: object) -> object:
    """A list in the environment: "5, 30" or "[5, 30]"."""
    return [part.strip(" \"'") for part in value.strip(" []").split(",")] if isinstance(value, str) else value


class BusSettings(EnvironmentSettings):
    """Read from RUMIAI_* in the environment. Every number stands with its measurement in docs/decisions/0002-bus.md."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_", frozen=True, extra="ignore")

    nats_url: str = "nats://127.0.0.1:4222"
    nats_nkey_seed_file: Path | None = Field(default=None, description="file with the service's nkey seed")
    nats_nkey_seed: SecretStr | None = Field(default=None, description="the seed itself; the file wins")
    nats_ca_file: Path | None = Field(default=None, description="certificate authority of the server; switches TLS on")
    nats_replicas: Annotated[int, Field(ge=1, le=5)] = 1
    connect_timeout: Duration = timedelta(seconds=3)
    publish_timeout: Duration = timedelta(seconds=5)
    publish_tries: Annotated[int, Field(ge=1)] = 5
    ack_wait: Duration = Field(default=timedelta(seconds=60), description="silence after which another worker gets the message")
    heartbeat: Duration = Field(default=timedelta(seconds=15), description="how often a busy worker says that it lives")
    pull_timeout: Duration = Field(default=timedelta(seconds=5), description="longest wait for work after a server restart")
    watch_interval: Duration = Field(default=timedelta(seconds=10), description="how often a service checks its consumer")
    max_tries: Annotated[int, Field(ge=1, le=8)] = 3
    retry_delays: Annotated[tuple[Duration, ...], NoDecode, BeforeValidator(_listed)] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
    )
    on_bug: Literal["fail_fast", "quarantine"] = "fail_fast"
    analyzer_workers: Annotated[int, Field(ge=1)] = 1
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = Field(default=0, description="0 takes a free port")

    @model_validator(mode="after")
    def _heartbeat_fits(self) -> Self:
        if self.heartbeat * 2 > self.ack_wait:
            raise ValueError(
                f"heartbeat ({self.heartbeat.total_seconds():g} s) must be at most half of "
                f"ack_wait ({self.ack_wait.total_seconds():g} s), or busy workers lose their message"
            )
        if not self.retry_delays:
            raise ValueError("retry_delays needs at least one delay")
        return self

    def retry_delay(self, failed_tries: int) -> timedelta:
        """How long to wait after the given number of failed tries (1 is the first); the last delay repeats."""
        return self.retry_delays[min(failed_tries, len(self.retry_delays)) - 1]
