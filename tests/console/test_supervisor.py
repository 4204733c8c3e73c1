"""The supervisor starts what dies again, leaves a bug alone, and leaves nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from services.console.supervisor import Supervisor, last_line
from tests.e2e.pipeline import SERVICES
from tests.processes import alive, until


def supervisor(service: str, folder: Path, said: list[str]) -> Supervisor:
    return Supervisor(
        {"STARTS": str(folder / "starts")},
        folder / "logs",
        on_change=said.append,
        services=(service,),
        package="tests.console.fakes",
        restart_delays_s=(0.01,),
    )


def test_a_service_that_met_a_bug_stays_down(tmp_path: Path) -> None:
    said: list[str] = []

    async def watch() -> None:
        async with supervisor("bug", tmp_path, said) as running:
            await until(lambda: bool(running.down()))
            assert running.down() == {"bug": 3}
            assert running.supervised["bug"].starts == 1

    asyncio.run(watch())
    assert said == ["bug stopped with exit code 3: paused at this message"]


def test_a_service_that_dies_starts_again_and_is_stopped_at_the_end(tmp_path: Path) -> None:
    said: list[str] = []

    async def watch() -> list[int]:
        async with supervisor("crash", tmp_path, said):
            await until(lambda: (tmp_path / "starts").exists() and len(_pids(tmp_path)) == 3)
            return _pids(tmp_path)

    pids = asyncio.run(watch())
    assert len(said) == 2
    assert not any(alive(pid) for pid in pids)


def test_the_last_word_of_a_log_is_its_message_without_the_traceback(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text('plain\n{"event": "paused: KeyError\\nTraceback (most recent call last):\\n  File", "level": "critical"}\n')
    assert last_line(log) == "paused: KeyError"
    log.write_text("\n")
    assert last_line(log) == "it logged nothing"


@pytest.mark.timeout(180)
def test_up_runs_all_services_restarts_a_killed_one_and_leaves_nothing(tmp_path: Path) -> None:
    up = subprocess.Popen(
        [sys.executable, "-m", "services.console", "up", "--port", "0", "--data", str(tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "RUMIAI_LOG_FORMAT": "json"},
    )
    assert up.stderr is not None
    try:
        assert "The services run on nats://127.0.0.1:" in up.stderr.readline()
        urls = asyncio.run(_urls(tmp_path))
        for url in urls.values():
            with urllib.request.urlopen(f"{url}/ready", timeout=5) as answer:
                assert answer.status == 200
        victim = _pid_of("services.features", up.pid)
        os.kill(victim, signal.SIGKILL)
        assert "features stopped with exit code -9" in up.stderr.readline()
        asyncio.run(until(lambda: _pid_of("services.features", up.pid) not in (0, victim)))
        children = _children(up.pid)
        assert len(children) >= len(SERVICES) + 1
    finally:
        up.send_signal(signal.SIGTERM)
        code = up.wait(60)
    assert code == 0
    assert not any(alive(pid) for pid in children)


async def _urls(folder: Path) -> dict[str, str]:
    """Where each service listens, read from its log."""
    found: dict[str, str] = {}

    def all_there() -> bool:
        for service in SERVICES:
            log = folder / "logs" / f"{service}.log"
            for line in log.read_text().splitlines() if log.exists() else []:
                if '"event": "http"' in line:
                    found[service] = line.split('"url": "')[1].split('"')[0]
        return len(found) == len(SERVICES)

    await until(all_there)
    return found


def _pids(folder: Path) -> list[int]:
    return [int(pid) for pid in (folder / "starts").read_text().split()]


def _children(parent: int) -> list[int]:
    threads = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for thread in threads for pid in thread.read_text().split()]


def _pid_of(module: str, parent: int) -> int:
    for pid in _children(parent):
        if module in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"):
            return pid
    return 0
