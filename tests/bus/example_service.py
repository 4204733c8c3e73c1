"""A minimal service on the bus: `python -m tests.bus.example_service`, with a handler that does what the video's id says."""

import asyncio
import os
import signal
import time
from pathlib import Path

from shared.bus.publisher import Publisher
from shared.bus.runner import run_service
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.base import ArtifactRef
from shared.contracts.events import VideoAnalyzed, VideoSelected, message_id
from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient, Unavailable

FIXED = "RUMIAI_TEST_FIXED"
STARTS = "RUMIAI_TEST_STARTS"


class Handlers:
    """Holds what the handler needs."""

    def __init__(self, publisher: Publisher, starts: Path) -> None:
        self._publisher = publisher
        self._starts = starts

    async def on_video_selected(self, event: VideoSelected) -> None:
        """Note the start, misbehave as asked, announce the result."""
        with self._starts.open("a") as log:
            log.write(f"{event.video_id} {os.getpid()}\n")
        await self._misbehave(event.video_id.split("-")[0])
        await self._publisher.emit(analyzed(event))

    async def _misbehave(self, kind: str) -> None:  # noqa: C901 - a list of tricks
        starts = sum(line.startswith(f"{kind}-") for line in self._starts.read_text().splitlines())
        match kind:
            case "corrupt":
                raise BadInput(FailureReason.CORRUPT_FILE, "The file is damaged.")
            case "flaky" if starts < 3:
                raise Transient("The network was away.")
            case "down":
                raise Transient("The network is away.", reason=FailureReason.DOWNLOAD_FAILED)
            case "bug" if os.environ.get(FIXED) != "1":
                raise ValueError("a bug")
            case "unavailable":
                raise Unavailable("There are no weights.")
            case "crash":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang" if starts <= int(os.environ.get("RUMIAI_TEST_HANGS", "1")):
                await asyncio.Event().wait()
            case "disconnect":
                await self._publisher._jetstream()._nc.close()
            case "block":
                await asyncio.to_thread(time.sleep, 60)
            case "slow":
                await asyncio.sleep(0.3)


def analyzed(event: VideoSelected) -> VideoAnalyzed:
    """The same id for the same video."""
    return VideoAnalyzed(
        event_id=message_id("analyzer", "1", client=event.client, batch=event.batch, run=event.run, item=event.video_id),
        causation_id=event.event_id,
        client=event.client,
        batch=event.batch,
        video_id=event.video_id,
        bucket=event.bucket,
        video=event.video,
        record=event.record,
        analysis=ArtifactRef(key="public/analyses/x", sha256="0" * 64, size=0, media_type="application/json"),
        profile="test",
    )


def build_app(settings: BusSettings) -> Service:
    """The factory; nothing connects here."""
    service = build_service("analyzer", settings)
    handlers = Handlers(service.publisher, Path(os.environ[STARTS]))
    service.subscribe(handlers.on_video_selected)
    return service


if __name__ == "__main__":
    run_service(build_app, BusSettings)
