"""Fixtures of acquisition's tests: real scraper files where they are at hand."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)  # a busy neighbour is no failure
settings.load_profile("shared-machine")


@pytest.fixture(scope="session")
def scraper_files() -> Path:
    """The folder of real scraper files, which is no part of the repository."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "apify"
    if not folder.is_dir():
        pytest.skip("The folder of real scraper files is not on this machine.")
    return folder
