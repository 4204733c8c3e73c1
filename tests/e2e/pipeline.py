"""A real pipeline for tests: a nats-server of its own and every service as its own process, each to be killed at will."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from services.console.submission import requested
from services.console.tail import BatchTail
from shared.bus import admin
from shared.bus.connection import connect
from shared.bus.dlq import DeadLetter
from shared.bus.embedded import EmbeddedServer
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.events import BatchRequested, Event
from shared.ledger import BatchLedger
from shared.request_file import load_request
from shared.settings import Settings

SERVICES = ("acquisition", "analyzer", "features", "trainer", "reporter")
PATIENCE_S = 180.0


class Pipeline:
    """Everything of one test lies in `folder`."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.server = EmbeddedServer(folder / "nats")
        self.extra = dict(environment or {})
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Pipeline":
        self.server.start()
        asyncio.run(admin.apply(self.bus))
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
            process.wait()
        self.server.stop()

    @property
    def environment(self) -> dict[str, str]:
        """What a service gets: short waits, so that a killed worker's message comes back within seconds."""
        return {
            **os.environ,
            "RUMIAI_NATS_URL": self.server.url,
            "RUMIAI_DATA_DIR": str(self.folder / "data"),
            "RUMIAI_HTTP_PORT": "0",
            "RUMIAI_ACK_WAIT": "4",
            "RUMIAI_HEARTBEAT": "1",
            "RUMIAI_PULL_TIMEOUT": "2",
            "RUMIAI_LOG_FORMAT": "json",
            **self.extra,
        }

    @property
    def bus(self) -> BusSettings:
        """The bus settings the services run with."""
        given = {name.removeprefix("RUMIAI_").lower(): value for name, value in self.environment.items()}
        return BusSettings(nats_url=self.server.url, ack_wait=float(given["ack_wait"]), heartbeat=float(given["heartbeat"]))  # type: ignore[arg-type]

    @property
    def settings(self) -> Settings:
        """Where the services keep their data."""
        names = {"data_dir": "RUMIAI_DATA_DIR", "artifacts_url": "RUMIAI_ARTIFACTS_URL", "database_url": "RUMIAI_DATABASE_URL"}
        return Settings(**{name: self.environment[key] for name, key in names.items() if key in self.environment})  # type: ignore[arg-type]

    def start(self, *services: str, extra: Mapping[str, str] | None = None, name: str | None = None) -> None:
        """Start services (all, when none is named); `name` tells a second process of the same service apart."""
        for service in services or SERVICES:
            with self.log(name or service).open("ab") as log:
                self.processes[name or service] = subprocess.Popen(
                    [sys.executable, "-m", f"services.{service}"],
                    env={**self.environment, **(extra or {})},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )

    def log(self, name: str) -> Path:
        """The log of a process."""
        return self.folder / f"{name}.log"

    def kill(self, name: str) -> None:
        """kill -9."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def terminate(self, name: str) -> int:
        """SIGTERM; returns the exit code."""
        self.processes[name].terminate()
        return self.processes[name].wait(30)

    def submit(self, request_file: Path) -> BatchRequested:
        """Publish a request as ops do."""
        event = requested(load_request(request_file))

        async def emit() -> None:
            async with connect(self.bus) as client:
                await Publisher(client.jetstream, self.bus).emit(event)

        asyncio.run(emit())
        return event

    def read(self, event: BatchRequested) -> tuple[list[Event], list[DeadLetter]]:
        """Every event and dead letter of a batch so far, in the order of each stream."""

        async def read() -> tuple[list[Event], list[DeadLetter]]:
            async with connect(self.bus) as client:
                return await BatchTail(event.client, event.batch, event.run).read(client.jetstream())

        return asyncio.run(read())

    def ledger(self, event: BatchRequested) -> BatchLedger:
        """The batch's ledger as it stands."""
        ledger = BatchLedger()
        for seen in self.read(event)[0]:
            ledger.apply(seen)
        return ledger

    def wait_until(self, what: str, condition: Callable[[], bool], *, watch: Iterable[str] = ()) -> None:
        """Look until the condition holds; fails with the logs' ends when a watched process dies or patience runs out."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            dead = [name for name in watch if self.processes[name].poll() is not None]
            if dead or time.monotonic() > deadline:
                raise AssertionError(f"while waiting for {what}: {dead or 'time is up'}\n{self.tails()}")
            time.sleep(0.1)

    def wait_complete(self, event: BatchRequested) -> BatchLedger:
        """Wait until every report of the batch is there."""
        self.wait_until("the batch to complete", lambda: self.ledger(event).complete)
        return self.ledger(event)

    def consumer(self, name: str) -> tuple[int, int, bool]:
        """(waiting, in work, paused) of a service's consumer."""
        info = next(info for info in asyncio.run(admin.consumers(self.bus)) if info.name == name)
        return info.num_pending or 0, info.num_ack_pending or 0, bool(info.paused)

    def tails(self, lines: int = 15) -> str:
        """The ends of all logs."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) for log in logs)
