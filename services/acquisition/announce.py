"""The events acquisition publishes for one batch run; their ids make a second publication harmless."""

from shared.bus.publisher import Publisher
from shared.contracts.base import ArtifactRef
from shared.contracts.events import MOST_MESSAGE_CHARS, BatchPlanned, BatchRequested, VideoFailed, VideoSelected
from shared.contracts.failure import FailureReason, Stage
from shared.contracts.plan import Plan, PlannedVideo, RejectionCode

VERSION = "1"


class Announcer:
    """Publishes on behalf of one batch.requested."""

    def __init__(self, cause: BatchRequested, publisher: Publisher) -> None:
        self._cause = cause
        self._publisher = publisher

    async def planned(self, plan: Plan, plan_ref: ArtifactRef, request_ref: ArtifactRef) -> None:
        """batch.planned, then video.failed for each item that lacks what a plan needs but says which video it is."""
        await self._publisher.emit(
            BatchPlanned(**self._common("plan"), plan=plan_ref, request=request_ref, planned=plan.planned())
        )
        selected = {video.video_id for video in plan.videos}
        for rejection in plan.rejected:
            if rejection.code is not RejectionCode.MISSING_FIELDS or rejection.video_id in selected | {None}:
                continue
            await self._fail(rejection.video_id or "", None, FailureReason.MISSING_FIELDS, rejection.message)

    async def selected(self, video: PlannedVideo, media: ArtifactRef, record: ArtifactRef) -> None:
        """video.selected."""
        await self._publisher.emit(
            VideoSelected(
                **self._common(video.video_id), video_id=video.video_id, bucket=video.bucket, video=media, record=record
            )
        )

    async def failed(self, video: PlannedVideo, reason: FailureReason, message: str) -> None:
        """video.failed of a planned video."""
        await self._fail(video.video_id, video, reason, message)

    async def _fail(self, video_id: str, video: PlannedVideo | None, reason: FailureReason, message: str) -> None:
        await self._publisher.emit(
            VideoFailed(
                **self._common(f"failed-{video_id}"),
                video_id=video_id,
                bucket=video.bucket if video else None,
                planned=video is not None,
                stage=Stage.ACQUISITION,
                reason=reason,
                message=message[:MOST_MESSAGE_CHARS],
            )
        )

    def _common(self, item: str) -> dict[str, str]:
        return self._cause.leads_to(Stage.ACQUISITION, VERSION, item=item)
