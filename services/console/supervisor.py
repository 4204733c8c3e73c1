"""Runs the five services as child processes on one machine and starts them again when they die.

A service that stops with exit code 3 met a bug and paused its consumer: it stays down until someone resumes. One that
stops with 4 lacks something on this machine, which starting again can't cure.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from shared.contracts.failure import Stage
from shared.errors import EXIT_BUG, EXIT_UNAVAILABLE, EXIT_USAGE
from shared.process import die_with_parent

SERVICES = tuple(stage.value for stage in Stage)
_FINAL = (EXIT_BUG, EXIT_UNAVAILABLE, EXIT_USAGE)
_RESTART_DELAYS_S = (0.5, 1.0, 2.0, 5.0, 10.0)
_STOP_WITHIN_S = 15.0
_SAID_AT_MOST = 400


@dataclass
class Supervised:
    """One service: its process, how often it was started, and the exit code that keeps it down."""

    name: str
    process: asyncio.subprocess.Process | None = None
    starts: int = 0
    down: int | None = None


@dataclass
class Supervisor:
    """`async with Supervisor(...)`: services run inside the block and are stopped at its end."""

    environment: Mapping[str, str]
    logs: Path
    on_change: Callable[[str], None] = lambda _sentence: None
    services: tuple[str, ...] = SERVICES
    package: str = "services"
    restart_delays_s: tuple[float, ...] = _RESTART_DELAYS_S
    supervised: dict[str, Supervised] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _stopping: bool = False

    async def __aenter__(self) -> "Supervisor":
        self.logs.mkdir(parents=True, exist_ok=True)
        self.supervised = {name: Supervised(name) for name in self.services}
        self._tasks = [asyncio.create_task(self._keep(service)) for service in self.supervised.values()]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping = True
        await asyncio.gather(*(self._stop(service) for service in self.supervised.values()))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def down(self) -> dict[str, int]:
        """Services that stay down, with their exit codes."""
        return {service.name: service.down for service in self.supervised.values() if service.down is not None}

    def log_of(self, name: str) -> Path:
        """The log file of a service."""
        return self.logs / f"{name}.log"

    async def _keep(self, service: Supervised) -> None:
        while not self._stopping:
            code = await self._run_once(service)
            if self._stopping:
                return
            if code in _FINAL:
                service.down = code
                self.on_change(f"{service.name} stopped with exit code {code}: {last_line(self.log_of(service.name))}")
                return
            delay = self.restart_delays_s[min(service.starts, len(self.restart_delays_s)) - 1]
            self.on_change(f"{service.name} stopped with exit code {code}; it starts again in {delay:g} s.")
            await asyncio.sleep(delay)

    async def _run_once(self, service: Supervised) -> int:
        with self.log_of(service.name).open("ab") as log:
            service.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                f"{self.package}.{service.name}",
                env={**os.environ, **self.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )
        service.starts += 1
        return await service.process.wait()

    async def _stop(self, service: Supervised) -> None:
        process = service.process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), _STOP_WITHIN_S)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def last_line(log: Path) -> str:
    """What a service said last, for a person: the message of its last log line, without a traceback."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    if not lines:
        return "it logged nothing"
    try:
        said = str(json.loads(lines[-1])["event"])
    except (ValueError, KeyError, TypeError):
        said = lines[-1]
    return said.split("\nTraceback", 1)[0][:_SAID_AT_MOST]
