"""Freezes the selection of a batch: pure, so that the console shows exactly what the service would do."""

from collections.abc import Callable, Sequence

from services.acquisition.apify_items import ParsedItem, parse_item
from services.acquisition.duplicates import without_duplicates
from services.acquisition.filters import first_refusal
from services.acquisition.population import describe_population
from services.acquisition.ranking import picks, ranked
from services.acquisition.relevance import RelevanceGate
from shared.contracts.bucket import Bucket
from shared.contracts.plan import Counts, Media, NotSelected, Plan, PlannedVideo, Rejection, RejectionCode
from shared.contracts.request import BatchRequest
from shared.request_file import request_digest

LocateMedia = Callable[[ParsedItem], Media | None]
"""Where an item's file can be had; None when its source knows no such place."""


def build_plan(
    items: Sequence[object],
    request: BatchRequest,
    *,
    client: str,
    batch: str,
    run: str,
    source_name: str,
    locate_media: LocateMedia,
) -> Plan:
    """The plan for raw scraper items, in any order: every item is a record or a coded rejection.

    `source_name` says for people where the items came from. The same items in another order give the same videos.
    """
    parsed = [parse_item(position, raw) for position, raw in enumerate(items)]
    usable, duplicates = without_duplicates([item for item in parsed if isinstance(item, ParsedItem)])
    gate = RelevanceGate.of(request, usable)
    refusals = {item.position: _refusal(item, request, gate, locate_media) for item in usable}
    candidates = [item for item in usable if refusals[item.position] is None]
    rejected = [item for item in parsed if isinstance(item, Rejection)]
    rejected += [*duplicates, *(refusal for refusal in refusals.values() if refusal)]
    videos, not_selected = _select(candidates, request, locate_media)
    counts = Counts(items=len(items), records=len(candidates), rejected=len(rejected), selected=len(videos))
    return Plan(
        client=client,
        batch=batch,
        run=run,
        request_sha256=request_digest(request),
        source=source_name,
        population=describe_population(request, counts, rejected, source_name=source_name, blind=gate.blind),
        buckets=request.buckets,
        counts=counts,
        videos=tuple(videos),
        not_selected=tuple(not_selected),
        rejected=tuple(sorted(rejected, key=lambda rejection: rejection.item)),
    )


def _refusal(item: ParsedItem, request: BatchRequest, gate: RelevanceGate, locate_media: LocateMedia) -> Rejection | None:
    refusal = first_refusal(item, request, gate)
    if refusal is not None:
        code, text = refusal
        return _reject(item, code, text)
    if locate_media(item) is None:
        return _reject(item, RejectionCode.MISSING_FIELDS, "has no link to its file", ("mediaUrls",))
    return None


def _reject(item: ParsedItem, code: RejectionCode, text: str, fields: tuple[str, ...] = ()) -> Rejection:
    message = f"Item {item.position} {text}."
    return Rejection(item=item.position, video_id=item.video_id, code=code, message=message, fields=fields)


def _select(
    candidates: Sequence[ParsedItem], request: BatchRequest, locate_media: LocateMedia
) -> tuple[list[PlannedVideo], list[NotSelected]]:
    videos: list[PlannedVideo] = []
    not_selected: list[NotSelected] = []
    for bucket in request.buckets:
        order = ranked([item for item in candidates if _bucket(item) is bucket])
        taken = set(picks(len(order), request.videos_per_bucket, request.selection))
        for index, item in enumerate(order):
            if index in taken:
                videos.append(_planned(item, bucket, index + 1, locate_media))
            else:
                not_selected.append(_left_out(item, bucket, index + 1))
    return videos, not_selected


def _bucket(item: ParsedItem) -> Bucket | None:
    return Bucket.of(item.video.record.duration_s)


def _planned(item: ParsedItem, bucket: Bucket, rank: int, locate_media: LocateMedia) -> PlannedVideo:
    media = locate_media(item)
    assert media is not None, "candidates have media"
    video = item.video
    return PlannedVideo(
        video_id=item.video_id, bucket=bucket, rank=rank, record=video.record, outcome=video.outcome, media=media
    )


def _left_out(item: ParsedItem, bucket: Bucket, rank: int) -> NotSelected:
    return NotSelected(video_id=item.video_id, bucket=bucket, rank=rank, engagement_rate=item.video.outcome.engagement_rate)
