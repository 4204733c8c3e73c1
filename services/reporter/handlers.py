"""bucket.trained becomes stored documents and report.ready."""

import json
from datetime import timedelta

from shared.bus.publisher import Publisher
from shared.contracts.events import BucketTrained, Document, ReportReady
from shared.contracts.failure import Stage
from shared.telemetry import get_logger
from shared.worker import ChildWorker

VERSION = "1"
_log = get_logger("reporter")


class ReporterHandlers:
    """Holds what the handler needs; rendering runs in the child process, which gives its memory back."""

    def __init__(self, *, artifacts_url: str, publisher: Publisher, worker: ChildWorker, time_limit: timedelta) -> None:
        self._artifacts_url = artifacts_url
        self._publisher = publisher
        self._worker = worker
        self._time_limit = time_limit

    async def on_bucket_trained(self, event: BucketTrained) -> None:
        """Render, store, announce."""
        request = {
            "store_url": self._artifacts_url,
            "client": event.client,
            "findings": event.findings.model_dump(),
            "plan": event.plan.model_dump(),
            "request": event.request.model_dump(),
        }
        answer = json.loads(await self._worker.call(json.dumps(request).encode(), timeout=self._time_limit))
        for note in answer["notes"]:
            _log.warning(note)
        await self._publisher.emit(
            ReportReady(
                **event.leads_to(Stage.REPORTER, VERSION, item=event.bucket),
                bucket=event.bucket,
                verdict=event.verdict,
                patterns=answer["patterns"],
                documents=tuple(Document.model_validate(document) for document in answer["documents"]),
            )
        )
