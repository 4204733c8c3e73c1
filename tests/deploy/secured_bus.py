"""A real nats-server under deploy/nats/server.conf with freshly made keys; only addresses and the folder are its own."""

import json
import shutil
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import nats
from nats.aio.client import Client

from shared.bus.connection import inbox_prefix
from shared.bus.embedded import executable
from shared.bus.settings import BusSettings
from tools.make_nkeys import make

ROOT = Path(__file__).parents[2]


@dataclass
class SecuredBus:
    """`with SecuredBus(folder) as bus`: `bus.settings("analyzer")` connects as that service."""

    folder: Path
    urls: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        for conf in (ROOT / "deploy" / "nats").glob("*.conf"):
            shutil.copy(conf, self.folder)
        make(self.folder)
        text = self.config.read_text()
        assert text.count('"/data/jetstream"') == 1
        self.config.write_text(text.replace("/data/jetstream", str(self.folder / "js")))
        arguments = ["-c", str(self.config), "-a", "127.0.0.1", "-p", "-1", "-m", "-1"]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [executable(), *arguments, "--ports_file_dir", str(self.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._read_ports(self.process)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(10)

    @property
    def config(self) -> Path:
        """The server's configuration file."""
        return self.folder / "server.conf"

    def settings(self, user: str) -> BusSettings:
        """What a service on another host would have in its environment."""
        return BusSettings(nats_url=self.urls["nats"][0], nats_nkey_seed_file=self.folder / "keys" / f"{user}.nk")

    async def connect(self, user: str, refusals: list[str] | None = None) -> Client:
        """A plain client with the user's key; what the server refuses is appended to `refusals`."""

        async def remember(error: Exception) -> None:
            if refusals is not None:
                refusals.append(str(error))

        return await nats.connect(
            self.urls["nats"][0],
            nkeys_seed=str(self.folder / "keys" / f"{user}.nk"),
            inbox_prefix=inbox_prefix(user),
            error_cb=remember,
            allow_reconnect=False,
        )

    def monitoring(self, path: str) -> dict[str, Any]:
        """A page of the server's monitoring port."""
        with urllib.request.urlopen(f"{self.urls['monitoring'][0]}/{path}", timeout=5) as answer:
            page: dict[str, Any] = json.load(answer)
            return page

    def _read_ports(self, process: subprocess.Popen[bytes]) -> None:
        """The server writes its addresses to a file once it listens."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            for path in self.folder.glob("*.ports"):
                if text := path.read_text():
                    self.urls = json.loads(text)
                    return
            time.sleep(0.02)
        raise AssertionError(f"nats-server did not start: {(self.folder / 'log').read_text()}")
