"""Acquisition's settings: the Apify account, and the limits of a download."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.errors import Unavailable
from shared.settings import Duration, EnvironmentSettings


class AcquisitionSettings(EnvironmentSettings):
    """Read from the environment: APIFY_* as Apify's own tools name them, the rest as RUMIAI_ACQUISITION_*."""

    model_config = SettingsConfigDict(
        env_prefix="RUMIAI_ACQUISITION_", frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    apify_token: SecretStr | None = Field(default=None, validation_alias="APIFY_TOKEN")
    apify_token_file: Path | None = Field(default=None, validation_alias="APIFY_TOKEN_FILE")
    apify_api_base_url: str = Field(default="https://api.apify.com", validation_alias="APIFY_API_BASE_URL")
    scrape_limit: Duration = Field(default=timedelta(hours=2), description="how long an actor run is waited for")
    scrape_poll: Duration = Field(default=timedelta(seconds=10), description="how soon a stop is noticed while waiting")
    apify_retries: int = Field(default=4, ge=0, description="tries of one API call beyond the first")
    apify_retry_delay: Duration = Field(default=timedelta(seconds=0.5), description="before the first retry; doubles")
    max_video_bytes: int = Field(default=300_000_000, gt=0)
    download_limit: Duration = Field(default=timedelta(minutes=5), description="for one whole video")
    network_timeout: Duration = Field(default=timedelta(seconds=30), description="for a connection or one read")
    allow_private_addresses: bool = Field(default=False, description="let media links lead into this network")

    def read_token(self) -> str:
        """The Apify token, which must never be logged. Raises Unavailable when there is none."""
        token = self.apify_token.get_secret_value().strip() if self.apify_token else self._token_in_file()
        if not token:
            raise Unavailable(
                "The Apify token is missing: set APIFY_TOKEN, or APIFY_TOKEN_FILE to a file that holds it "
                "(Apify Console, Settings, API & Integrations)."
            )
        if not token.isascii() or not token.isprintable() or " " in token:
            raise Unavailable("The Apify token holds characters that no token has: copy it again from the Apify Console.")
        return token

    def _token_in_file(self) -> str | None:
        if self.apify_token_file is None:
            return None
        try:
            return self.apify_token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise Unavailable(
                f"The Apify token file {self.apify_token_file} can't be read: check the path in APIFY_TOKEN_FILE."
            ) from None
