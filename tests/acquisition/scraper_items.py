"""Makes scraper items and requests for tests, of the shape that the profile scraper gave in 2026."""

from copy import deepcopy
from typing import Any

from services.acquisition.apify_items import ParsedItem, parse_item
from services.acquisition.selection import build_plan
from shared.contracts.plan import Media, Plan, RejectionCode
from shared.contracts.request import BatchRequest

FIRST_ID = 7_183_732_542_942_563_590  # beyond 2^53

ITEM: dict[str, Any] = {
    "id": str(FIRST_ID),
    "text": "Arrancamos con todo #gym #gymrat @coach.ana",
    "textLanguage": "es",
    "createTime": 1672593076,
    "createTimeISO": "2023-01-01T17:11:16.000Z",
    "isAd": False,
    "authorMeta": {"id": "6961805464204182533", "name": "ana", "verified": False, "fans": 17800, "video": 263},
    "musicMeta": {
        "musicName": "sonido original",
        "musicAuthor": "ana",
        "musicOriginal": True,
        "musicId": "7183732530607704838",
    },
    "webVideoUrl": f"https://www.tiktok.com/@ana/video/{FIRST_ID}",
    "videoMeta": {"duration": 14, "height": 1024, "width": 576},
    "diggCount": 700,
    "shareCount": 200,
    "playCount": 10_000,
    "collectCount": 60,
    "commentCount": 100,
    "repostCount": 0,
    "mentions": [],
    "hashtags": [{"name": "gym"}, {"name": "gymrat"}],
    "isSlideshow": False,
    "isPinned": True,
    "isSponsored": False,
    "mediaUrls": ["https://media.example.invalid/1.mp4"],
}


def item(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A complete item with the id FIRST_ID + number; `changes` replace fields, `None` removes, `a__b` goes a level down."""
    made = deepcopy(ITEM)
    made["id"] = str(FIRST_ID + number)
    made["webVideoUrl"] = f"https://www.tiktok.com/@ana/video/{FIRST_ID + number}"
    for path, value in changes.items():
        *outer, last = path.split("__")
        node = made
        for step in outer:
            node = node[step]
        if value is None:
            node.pop(last, None)
        else:
            node[last] = value
    return made


def request(**changes: Any) -> BatchRequest:
    """A request for #gym with no thresholds worth speaking of."""
    content: dict[str, Any] = {
        "client": {"name": "Gymshop", "industry": "fitness"},
        "source": {"kind": "apify"},
        "hashtags": ["gym"],
        "thresholds": {"min_views": 1},
    }
    return BatchRequest.model_validate(content | changes)


def media_or_none(parsed: ParsedItem) -> Media | None:
    """The first link of an item."""
    return Media(url=parsed.media_urls[0]) if parsed.media_urls else None


def plan(items: list[Any], asked: BatchRequest | None = None) -> Plan:
    """The plan for some items."""
    return build_plan(
        items, asked or request(), client="gymshop", batch="b1", run="r1", source_name="a test", locate_media=media_or_none
    )


def codes(made: Plan) -> dict[int, RejectionCode]:
    """The code by item position."""
    return {rejection.item: rejection.code for rejection in made.rejected}


def parsed(raw: object) -> ParsedItem:
    """The parsed item; fails the test when it was rejected."""
    result = parse_item(0, raw)
    assert isinstance(result, ParsedItem), result
    return result
