"""Fixtures of acquisition's tests: real scraper files where they are at hand."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)  # a busy neighbour is no failure
settings.load_profile("shared-machine")


@pytest.fixture(scope="session")
def scraper_files(shared_data: Path) -> Path:
    """The folder of real scraper files, which is no part of the repository."""
    return shared_data / "apify"
