"""The whole pipeline on one machine: an embedded nats-server (or one given by URL) and the five services over a data folder."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from services.console.supervisor import Supervisor
from shared.bus.admin import apply, paused_consumers, resume
from shared.bus.embedded import EmbeddedServer
from shared.bus.settings import BusSettings
from shared.settings import Settings

_WATCH_EVERY_S = 0.5


class LocalStack:
    """`async with LocalStack(...)`: bus, topology and services are up inside the block.

    An external bus is used where `nats_url` is given. A bus that dies is started again over the same store.
    """

    def __init__(self, data_dir: Path, *, nats_url: str | None = None, port: int = 0, say: Callable[[str], None]) -> None:
        self.settings = Settings(data_dir=data_dir.resolve())
        self._server = None if nats_url else EmbeddedServer(data_dir.resolve() / "nats", port=port)
        self._nats_url = nats_url
        self._say = say
        self._watch: asyncio.Task[None] | None = None
        self.bus: BusSettings
        self.supervisor: Supervisor

    async def __aenter__(self) -> "LocalStack":
        if self._server:
            await asyncio.to_thread(self._server.start)
        try:
            self.bus = BusSettings(nats_url=self._server.url if self._server else str(self._nats_url))
            await apply(self.bus)
            await self._resume_paused()
            self.supervisor = Supervisor(self._environment(), self.settings.data_dir / "logs", on_change=self._say)
            await self.supervisor.__aenter__()
        except BaseException:
            await self._stop_server()
            raise
        self._watch = asyncio.create_task(self._keep_server())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await self.supervisor.__aexit__()
        await self._stop_server()

    def _environment(self) -> dict[str, str]:
        return {
            "RUMIAI_NATS_URL": self.bus.nats_url,
            "RUMIAI_DATA_DIR": str(self.settings.data_dir),
            "RUMIAI_ARTIFACTS_URL": self.settings.artifacts,
            "RUMIAI_DATABASE_URL": self.settings.database,
            "RUMIAI_HTTP_PORT": "0",  # five services on one machine can't share a port that was set for one
        }

    async def _resume_paused(self) -> None:
        """Starting the services by hand says that the bug is dealt with."""
        for consumer in await paused_consumers(self.bus):
            await resume(self.bus, consumer)
            self._say(f"{consumer} was paused by a bug; it goes on at the message it stopped at.")

    async def _keep_server(self) -> None:
        while self._server:
            await asyncio.sleep(_WATCH_EVERY_S)
            if self._server.pid is None:
                self._say("nats-server died; it starts again over the same store.")
                await asyncio.to_thread(self._server.restart)

    async def _stop_server(self) -> None:
        if self._server:
            await asyncio.to_thread(self._server.stop)
