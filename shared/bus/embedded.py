"""A nats-server of our own, for one machine and for tests: it keeps its data, and it never outlives its parent."""

import fcntl
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue
from typing import IO, Self

from shared.errors import Unavailable
from shared.process import die_with_parent

_READY = "Server is ready"
_START_WITHIN_S = 30.0
_STOP_WITHIN_S = 10.0

_CONFIG = """\
server_name: rumiai
host: "127.0.0.1"
port: {port}
max_payload: 1MB
jetstream {{
  store_dir: "{store}"
  max_mem: 256MB
  max_file: 32GB
  sync_interval: always
}}
"""
# max_file is given because the default, three quarters of the free disk, refuses our streams on a small one.


class EmbeddedServer:
    """`with EmbeddedServer(folder) as server: server.url`. Port 0 takes a free one and keeps it over restarts."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder = folder.resolve()
        self.port = port
        self._process: subprocess.Popen[str] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """The address for clients."""
        return f"nats://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and return once JetStream serves. Raises Unavailable for a taken port or folder, or a missing server."""
        self._claim_folder()
        self.port = self.port or _free_port()
        config = self.folder / "nats-server.conf"
        config.write_text(_CONFIG.format(port=self.port, store=self.folder / "jetstream"))
        self._run(config)

    def stop(self) -> None:
        """Stop in an orderly way; the data stay."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._reap()

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._reap()

    def restart(self) -> None:
        """Start again on the same port with the same data."""
        self.stop()
        self.start()

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _claim_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._reap()
            raise Unavailable(
                f"Another rumiai command, or its nats-server, works in {self.folder}:"
                " wait for it, stop it, or choose another folder."
            ) from error
        except OSError as error:
            raise Unavailable(f"The bus can't keep its data in {self.folder}: {error.strerror}.") from error

    def _run(self, config: Path) -> None:
        """Spawn the server and wait for the line that says it serves, or for its end."""
        log = _Log(self.folder / "nats-server.log")
        spawned: Queue[subprocess.Popen[str] | OSError] = Queue()
        # The kernel kills the server when the thread that spawned it ends, so that thread stays and follows the log.
        threading.Thread(target=_spawn_and_follow, args=([executable(), "-c", str(config)], spawned, log), daemon=True).start()
        process = spawned.get()
        if isinstance(process, OSError):
            raise Unavailable(f"The embedded nats-server can't be run: {process.strerror}.") from process
        self._process = process
        if log.ready.wait(_START_WITHIN_S) and log.serves:
            return
        self.kill()
        raise Unavailable(f"The embedded nats-server did not start: {log.problem(self.port)}.")


class _Log:
    """The server's log: copied to a file, and read until it says that it serves."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = "it said nothing"
        self._port_taken = False
        self.serves = False
        self.ready = threading.Event()

    def follow(self, lines: IO[str]) -> None:
        """Until the server ends."""
        with self._path.open("a") as sink:
            for line in lines:
                sink.write(line)
                sink.flush()
                if not self.ready.is_set():
                    self._look(line.strip())
        self.ready.set()

    def _look(self, line: str) -> None:
        self._last = line or self._last
        self._port_taken |= "address already in use" in line
        if _READY in line:
            self.serves = True
            self.ready.set()

    def problem(self, port: int) -> str:
        """Why it did not start."""
        return f"port {port} is in use; give another one" if self._port_taken else self._last


def _spawn_and_follow(command: list[str], spawned: "Queue[subprocess.Popen[str] | OSError]", log: _Log) -> None:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C must stop the services first
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one C call, loaded before
        )
    except OSError as error:
        spawned.put(error)
        return
    spawned.put(process)
    assert process.stderr is not None
    with process.stderr as lines:
        log.follow(lines)


def executable() -> str:
    """The nats-server beside this Python, or the one on the PATH. Raises Unavailable if there is none."""
    beside = Path(sys.executable).with_name("nats-server")
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise Unavailable("There is no nats-server on this machine; install the pinned one with `make setup`.")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
