"""Keeps one item per video: scrapes overlap by 60 % and more, and the same video comes with other counts each time."""

from collections.abc import Iterable, Sequence

from services.acquisition.apify_items import ParsedItem
from shared.contracts.plan import Rejection, RejectionCode


def without_duplicates(items: Sequence[ParsedItem]) -> tuple[list[ParsedItem], list[Rejection]]:
    """One item per video id, and a rejection for each other one.

    Kept is the most complete item, so that a thin export never hides saves or followers; among equally complete ones the
    newest, which is the one with the highest counts, since counts grow. The order of the items plays no part.
    """
    best: dict[str, ParsedItem] = {}
    for item in items:
        held = best.get(item.video_id)
        if held is None or _worth(item) > _worth(held):
            best[item.video_id] = item
    return list(best.values()), [_refused(item, best[item.video_id]) for item in items if item is not best[item.video_id]]


def _worth(item: ParsedItem) -> tuple[int, int, int, int, int, tuple[str, ...], bytes]:
    outcome = item.video.outcome
    known = _known(item.video.model_dump().values()) + len(item.media_urls)
    # The bytes only decide between items that differ in wording alone.
    return (known, outcome.views, outcome.likes, outcome.comments, outcome.shares, item.media_urls, item.video.to_bytes())


def _known(values: Iterable[object]) -> int:
    """How many values there are, in all levels, that are neither None nor empty."""
    return sum(_known(value.values()) if isinstance(value, dict) else value not in (None, (), "") for value in values)


def _refused(item: ParsedItem, kept: ParsedItem) -> Rejection:
    return Rejection(
        item=item.position,
        video_id=item.video_id,
        code=RejectionCode.DUPLICATE,
        message=f"Item {item.position} is the same video as item {kept.position}, which is as complete and as new or more so.",
    )
