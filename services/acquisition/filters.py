"""The filters of a request, in the order in which a rejection names them: topic, date, duration, bucket, views, engagement."""

from services.acquisition.apify_items import ParsedItem
from services.acquisition.relevance import RelevanceGate
from shared.contracts.bucket import MAX_DURATION_S, Bucket
from shared.contracts.plan import RejectionCode
from shared.contracts.request import BatchRequest

Refusal = tuple[RejectionCode, str]


def first_refusal(item: ParsedItem, request: BatchRequest, gate: RelevanceGate) -> Refusal | None:
    """The first filter that an item fails, as a code and the words that follow the item's name; None when it fits."""
    if not gate.admits(item):
        return RejectionCode.OFF_TOPIC, gate.refusal(item)
    return _time_refusal(item, request) or _outcome_refusal(item, request)


def _time_refusal(item: ParsedItem, request: BatchRequest) -> Refusal | None:
    record, bucket = item.video.record, Bucket.of(item.video.record.duration_s)
    if request.posted_after and record.posted_at.date() < request.posted_after:
        return RejectionCode.TOO_OLD, f"was posted on {record.posted_at.date()}, before {request.posted_after} (UTC)"
    if bucket is None:
        return RejectionCode.DURATION_OUT_OF_RANGE, f"lasts {record.duration_s:g} s, over {MAX_DURATION_S:g} s"
    if bucket not in request.buckets:
        return RejectionCode.BUCKET_NOT_REQUESTED, f"lasts {record.duration_s:g} s, and {bucket} was not asked for"
    return None


def _outcome_refusal(item: ParsedItem, request: BatchRequest) -> Refusal | None:
    outcome, wanted = item.video.outcome, request.thresholds
    if outcome.views < wanted.min_views:
        return RejectionCode.TOO_FEW_VIEWS, f"has {outcome.views} views, under {wanted.min_views}"
    if outcome.engagement_rate < wanted.min_engagement_rate:
        rate, least = f"{outcome.engagement_rate:.4g}", f"{wanted.min_engagement_rate:.4g}"
        return RejectionCode.LOW_ENGAGEMENT, f"has an engagement rate of {rate}, under {least}"
    return None
