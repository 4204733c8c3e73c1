"""A module for ChildWorker's tests: it does what the request says."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient, Unavailable
from shared.worker import note

SETUP = "RUMIAI_TEST_SETUP"


def setup() -> None:
    """Fails when the test says so."""
    if SETUP in os.environ:
        raise Unavailable("There are no weights.")


def handle(request: bytes) -> bytes:  # noqa: C901, PLR0912 - a list of tricks
    """Misbehave as asked."""
    order, _, argument = request.partition(b":")
    match order.decode():
        case "echo":
            return argument
        case "pid":
            return str(os.getpid()).encode()
        case "environment":
            return json.dumps(dict(os.environ)).encode()
        case "print":
            os.write(1, b"noise from a native library\n")
            print("and from Python", flush=True)
        case "bad":
            raise BadInput(FailureReason.CORRUPT_FILE, "The file is damaged.")
        case "transient":
            raise Transient("The network was away.", FailureReason.DOWNLOAD_FAILED)
        case "unavailable":
            raise Unavailable("There is no licence.")
        case "bug":
            raise KeyError("nobody expected this")
        case "memory":
            raise MemoryError
        case "hold":
            held = b"x" * int(argument)
            note(f"holding {len(held)}")
            time.sleep(600)
        case "segfault":
            note(argument.decode())
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(7)
        case "hang":
            Path(argument.decode()).write_text(f"{os.getpid()} {_grandchild()}")
            time.sleep(600)
        case "limits":
            kinds = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_AS)
            return json.dumps([[resource.getrlimit(kind)[0] for kind in kinds], os.nice(0)]).encode()
    return b"done"


def _grandchild() -> int:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid
