"""batch.requested becomes a frozen plan, stored media, batch.planned, and a video.selected or video.failed per video."""

import asyncio

import stamina

from services.acquisition.announce import Announcer
from services.acquisition.fetch import fetch_video
from services.acquisition.freezing import Freezer
from services.acquisition.settings import AcquisitionSettings
from services.acquisition.store import AcquisitionStore
from shared.artifacts import ArtifactStore, client_prefix
from shared.bus.publisher import Publisher
from shared.contracts.base import ArtifactRef
from shared.contracts.events import BatchRequested
from shared.contracts.failure import FailureReason
from shared.contracts.plan import PlannedVideo
from shared.contracts.record import ScrapedVideo
from shared.errors import BadInput, RumiError, Transient
from shared.request_file import client_token

_JSON = {"suffix": ".json", "media_type": "application/json"}
_FETCH_TRIES = 3
_FETCHES_AT_ONCE = 4


class AcquisitionHandlers:
    """Holds what the handler needs."""

    def __init__(
        self, *, store: AcquisitionStore, artifacts: ArtifactStore, publisher: Publisher, settings: AcquisitionSettings
    ) -> None:
        self._store = store
        self._artifacts = artifacts
        self._publisher = publisher
        self._settings = settings
        self._freezer = Freezer(store=store, artifacts=artifacts, settings=settings)

    async def on_batch_requested(self, event: BatchRequested) -> None:
        """Plan once, then fetch and announce what a run before a crash did not."""
        if client_token(event.request) != event.client:
            raise BadInput(
                FailureReason.INVALID_EVENT,
                f"The request is for {client_token(event.request)!r} but was published for {event.client!r}.",
            )
        plan, plan_ref, request_ref = await asyncio.to_thread(self._freezer.plan, event)
        announcer = Announcer(event, self._publisher)
        await announcer.planned(plan, plan_ref, request_ref)
        slots = asyncio.Semaphore(_FETCHES_AT_ONCE)
        try:
            async with asyncio.TaskGroup() as group:
                for video in plan.videos:
                    group.create_task(self._bring(event, video, announcer, slots))
        except ExceptionGroup as errors:  # the bus settles a message by one error; a bug outweighs what may pass
            raise min(errors.exceptions, key=lambda error: isinstance(error, RumiError)) from errors

    async def _bring(self, event: BatchRequested, video: PlannedVideo, announcer: Announcer, slots: asyncio.Semaphore) -> None:
        async with slots:
            try:
                media = await asyncio.to_thread(self._media, event, video)
            except BadInput as error:
                await announcer.failed(video, error.reason, str(error))
                return
            except Transient as error:
                await announcer.failed(video, FailureReason.DOWNLOAD_FAILED, f"{error} Tried {_FETCH_TRIES} times.")
                return
        scraped = ScrapedVideo(record=video.record, outcome=video.outcome)
        prefix = client_prefix(event.client, "records")
        record = await asyncio.to_thread(self._artifacts.put, prefix, scraped.to_bytes(), **_JSON)
        await announcer.selected(video, media, record)

    def _media(self, event: BatchRequested, video: PlannedVideo) -> ArtifactRef:
        key = (event.client, event.batch, event.run, video.video_id)
        known = self._store.media(*key)
        if known is not None:
            return known
        for attempt in stamina.retry_context(on=Transient, attempts=_FETCH_TRIES, timeout=None):
            with attempt:
                known = fetch_video(video, request=event.request, store=self._artifacts, settings=self._settings)
        assert known is not None
        self._store.remember_media(*key, known)
        return known
