"""The embedded nats-server: data that outlive kill -9, a port that is taken, and a parent that dies."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import nats
import pytest

from shared.bus import embedded
from shared.bus.embedded import EmbeddedServer
from shared.errors import Unavailable
from tests.bus.test_child_worker import gone


def test_an_acknowledged_message_outlives_kill_9_on_the_same_port(tmp_path: Path) -> None:
    async def publish() -> None:
        client = await nats.connect(server.url)
        await client.jetstream().add_stream(name="S", subjects=["s"])
        await client.jetstream().publish("s", b"kept")
        await client.close()

    async def read() -> bytes | None:
        client = await nats.connect(server.url)
        message = await client.jetstream().get_last_msg("S", "s")
        await client.close()
        return message.data

    with EmbeddedServer(tmp_path) as server:
        url, pid = server.url, server.pid
        asyncio.run(publish())
        server.kill()
        assert server.pid is None
        server.start()
        assert server.url == url
        assert server.pid != pid
        assert asyncio.run(read()) == b"kept"
        server.restart()
        assert asyncio.run(read()) == b"kept"


def test_syncs_every_message_to_disk(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path):
        assert "sync_interval: always" in (tmp_path / "nats-server.conf").read_text()


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unavailable, match=rf"did not start: port {port} is in use; give another one\."):
            EmbeddedServer(tmp_path, port=port).start()


def test_two_servers_never_share_a_folder(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path), pytest.raises(Unavailable, match="Another rumiai command, or its nats-server, works in"):
        EmbeddedServer(tmp_path).start()
    with EmbeddedServer(tmp_path):
        pass


def test_a_folder_that_can_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="can't keep its data in"):
        EmbeddedServer(tmp_path / "file").start()


def test_a_missing_executable_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="make setup"):
        embedded.executable()


def test_the_server_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom shared.bus.embedded import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]))\nserver.start()\nprint(server.pid, flush=True)\nsys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    os.kill(pid, 0)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    asyncio.run(gone(pid))
