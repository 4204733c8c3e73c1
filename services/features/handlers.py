"""video.analyzed becomes a stored feature row and features.ready."""

import asyncio

from services.features.derive import derive
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore
from shared.bus.publisher import Publisher
from shared.contracts.events import FeaturesReady, VideoAnalyzed
from shared.contracts.failure import Stage


class FeaturesHandlers:
    """Holds what the handler needs; one message at a time."""

    def __init__(self, *, store: FeaturesStore, artifacts: ArtifactStore, publisher: Publisher) -> None:
        self._store = store
        self._artifacts = artifacts
        self._publisher = publisher

    async def on_video_analyzed(self, event: VideoAnalyzed) -> None:
        """Compute, store, announce."""
        row, ref = await asyncio.to_thread(derive, event, store=self._store, artifacts=self._artifacts)
        await self._publisher.emit(
            FeaturesReady(
                **event.leads_to(Stage.FEATURES, row.catalogue_version, item=event.video_id),
                video_id=event.video_id,
                bucket=event.bucket,
                row=ref,
                catalogue_version=row.catalogue_version,
                profile=row.profile,
            )
        )
