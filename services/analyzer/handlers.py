"""video.selected becomes a stored analysis and video.analyzed."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from services.analyzer.request import AnalyzeAnswer, AnalyzeRequest
from services.analyzer.store import AnalyzerStore
from shared.artifacts import PUBLIC_ANALYSES, ArtifactStore
from shared.bus.publisher import Publisher
from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.events import VideoAnalyzed, VideoSelected
from shared.contracts.failure import FailureReason, Stage
from shared.errors import Transient, WorkerCrashed
from shared.worker import ChildWorker


class AnalyzerHandlers:
    """Holds what the handler needs; the decoding and the engines run in the child process."""

    def __init__(
        self,
        *,
        store: AnalyzerStore,
        artifacts: ArtifactStore,
        publisher: Publisher,
        worker: ChildWorker,
        time_limit: timedelta,
    ) -> None:
        self._store = store
        self._artifacts = artifacts
        self._publisher = publisher
        self._worker = worker
        self._time_limit = time_limit
        self._suspects: set[str] = set()

    async def on_video_selected(self, event: VideoSelected) -> None:
        """Analyze, store, announce."""
        analysis = await self._analyze(event)
        ref = await asyncio.to_thread(
            self._artifacts.put, PUBLIC_ANALYSES, analysis.to_bytes(), suffix=".json", media_type="application/json"
        )
        await self._publisher.emit(
            VideoAnalyzed(
                **event.leads_to(Stage.ANALYZER, analysis.profile, item=event.video_id),
                video_id=event.video_id,
                bucket=event.bucket,
                video=event.video,
                record=event.record,
                analysis=ref,
                profile=analysis.profile,
            )
        )

    async def _analyze(self, event: VideoSelected) -> Analysis:
        with tempfile.TemporaryDirectory(prefix="rumiai-") as folder:
            path = Path(folder) / f"{event.video_id}{Path(event.video.key).suffix}"
            await asyncio.to_thread(self._artifacts.fetch, event.video, path)
            try:
                if event.video.sha256 in self._suspects:
                    await self._one_by_one(path)
                analysis = await self._ask(path)
            except WorkerCrashed:
                self._suspects.add(event.video.sha256)
                raise
        self._suspects.discard(event.video.sha256)
        return analysis

    async def _one_by_one(self, path: Path) -> None:
        """A video that killed the worker gets a fresh try with one engine at a time: what works is cached, and what does not is
        known by its name. Raises WorkerCrashed for the first engine that died, after the others had their turn; but once a
        second one died it is the file that kills, and no more time goes into it."""
        crash: WorkerCrashed | None = None
        for name in EngineName:
            try:
                await self._ask(path, only=name)
            except WorkerCrashed as error:
                if crash:
                    raise WorkerCrashed(f"Whichever engine looks at it: {error}", error.reason) from error
                crash = WorkerCrashed(f"The {name} engine, alone: {error}", error.reason)
        if crash:
            raise crash

    async def _ask(self, path: Path, only: EngineName | None = None) -> Analysis:
        request = AnalyzeRequest(path=path, cache_url=self._artifacts.url, only=only)
        try:
            answer = AnalyzeAnswer.from_bytes(await self._worker.call(request.to_bytes(), timeout=self._time_limit))
        except Transient as error:
            if error.reason is FailureReason.ENGINE_FAILED:
                await self._worker.close()  # what is left of that engine's state is not to be trusted with other videos
            raise
        analysis = answer.analysis
        ran = {name: analysis.engines[EngineName(name)].fingerprint or "" for name in answer.engine_runs}
        await asyncio.to_thread(self._store.record_runs, analysis.video.sha256, ran)
        return analysis
