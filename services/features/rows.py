"""Builds the feature rows of videos: the vector, where it comes from, and beside it the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import tee

from services.features.compute import Vector, compute_all
from services.features.version import catalogue_version
from shared.contracts.analysis import Analysis, EngineStatus
from shared.contracts.events import VideoAnalyzed
from shared.contracts.failure import FailureReason
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import ScrapedVideo
from shared.errors import BadInput


@dataclass(frozen=True, slots=True)
class AnalyzedVideo:
    """An event and its two artifacts. Raises BadInput where they do not belong together."""

    event: VideoAnalyzed
    analysis: Analysis
    scraped: ScrapedVideo

    def __post_init__(self) -> None:
        pairs = (
            ("video id", self.event.video_id, self.scraped.record.video_id),
            ("profile", self.event.profile, self.analysis.profile),
            ("video file", self.event.video.sha256, self.analysis.video.sha256),
        )
        for what, announced, found in pairs:
            if announced != found:
                raise BadInput(
                    FailureReason.INVALID_EVENT,
                    f"Video {self.event.video_id}: the event announces the {what} {announced}, but its artifacts have {found}.",
                )


def build_rows(videos: Iterable[AnalyzedVideo]) -> list[FeatureRow]:
    """The rows; same inputs and catalogue version, same bytes. The videos are taken one by one, as `compute_all` does.

    A vector is computed from the analysis and the record only; the outcome is carried over beside it.
    """
    taken, again = tee(videos)
    vectors = compute_all((video.analysis, video.scraped.record) for video in taken)
    return [_row(video, vector) for video, vector in zip(again, vectors, strict=True)]


def _row(video: AnalyzedVideo, vector: Vector) -> FeatureRow:
    event, analysis, record = video.event, video.analysis, video.scraped.record
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
        outcome=video.scraped.outcome,
        engines_off=_engines_off(analysis),
    )


def _engines_off(analysis: Analysis) -> dict[str, str]:
    off = {name: report for name, report in analysis.engines.items() if report.status is EngineStatus.OFF}
    return {name.value: off[name].reason or off[name].status.value for name in sorted(off)}
