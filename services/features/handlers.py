"""video.analyzed becomes a stored feature row and features.ready."""

import asyncio

from services.features.rows import build_row
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore, client_prefix
from shared.bus.publisher import Publisher
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef
from shared.contracts.events import FeaturesReady, VideoAnalyzed
from shared.contracts.failure import Stage
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import ScrapedVideo


class FeaturesHandlers:
    """Holds what the handler needs; one message at a time."""

    def __init__(self, *, store: FeaturesStore, artifacts: ArtifactStore, publisher: Publisher) -> None:
        self._store = store
        self._artifacts = artifacts
        self._publisher = publisher

    async def on_video_analyzed(self, event: VideoAnalyzed) -> None:
        """Compute, store, announce."""
        row, ref = await asyncio.to_thread(self._make_row, event)
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

    def _make_row(self, event: VideoAnalyzed) -> tuple[FeatureRow, ArtifactRef]:
        analysis = Analysis.from_bytes(self._artifacts.get(event.analysis))
        scraped = ScrapedVideo.from_bytes(self._artifacts.get(event.record))
        row = build_row(event=event, analysis=analysis, scraped=scraped)
        prefix = client_prefix(event.client, "features")
        ref = self._artifacts.put(prefix, row.to_bytes(), suffix=".json", media_type="application/json")
        self._store.put(row, ref)
        return row, ref
