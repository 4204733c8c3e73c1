"""Builds the feature row of one video: its vector, where it comes from, and beside it the outcome."""

from services.features.compute import compute
from services.features.version import catalogue_version
from shared.contracts.analysis import Analysis, EngineStatus
from shared.contracts.events import VideoAnalyzed
from shared.contracts.failure import FailureReason
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import ScrapedVideo
from shared.errors import BadInput


def build_row(*, event: VideoAnalyzed, analysis: Analysis, scraped: ScrapedVideo) -> FeatureRow:
    """The row; same inputs and catalogue version, same bytes. Raises BadInput where event and artifacts do not belong together.

    The vector is computed from the analysis and the record only; the outcome is carried over beside it.
    """
    _check(event, analysis, scraped)
    record = scraped.record
    vector = compute(analysis, record)
    return FeatureRow(
        client=event.client,
        batch=event.batch,
        run=event.run,
        video_id=event.video_id,
        bucket=event.bucket,
        video_sha256=analysis.video.sha256,
        url=record.url,
        creator=record.creator.name,
        creator_followers=record.creator.followers,
        posted_at=record.posted_at,
        duration_s=analysis.video.duration_s,
        catalogue_version=catalogue_version(),
        profile=analysis.profile,
        analysis=event.analysis,
        values=vector.values,
        missing=vector.missing,
        outcome=scraped.outcome,
        engines_off=_engines_off(analysis),
    )


def _engines_off(analysis: Analysis) -> dict[str, str]:
    off = {name: report for name, report in analysis.engines.items() if report.status is EngineStatus.OFF}
    return {name.value: off[name].reason or off[name].status.value for name in sorted(off)}


def _check(event: VideoAnalyzed, analysis: Analysis, scraped: ScrapedVideo) -> None:
    pairs = (
        ("video id", event.video_id, scraped.record.video_id),
        ("profile", event.profile, analysis.profile),
        ("video file", event.video.sha256, analysis.video.sha256),
    )
    for what, announced, found in pairs:
        if announced != found:
            raise BadInput(
                FailureReason.INVALID_EVENT,
                f"Video {event.video_id}: the event announces the {what} {announced}, but its artifacts have {found}.",
            )
