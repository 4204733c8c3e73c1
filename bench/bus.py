"""What a message costs on a real nats-server that syncs every write: publishing alone, and a whole stage."""

import asyncio
import tempfile
import time
from pathlib import Path

from shared.bus import admin
from shared.bus.connection import connect
from shared.bus.embedded import EmbeddedServer
from shared.bus.publisher import Publisher
from shared.bus.service import build_service
from shared.bus.settings import BusSettings
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import VideoAnalyzed, VideoSelected, message_id
from shared.telemetry import configure_logging

MESSAGES = 500
REF = ArtifactRef(key="public/videos/00/x", sha256="0" * 64, size=1, media_type="video/mp4")


def main() -> None:
    """Print milliseconds per message and how many events were published."""
    configure_logging("bench")
    with tempfile.TemporaryDirectory() as folder, EmbeddedServer(Path(folder)) as server:
        publish_s, stage_s, published, duplicates = asyncio.run(_measure(BusSettings(nats_url=server.url)))
    print(f"\nbus, {MESSAGES} messages one by one, sync_interval always")
    print(f"  publish with receipt               {publish_s / MESSAGES * 1000:6.2f} ms per message")
    print(f"  a whole stage (pull, validate, publish, ack)  {stage_s / MESSAGES * 1000:6.2f} ms per message")
    print(f"  against a 10 s analysis            {stage_s / MESSAGES / 10 * 100:6.3f} %")
    print(f"  events published                   {published} ({duplicates} duplicates)")


async def _measure(settings: BusSettings) -> tuple[float, float, int, int]:
    await admin.apply(settings)
    async with connect(settings) as client:
        started = time.perf_counter()
        publisher = Publisher(client.jetstream, settings)
        for number in range(MESSAGES):
            await publisher.emit(_selected(number))
        publish_s = time.perf_counter() - started
    done = asyncio.Event()
    service = build_service("analyzer", settings)

    async def on_video_selected(event: VideoSelected) -> None:
        await service.publisher.emit(_analyzed(event))
        if service.publisher.published == MESSAGES:
            done.set()

    service.subscribe(on_video_selected)
    started = time.perf_counter()
    await service.start()
    await done.wait()
    stage_s = time.perf_counter() - started
    await service.hand_over()
    await service.stop()
    return publish_s, stage_s, service.publisher.published, service.publisher.duplicates


def _id(stage: str, video: str) -> str:
    return message_id(stage, "1", client="bench", batch="bench", run="r1", item=video)


def _selected(number: int) -> VideoSelected:
    video = f"{number:019d}"
    return VideoSelected(
        event_id=_id("acquisition", video), client="bench", batch="bench", video_id=video, bucket=Bucket.S0_15,
        video=REF, record=REF,
    )  # fmt: skip


def _analyzed(event: VideoSelected) -> VideoAnalyzed:
    return VideoAnalyzed(
        event_id=_id("analyzer", event.video_id), causation_id=event.event_id, client=event.client, batch=event.batch,
        video_id=event.video_id, bucket=event.bucket, video=REF, record=REF, analysis=REF, profile="bench",
    )  # fmt: skip


if __name__ == "__main__":
    main()
