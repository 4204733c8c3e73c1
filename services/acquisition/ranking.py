"""Orders the candidates of a bucket by engagement rate and picks from that order, without any chance involved."""

from collections.abc import Sequence
from typing import Literal

from services.acquisition.apify_items import ParsedItem


def ranked(items: Sequence[ParsedItem]) -> list[ParsedItem]:
    """Highest engagement rate first; ties by more views, then the newer post, then the smaller id."""
    return sorted(items, key=_order)


def _order(item: ParsedItem) -> tuple[float, int, float, str]:
    outcome, record = item.video.outcome, item.video.record
    return -outcome.engagement_rate, -outcome.views, -record.posted_at.timestamp(), record.video_id


def picks(available: int, wanted: int, strategy: Literal["top", "spread"]) -> list[int]:
    """Indexes, from 0 and ascending, to take out of a ranking of `available` entries: all where there are few enough.

    `top` takes the first; `spread` takes evenly spaced places from the first to the last, both included.
    """
    count = min(available, wanted)
    if strategy == "top" or count == available:
        return list(range(count))
    if count == 1:
        return [(available - 1) // 2]
    gaps = count - 1
    # Rounded to the nearest place; the places are at least one apart, so none is taken twice.
    return [(2 * step * (available - 1) + gaps) // (2 * gaps) for step in range(count)]
