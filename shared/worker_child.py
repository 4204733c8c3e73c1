"""The child's side of ChildWorker: `python -m shared.worker_child MODULE` limits itself, then answers requests."""

import importlib
import json
import os
import resource
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import partial
from typing import NoReturn

from shared.errors import BadInput, RumiError, Transient, Unavailable
from shared.process import die_with_parent

SOCKET = "RUMIAI_WORKER_SOCKET"
PARENT = "RUMIAI_WORKER_PARENT"
LIMITS = "RUMIAI_WORKER_LIMITS"
FRAME = struct.Struct(">BQ")
"""A frame's head: its kind and the number of bytes that follow."""

Handle = Callable[[bytes], bytes]


class Kind(IntEnum):
    """What a frame carries."""

    READY = 0
    REQUEST = 1
    RESULT = 2
    ERROR = 3


@dataclass(frozen=True)
class Limits:
    """What the child may use; None leaves it unlimited. Core dumps are always off.

    The kernel holds it to all of them but `resident_bytes`, which the parent watches.
    """

    niceness: int = 0
    file_bytes: int | None = None
    address_space_bytes: int | None = None
    cpu_seconds: int | None = None
    resident_bytes: int | None = None

    def to_json(self) -> str:
        """For the child's environment."""
        return json.dumps(asdict(self))

    def impose(self) -> None:
        """On this process."""
        os.nice(self.niceness)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for kind, value in (
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_AS, self.address_space_bytes),
            (resource.RLIMIT_CPU, self.cpu_seconds),
        ):
            if value is not None:
                resource.setrlimit(kind, (value, value))


def serve(handle: Handle, *, setup: Callable[[], object] | None = None) -> NoReturn:
    """Answer requests until the parent closes the socket. `setup` runs once before the first one."""
    channel = _channel()
    try:
        if setup is not None:
            setup()
    except Exception as error:  # noqa: BLE001 - every error travels
        channel.send(Kind.ERROR, _report(error))
        sys.exit(1)
    channel.send(Kind.READY, b"")
    while (request := channel.receive()) is not None:
        try:
            kind, answer = Kind.RESULT, handle(request)
        except Exception as error:  # noqa: BLE001
            kind, answer = Kind.ERROR, _report(error)
        channel.send(kind, answer)
    sys.exit(0)


def main() -> None:
    """Entry point: the module's name is the only argument."""
    die_with_parent()
    if os.getppid() != int(os.environ[PARENT]):
        sys.exit(1)  # the parent died before the kernel was asked
    os.dup2(2, 1)  # what native libraries print belongs into the log
    Limits(**json.loads(os.environ[LIMITS])).impose()
    try:
        run = _runner(sys.argv[1])
    except Exception as error:  # noqa: BLE001
        _channel().send(Kind.ERROR, _report(error))
        sys.exit(1)
    run()


def _runner(name: str) -> Callable[[], object]:
    """The module's own `main`, which ends with `serve(handle)`; without one, its `handle` is served."""
    module = importlib.import_module(name)
    if hasattr(module, "main"):
        main: Callable[[], object] = module.main
        return main
    return partial(serve, module.handle, setup=getattr(module, "setup", None))


class _Channel:
    """The socket to the parent."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._input = connection.makefile("rb")

    def send(self, kind: Kind, payload: bytes) -> None:
        self._connection.sendall(FRAME.pack(kind, len(payload)) + payload)

    def receive(self) -> bytes | None:
        """The next request, or None when the parent is done."""
        head = self._input.read(FRAME.size)
        if len(head) < FRAME.size:
            return None
        size: int = FRAME.unpack(head)[1]
        payload = self._input.read(size)
        return payload if len(payload) == size else None


def _channel() -> _Channel:
    descriptor = int(os.environ[SOCKET])
    os.set_inheritable(descriptor, False)
    return _Channel(socket.socket(fileno=descriptor))


def _report(error: Exception) -> bytes:
    """An error as JSON: what kind it is, its reason if it has one, its sentence, where it came from."""
    kind, message = "bug", f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
        kind, message = "out_of_memory", str(error) if isinstance(error, RumiError) else "The worker ran out of memory."
    elif isinstance(error, BadInput):
        kind, message = "bad_input", str(error)
    elif isinstance(error, Transient):
        kind, message = "transient", str(error)
    elif isinstance(error, Unavailable):
        kind, message = "unavailable", str(error)
    report = {
        "kind": kind,
        "reason": getattr(error, "reason", None) if kind in {"bad_input", "transient"} else None,
        "message": message,
        "traceback": "".join(traceback.format_exception(error)),
    }
    return json.dumps(report).encode()


if __name__ == "__main__":
    main()
