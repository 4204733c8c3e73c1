"""Folds the ledger; when every planned video of a bucket is settled, the bucket is trained and bucket.trained published."""

import asyncio
import json
from datetime import timedelta
from functools import partial

from services.trainer.store import TrainerStore
from shared.artifacts import ArtifactStore
from shared.bus.publisher import Publisher
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchPlanned, BucketTrained, FeaturesReady, VideoFailed
from shared.contracts.failure import Stage
from shared.contracts.plan import Plan
from shared.contracts.request import BatchRequest
from shared.worker import ChildWorker

VERSION = "1"


class TrainerHandlers:
    """Holds what the handler needs. The LEDGER stream is ordered and read one message at a time, so no two trainings race."""

    def __init__(
        self,
        *,
        store: TrainerStore,
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

    async def on_ledger_event(self, event: BatchPlanned | FeaturesReady | VideoFailed) -> None:
        """Fold the event, then train the buckets it completes."""
        if isinstance(event, BatchPlanned):
            await asyncio.to_thread(self._store.plan, event)
            touched = tuple(event.planned)
        elif event.bucket is None:
            return
        else:
            await asyncio.to_thread(self._store.settle, event)
            touched = (event.bucket,)
        for bucket in touched:
            await self._train_if_settled(event, bucket)

    async def _train_if_settled(self, event: BatchPlanned | FeaturesReady | VideoFailed, bucket: Bucket) -> None:
        run = (event.client, event.batch, event.run)
        batch = await asyncio.to_thread(self._store.batch, *run)
        supply = await asyncio.to_thread(self._store.bucket, *run, bucket)
        if batch is None or supply.settled < batch.planned[bucket]:
            return
        request = BatchRequest.from_bytes(await asyncio.to_thread(self._artifacts.get, batch.request))
        plan = Plan.from_bytes(await asyncio.to_thread(self._artifacts.get, batch.plan))
        searches = (*(f"#{tag}" for tag in request.hashtags), *(f"@{name}" for name in request.handles))
        previous = await asyncio.to_thread(self._store.previous, *run, bucket, searches)
        order = {
            "store_url": self._artifacts.url,
            "rows": [ref.model_dump() for ref in supply.rows],
            "planned": batch.planned[bucket],
            "failures": supply.failures,
            "previous": previous.model_dump() if previous else None,
            "context": {
                "client": event.client,
                "client_name": request.client.name,
                "batch": event.batch,
                "run": event.run,
                "bucket": bucket,
                "population": plan.population,
                "searches": searches,
                "sample_data": request.sample_data,
                "thresholds": request.thresholds.model_dump(),
            },
        }
        answer = json.loads(await self._worker.call(json.dumps(order).encode(), timeout=self._time_limit))
        findings = ArtifactRef.model_validate(answer["findings"])
        await asyncio.to_thread(partial(self._store.keep, *run, bucket, searches=searches, findings=findings))
        await self._publisher.emit(
            BucketTrained(
                **event.leads_to(Stage.TRAINER, VERSION, item=bucket),
                bucket=bucket,
                findings=findings,
                plan=batch.plan,
                request=batch.request,
                verdict=answer["verdict"],
            )
        )
