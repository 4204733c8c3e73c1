"""Runs blocking work in a child process that can be killed: the parent's event loop only waits.

    worker = ChildWorker(module="services.analyzer.worker", limits=Limits(niceness=5))
    answer = await worker.call(request, timeout=timedelta(minutes=10))
    await worker.close()

The module has a function `handle(request: bytes) -> bytes`, and if it likes `setup() -> None`, called once before; or a
`main()` of its own that ends with `serve(handle)`.
Requests and answers travel as length-prefixed frames over a socket of their own, so nothing that a native library prints
can corrupt them. Errors that the child raises come back as what they were; anything unexpected is a ChildBug. What the child
last said it was at with `note(...)` stands in the sentence about its death.
"""

import asyncio
import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient, Unavailable, WorkerCrashed
from shared.worker_child import FRAME, LIMITS, PARENT, SOCKET, Kind, Limits, serve
from shared.worker_note import NOTE, NotePage, note

__all__ = ["ChildBug", "ChildWorker", "Limits", "note", "serve"]

WATCH_S = 0.2
"""Between two looks at a child's memory: what it may take meanwhile is little beside any limit."""
_WITHHELD = ("APIFY_", "PGPASS", "RUMIAI_DATABASE_", "RUMIAI_NATS_")
"""A child opens media from anywhere and needs no account, bus or database: only the artifact store, whose AWS_* it keeps."""


class ChildBug(Exception):  # noqa: N818 - reads as what it is
    """The child raised something unexpected; the text ends with its traceback."""


class ChildWorker:
    """One child process, started at the first call and again after it died. Calls run one after another."""

    def __init__(self, module: str, *, limits: Limits | None = None, start_timeout: timedelta = timedelta(minutes=2)) -> None:
        self._module = module
        self._limits = limits or Limits()
        self._start_timeout = start_timeout
        self._child: _Child | None = None
        self._dying: list[_Child] = []
        self._one_at_a_time = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        return self._child.pid if self._child is not None and self._child.alive else None

    async def call(self, request: bytes, *, timeout: timedelta) -> bytes:  # noqa: ASYNC109 - the child's own limit
        """The child's answer.

        Raises BadInput, Transient or Unavailable as the child raised them, ChildBug for anything else it raised, and
        WorkerCrashed when it died or ran out of memory (`crashed`) or ran over the time limit and was killed (`timed_out`).
        Starting the child has a limit of its own. Cancelling the call kills the child at once.
        """
        async with self._one_at_a_time:
            try:
                child = await self._started()
                return await child.exchange(Kind.REQUEST, request, timeout)
            except (BadInput, Unavailable, ChildBug):
                raise
            except Transient as error:
                if isinstance(error, WorkerCrashed):
                    await self.close()
                raise
            except BaseException:
                self.kill()
                raise

    async def close(self) -> None:
        """Kill the child and wait for its end."""
        self.kill()
        while self._dying:
            await self._dying.pop().ended()

    def kill(self) -> None:
        """kill -9 the child and everything it started; the next call starts a new one."""
        if self._child is not None:
            self._child.kill()
            self._dying.append(self._child)
            self._child = None

    async def _started(self) -> "_Child":
        if self._child is not None and self._child.alive:
            return self._child
        await self.close()
        self._child = await _Child.spawn(self._module, self._limits)
        try:
            await self._child.exchange(None, b"", self._start_timeout)
        except Exception:
            await self.close()
            raise
        return self._child


class _Child:
    """A running child and the socket to it."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        page: NotePage,
        resident_bytes: int | None,
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self._page = page
        self._resident_bytes = resident_bytes
        self._held_too_much = False
        self.pid = process.pid

    @classmethod
    async def spawn(cls, module: str, limits: Limits) -> "_Child":
        ours, theirs = socket.socketpair()
        with theirs, NotePage() as page:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "shared.worker_child",
                module,
                env={
                    **_inherited(),
                    SOCKET: str(theirs.fileno()),
                    PARENT: str(os.getpid()),
                    LIMITS: limits.to_json(),
                    NOTE: str(page.descriptor),
                },
                pass_fds=(theirs.fileno(), page.descriptor),
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # its own process group, so that it can be killed with all it started
            )
        return cls(process, *await asyncio.open_connection(sock=ours), page, limits.resident_bytes)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None and not self._reader.at_eof()

    async def exchange(self, kind: Kind | None, payload: bytes, limit: timedelta) -> bytes:
        """Send a frame (None: only wait for the child to be ready) and return the answer's payload."""
        watch = asyncio.create_task(self._watch())
        try:
            async with asyncio.timeout(limit.total_seconds()):
                if kind is not None:
                    self._writer.write(FRAME.pack(kind, len(payload)) + payload)
                    await self._writer.drain()
                answer, size = FRAME.unpack(await self._reader.readexactly(FRAME.size))
                content = await self._reader.readexactly(size)
        except TimeoutError as error:
            self.kill()
            raise WorkerCrashed(
                f"The worker took longer than {limit.total_seconds():g} s and was killed{self._at()}.", FailureReason.TIMED_OUT
            ) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerCrashed(await self.ended(), FailureReason.CRASHED) from error
        finally:
            watch.cancel()
        if Kind(answer) is Kind.ERROR:
            raise _raised(content)
        return content

    async def _watch(self) -> None:
        """Kill the child once it holds more memory than it may."""
        while self._resident_bytes is not None and self._process.returncode is None:
            if _resident(self.pid) > self._resident_bytes:
                self._held_too_much = True
                self.kill()
            await asyncio.sleep(WATCH_S)

    async def ended(self) -> str:
        """Kill what is left and wait; a sentence about how the child itself had ended."""
        with suppress(TimeoutError):  # the socket closes a moment before the exit code is known
            await asyncio.wait_for(self._process.wait(), 1.0)
        self.kill()
        code = await self._process.wait()
        self._writer.close()
        if self._resident_bytes is not None and self._held_too_much:
            return f"The worker held more than {self._resident_bytes >> 20} MiB of memory and was killed{self._at()}."
        if code >= 0:
            return f"The worker ended by itself with exit code {code}{self._at()}."
        return f"The worker was killed by {signal.Signals(-code).name}{self._at()}."

    def _at(self) -> str:
        """What the child noted last."""
        noted = self._page.read()
        return f" while at {noted}" if noted else ""

    def kill(self) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self._writer.close()


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_WITHHELD)}


def _raised(content: bytes) -> Exception:
    """The error that a child reported."""
    error = json.loads(content)
    message = error["message"]
    match error["kind"]:
        case "bad_input":
            return BadInput(FailureReason(error["reason"]), message)
        case "transient":
            return Transient(message, FailureReason(error["reason"]))
        case "out_of_memory":
            return WorkerCrashed(message, FailureReason.CRASHED)
        case "unavailable":
            return Unavailable(message)
    return ChildBug(f"{message}\n{error['traceback']}")
