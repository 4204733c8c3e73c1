"""Blocking work in a child process: answers, errors, limits, and every way it can die."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient, Unavailable, WorkerCrashed
from shared.worker import ChildBug, ChildWorker, Limits
from tests.bus.child_module import SETUP
from tests.processes import alive, until

MODULE = "tests.bus.child_module"
LONG = timedelta(seconds=30)


def run(steps: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(steps, 60))


def test_bytes_of_any_length_come_back_and_the_child_is_kept() -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        first = await worker.call(b"pid", timeout=LONG)
        for data in (b"", b"\x00\xff\n" * 3, os.urandom(3_000_000)):
            assert await worker.call(b"echo:" + data, timeout=LONG) == data
        assert await worker.call(b"print", timeout=LONG) == b"done"
        assert await worker.call(b"pid", timeout=LONG) == first
        await worker.close()
        assert worker.pid is None

    run(steps())


def test_the_child_gets_the_store_s_credentials_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("APIFY_TOKEN", "PGPASSWORD", "RUMIAI_DATABASE_URL", "RUMIAI_NATS_URL", "RUMIAI_NATS_NKEY_SEED")
    for name in (*secrets, "AWS_SECRET_ACCESS_KEY", "RUMIAI_DEBUG"):
        monkeypatch.setenv(name, "0")

    async def steps() -> None:
        worker = ChildWorker(MODULE)
        given = json.loads(await worker.call(b"environment", timeout=LONG))
        await worker.close()
        assert not given.keys() & set(secrets)
        assert {"AWS_SECRET_ACCESS_KEY", "RUMIAI_DEBUG", "PATH"} <= given.keys()

    run(steps())


@settings(max_examples=1, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=50, max_size=100))
def test_frames_never_mix(payloads: list[bytes]) -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        answers = await asyncio.gather(*(worker.call(b"echo:" + data, timeout=LONG) for data in payloads))
        assert answers == payloads
        await worker.close()

    run(steps())


def test_expected_errors_come_back_as_themselves_and_the_child_lives_on() -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        with pytest.raises(BadInput, match=r"The file is damaged\.") as bad:
            await worker.call(b"bad", timeout=LONG)
        assert bad.value.reason is FailureReason.CORRUPT_FILE
        pid = worker.pid
        with pytest.raises(Transient) as transient:
            await worker.call(b"transient", timeout=LONG)
        assert transient.value.reason is FailureReason.DOWNLOAD_FAILED
        with pytest.raises(Unavailable, match=r"There is no licence\."):
            await worker.call(b"unavailable", timeout=LONG)
        with pytest.raises(ChildBug, match=r"nobody expected this[\s\S]*Traceback[\s\S]*in handle"):
            await worker.call(b"bug", timeout=LONG)
        assert worker.pid == pid
        await worker.close()

    run(steps())


def test_out_of_memory_is_transient_and_replaces_the_child() -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        before = await worker.call(b"pid", timeout=LONG)
        with pytest.raises(Transient, match="out of memory"):
            await worker.call(b"memory", timeout=LONG)
        assert await worker.call(b"pid", timeout=LONG) != before
        await worker.close()

    run(steps())


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (b"segfault", r"^The worker was killed by SIGSEGV\.$"),
        (b"segfault:the second of two steps", r"^The worker was killed by SIGSEGV while at the second of two steps\.$"),
        (b"segfault:" + b"x" * 10_000, r"^The worker was killed by SIGSEGV while at x{4094}\.$"),
        (b"exit", "exit code 7"),
    ],
)
def test_a_child_that_dies_is_a_crash_and_the_next_call_starts_another(order: bytes, sentence: str) -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        with pytest.raises(WorkerCrashed, match=sentence) as crash:
            await worker.call(order, timeout=LONG)
        assert crash.value.reason is FailureReason.CRASHED
        assert await worker.call(b"echo:again", timeout=LONG) == b"again"
        await worker.close()

    run(steps())


def test_a_child_that_holds_too_much_memory_is_killed_and_the_next_call_starts_another() -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE, limits=Limits(resident_bytes=250 << 20))
        before = await worker.call(b"pid", timeout=LONG)
        with pytest.raises(WorkerCrashed, match=r"^The worker held more than 250 MiB of memory and was killed") as crash:
            await worker.call(b"hold:400000000", timeout=LONG)
        assert crash.value.reason is FailureReason.CRASHED
        assert await worker.call(b"pid", timeout=LONG) != before
        await worker.close()

    run(steps())


def test_the_time_limit_kills_the_child_and_what_it_started(tmp_path: Path) -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        await worker.call(b"echo:", timeout=LONG)
        with pytest.raises(WorkerCrashed, match=r"longer than 0\.7 s") as late:
            await worker.call(b"hang:" + str(tmp_path / "pids").encode(), timeout=timedelta(seconds=0.7))
        assert late.value.reason is FailureReason.TIMED_OUT
        for pid in (tmp_path / "pids").read_text().split():
            await gone(int(pid))
        await worker.close()

    run(steps())


def test_cancelling_the_call_kills_the_child_at_once(tmp_path: Path) -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE)
        task = asyncio.create_task(worker.call(b"hang:" + str(tmp_path / "pids").encode(), timeout=LONG))
        child, grandchild = await pids(tmp_path / "pids")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await gone(child)
        await gone(grandchild)
        assert await worker.call(b"echo:x", timeout=LONG) == b"x"
        await worker.close()

    run(steps())


def test_the_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import asyncio, datetime, sys\n"
        "from shared.worker import ChildWorker\n"
        f"call = ChildWorker({MODULE!r}).call(b'hang:' + sys.argv[1].encode(), timeout=datetime.timedelta(hours=1))\n"
        "asyncio.run(call)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "pids")])

    async def steps() -> None:
        child, grandchild = await pids(tmp_path / "pids")
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        await gone(child)
        os.kill(grandchild, signal.SIGKILL)

    run(steps())


def test_limits_are_set_in_the_child_only() -> None:
    async def steps() -> None:
        worker = ChildWorker(MODULE, limits=Limits(niceness=3, file_bytes=10**9, address_space_bytes=2**40))
        assert json.loads(await worker.call(b"limits", timeout=LONG)) == [[0, 10**9, 2**40], os.nice(0) + 3]
        await worker.close()

    run(steps())


def test_errors_of_the_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps() -> None:
        with pytest.raises(ChildBug, match="no_such_module"):
            await ChildWorker("no_such_module").call(b"", timeout=LONG)
        monkeypatch.setenv(SETUP, "1")
        with pytest.raises(Unavailable, match=r"There are no weights\."):
            await ChildWorker(MODULE).call(b"echo:", timeout=LONG)

    run(steps())


async def pids(file: Path) -> tuple[int, int]:
    """The child's and the grandchild's ids, once both run."""
    await until(lambda: file.exists() and len(file.read_text().split()) == 2)
    child, grandchild = map(int, file.read_text().split())  # noqa: ASYNC240 - a few bytes
    return child, grandchild


async def gone(pid: int) -> None:
    await until(lambda: not alive(pid), within_s=20)
