"""The small batch that the end-to-end and chaos tests run, made once per session."""

import pytest

from samples.small import SmallBatch, make_small_batch


@pytest.fixture(scope="session")
def small_batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    """Twelve good videos of 3 to 4 s."""
    return make_small_batch(tmp_path_factory.mktemp("small"), 12)


@pytest.fixture(scope="session")
def bad_batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    """Four good videos, one of every kind of bad file, and an item with missing fields."""
    return make_small_batch(tmp_path_factory.mktemp("bad"), 4, bad=True)
