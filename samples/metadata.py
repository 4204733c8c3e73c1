"""Apify-shaped items for the sample videos (profile scraper of 2026), and the leftovers that selection must turn away."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from samples.render import VideoScript

HASHTAG = "coldbrewtea"
FIRST_DAY = datetime(2026, 4, 1, tzinfo=UTC)
OLD_DAY = datetime(2025, 6, 14, 9, 30, tzinfo=UTC)

Item = dict[str, Any]

_TALK = (
    "slow mornings need cold tea and a little patience so here is my whole routine from the leaves to the glass "
    "tell me how you make yours and whether you like it with lemon or mint or nothing at all because I keep changing my mind"
)
_TAGS = (
    "icedtea", "teatok", "summerdrinks", "mocktail", "tearoutine", "homecafe", "drinkrecipe", "looseleaf", "refreshing",
)  # fmt: skip


def item(script: VideoScript, knobs: Mapping[str, float], engagement_rate: float, *, random: np.random.Generator) -> Item:
    """The scraped item of one video: counts that add up to its engagement rate, everything else from its knobs."""
    views = round(knobs["views"])
    comments = round(views * engagement_rate * random.uniform(0.01, 0.03))
    shares = round(views * engagement_rate * random.uniform(0.02, 0.08))
    likes = max(0, round(views * engagement_rate) - comments - shares)
    posted = FIRST_DAY + timedelta(days=knobs["post_day"], minutes=round(knobs["post_hour"] * 60))
    tags = [HASHTAG, *(_TAGS[i] for i in random.permutation(len(_TAGS))[: round(knobs["hashtag_count"]) - 1])]
    words = _TALK.split()
    start = int(random.integers(0, len(words) - 26))
    caption = " ".join(words[start : start + round(knobs["caption_words"])]).capitalize()
    counts = {"diggCount": likes, "shareCount": shares, "playCount": views, "commentCount": comments}
    counts["collectCount"] = round(views * random.uniform(0.002, 0.01))
    return base_item(
        script.video_id,
        caption=caption,
        tags=tags,
        posted=posted,
        creator=int(knobs["creator"]),
        duration_s=round(script.duration_s),
        counts=counts,
    )


def base_item(
    video_id: str,
    *,
    caption: str,
    tags: list[str],
    posted: datetime,
    creator: int,
    duration_s: int,
    counts: Mapping[str, int],
) -> Item:
    """One item in the nested shape of 2026. Followers grow with the creator's number: 1200 to about 1.2 million."""
    name = f"demo_creator_{creator + 1:02d}"
    fans = round(1200 * 1.58**creator)
    return {
        "id": video_id,
        "text": " ".join([caption, *(f"#{tag}" for tag in tags)]),
        "textLanguage": "en",
        "createTime": int(posted.timestamp()),
        "createTimeISO": posted.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "isAd": False,
        "authorMeta": _author(name, creator, fans),
        "musicMeta": _music(name, video_id),
        "webVideoUrl": f"https://www.tiktok.com/@{name}/video/{video_id}",
        "videoMeta": {"height": 1024, "width": 576, "duration": duration_s, "definition": "540p", "format": "mp4"},
        **counts,
        "repostCount": 0,
        "mentions": [],
        "detailedMentions": [],
        "hashtags": [{"name": tag} for tag in tags],
        "effectStickers": [],
        "isSlideshow": False,
        "isPinned": False,
        "isSponsored": False,
        "mediaUrls": [],
        "input": HASHTAG,
        "commentsDatasetUrl": None,
    }


def _author(name: str, creator: int, fans: int) -> Item:
    return {
        "id": f"8000000000000000{creator + 1:03d}",
        "name": name,
        "profileUrl": f"https://www.tiktok.com/@{name}",
        "nickName": f"Demo Creator {creator + 1}",
        "verified": creator % 5 == 4,
        "signature": "invented for the sample batch",
        "privateAccount": False,
        "following": 40 + 13 * creator,
        "fans": fans,
        "heart": fans * 11,
        "video": 35 + 17 * (creator * 7 % 16),
    }


def _music(name: str, video_id: str) -> Item:
    return {"musicName": "original sound", "musicAuthor": name, "musicOriginal": True, "musicId": f"81{video_id[2:]}"}


def leftovers(example: Item) -> list[tuple[int, Item]]:
    """Items that selection must reject, each with its place in the list: what scrapes really contain."""
    counts = {"diggCount": 900, "shareCount": 40, "playCount": 21000, "commentCount": 30, "collectCount": 60}
    plain: dict[str, Any] = {"caption": "Cold tea again", "tags": [HASHTAG], "posted": FIRST_DAY, "creator": 3}
    old = base_item(video_id(901), **{**plain, "posted": OLD_DAY}, duration_s=9, counts=counts)
    slideshow = {**base_item(video_id(902), **plain, duration_s=0, counts=counts), "isSlideshow": True}
    unseen = base_item(video_id(903), **plain, duration_s=8, counts={**counts, "playCount": 240, "diggCount": 9})
    countless = base_item(video_id(904), **plain, duration_s=8, counts=counts)
    del countless["playCount"]
    long = base_item(video_id(905), **plain, duration_s=75, counts=counts)
    error = {
        "error": "Post not found or private",
        "input": HASHTAG,
        "url": f"https://www.tiktok.com/@demo_creator_09/video/{video_id(906)}",
    }
    return [(3, old), (8, dict(example)), (13, slideshow), (17, error), (22, unseen), (26, countless), (30, long)]


def video_id(number: int) -> str:
    """A 19-digit id, as the platform's are, that no real post has."""
    return f"9{number:018d}"
