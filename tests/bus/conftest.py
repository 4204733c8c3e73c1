"""A bus with the topology on it, and what tests do with it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from shared.bus import admin
from shared.bus.connection import connect
from shared.bus.embedded import EmbeddedServer
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import Event, VideoFailed, VideoSelected, message_id
from tests.bus.example_service import FIXED, STARTS

PATIENCE_S = 30.0
REF = ArtifactRef(key="public/videos/x", sha256="0" * 64, size=1, media_type="video/mp4")


def selected(video_id: str) -> VideoSelected:
    """A valid event; the example service does what the id's first word says."""
    return VideoSelected(
        event_id=message_id("acquisition", "1", client="acme", batch="b1", run="r1", item=video_id),
        client="acme",
        batch="b1",
        video_id=video_id,
        bucket=Bucket.S16_30,
        video=REF,
        record=REF,
    )


@dataclass
class Bus:
    """A server with the topology."""

    server: EmbeddedServer
    settings: BusSettings
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        """A connection for looking."""
        async with connect(self.settings) as client:
            yield client

    def publish(self, *events: Event, before_third: Callable[[], object] = lambda: None) -> None:
        """As a service does; something may happen in between."""

        async def emit() -> None:
            async with self.client() as client:
                for number, event in enumerate(events):
                    if number == 2:
                        before_third()
                    await Publisher(client.jetstream, self.settings).emit(event)

        asyncio.run(emit())

    def publish_raw(self, subject: str, data: bytes) -> None:
        """As somebody careless does."""

        async def emit() -> None:
            async with self.client() as client:
                await client.jetstream().publish(subject, data)

        asyncio.run(emit())

    def messages(self, stream: str) -> list[tuple[str, bytes, dict[str, str]]]:
        """Everything in a stream."""

        async def read() -> list[tuple[str, bytes, dict[str, str]]]:
            async with self.client() as client:
                return [found async for found in _read(client, stream)]

        return asyncio.run(read())

    def failures(self) -> list[VideoFailed]:
        """Every video.failed so far."""
        return [
            VideoFailed.from_bytes(data) for subject, data, _ in self.messages("LEDGER") if subject.startswith("video.failed")
        ]

    def wait(self, stream: str, count: int) -> list[tuple[str, bytes, dict[str, str]]]:
        """Block on the server, without polling, until the stream has that many messages."""

        async def arrive() -> None:
            async with self.client() as client:
                sub = await client.jetstream().subscribe(">", stream=stream, ordered_consumer=True)
                async with asyncio.timeout(PATIENCE_S):
                    for _ in range(count):
                        await sub.next_msg(PATIENCE_S)

        asyncio.run(arrive())
        return self.messages(stream)

    def paused(self) -> tuple[str, ...]:
        """Names of paused consumers."""
        return asyncio.run(admin.paused_consumers(self.settings))

    @property
    def starts(self) -> list[str]:
        """Ids of the videos whose handler was started, in order."""
        path = self.folder / "starts"
        return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []

    def start(self, *, fixed: bool = False, on_bug: str = "fail_fast", **extra: str) -> subprocess.Popen[bytes]:
        """The example service as a process of its own."""
        environment = {
            **os.environ,
            "RUMIAI_NATS_URL": self.settings.nats_url,
            "RUMIAI_ACK_WAIT": str(self.settings.ack_wait.total_seconds()),
            "RUMIAI_HEARTBEAT": str(self.settings.heartbeat.total_seconds()),
            "RUMIAI_PULL_TIMEOUT": "1",
            "RUMIAI_WATCH_INTERVAL": "0.2",
            "RUMIAI_RETRY_DELAYS": "[0.1]",
            "RUMIAI_ON_BUG": on_bug,
            STARTS: str(self.folder / "starts"),
            FIXED: "1" if fixed else "0",
            **extra,
        }
        (self.folder / "starts").touch()
        with (self.folder / "service.log").open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "tests.bus.example_service"], env=environment, stderr=log)
        self.processes.append(process)
        return process

    @contextmanager
    def running(self, **options: str) -> Iterator[subprocess.Popen[bytes]]:
        """The same until the end of the block."""
        process = self.start(**options)  # type: ignore[arg-type]
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def pending(self) -> tuple[int, int]:
        """(waiting, in work) of the analyzer's consumer."""
        info = next(info for info in asyncio.run(admin.consumers(self.settings)) if info.name == "analyzer")
        return info.num_pending or 0, info.num_ack_pending or 0

    def resume(self) -> None:
        """`rumiai resume analyzer`."""
        assert asyncio.run(admin.resume(self.settings, "analyzer"))

    def apply(self, **changes: timedelta) -> None:
        """`rumiai bus apply`, with other settings where they are given."""
        asyncio.run(admin.apply(self.settings.model_copy(update=changes)))

    def delete_stream(self, name: str) -> None:
        """As a careless operator does."""

        async def delete() -> None:
            async with self.client() as client:
                await client.jetstream().delete_stream(name)

        asyncio.run(delete())

    def delete_consumer(self) -> None:
        """The analyzer's."""

        async def delete() -> None:
            async with self.client() as client:
                await client.jetstream().delete_consumer("VIDEO", "analyzer")

        asyncio.run(delete())

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """For what happens in other processes, which tell nobody."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def wait_for_starts(self, count: int) -> None:
        """Until that many handlers were started."""
        self.wait_until(lambda: len(self.starts) >= count)

    def wait_for_log(self, text: str) -> None:
        """Until a service logs it."""
        self.wait_until(lambda: text in self.log)

    def wait_until_ready(self) -> None:
        """Until every process that was started has been ready."""
        self.wait_until(lambda: self.log.count('"event": "http"') >= len(self.processes))

    def wait_until_settled(self) -> None:
        """Until nothing waits and nothing is in work."""
        self.wait_until(lambda: self.pending() == (0, 0))

    @property
    def log(self) -> str:
        """What the processes logged."""
        return (self.folder / "service.log").read_text()


async def _read(client: Client, stream: str) -> AsyncIterator[tuple[str, bytes, dict[str, str]]]:
    sequence = 1
    while True:
        try:
            raw = await client.jetstream().get_msg(stream, seq=sequence, subject=">", next=True)
        except NotFoundError:
            return
        assert raw.seq is not None
        sequence = raw.seq + 1
        yield raw.subject or "", raw.data or b"", dict(raw.headers or {})


@pytest.fixture
def bus(nats_server: EmbeddedServer, bus_settings: BusSettings, tmp_path: Path) -> Iterator[Bus]:
    """A real server with the topology."""
    asyncio.run(admin.apply(bus_settings))
    bus = Bus(nats_server, bus_settings, tmp_path)
    yield bus
    for process in bus.processes:
        if process.poll() is None:
            process.kill()
        process.wait()
