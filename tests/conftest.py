"""Fixtures that every room uses: a real nats-server per test, bus settings with short waits, and the folder of real input."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.bus.embedded import EmbeddedServer
from shared.bus.settings import BusSettings

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A nats-server of this test alone, without any topology; it can be killed and restarted."""
    with EmbeddedServer(tmp_path / "nats") as server:
        yield server


@pytest.fixture
def bus_settings(nats_server: EmbeddedServer) -> BusSettings:
    """Settings for that server with waits short enough for tests."""
    return BusSettings(
        nats_url=nats_server.url,
        ack_wait=timedelta(seconds=2),
        heartbeat=timedelta(seconds=0.5),
        pull_timeout=timedelta(seconds=1),
        publish_timeout=timedelta(seconds=1),
        watch_interval=timedelta(seconds=0.2),
        retry_delays=(timedelta(seconds=0.1),),
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input that lies beside a developer's checkout; tests that need it are skipped without it."""
    if not _DATA.is_dir():
        pytest.skip("this test needs the folder shared/data beside the checkout")
    return _DATA


pytest_plugins = ["tests.storage"]
