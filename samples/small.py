"""A small batch for tests: a dozen short distinct videos and, on request, one of every kind of bad input."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from samples import broken
from samples.design import Range
from samples.metadata import FIRST_DAY, HASHTAG, Item, base_item, video_id
from samples.planning import plan_videos
from samples.render import render
from samples.request import sample_request, write_request
from samples.storyboard import NUISANCE, PLANTED
from shared.contracts.bucket import Bucket
from shared.contracts.failure import FailureReason

WIDTH, HEIGHT = 288, 512
_PLANTED = {**PLANTED, "first_text_s": (Range(0.0, 1.4), PLANTED["first_text_s"][1])}
_NUISANCE = {**NUISANCE, "duration_s": Range(3.0, 4.0), "text_count": Range(1, 1)}
_CLAIMED_S = 12  # bad files claim a length that fits, so that only the analyzer can know better


@dataclass(frozen=True)
class SmallBatch:
    """Where a small batch is, the ids of its good videos, and the reason that each bad one must end with.

    `missing_fields` is the id of an item without a view count.
    """

    items_path: Path
    videos_dir: Path
    request_path: Path
    good: tuple[str, ...]
    bad: dict[str, FailureReason]
    missing_fields: str | None


def make_small_batch(out: Path, count: int = 12, *, bad: bool = False, seed: int = 7) -> SmallBatch:
    """Write `count` videos of 3 to 4 s (288x512) with items and a request for the bucket 0-15s into the folder `out`.

    With `bad` come four kinds of files that no analyzer can use, a video of 121 s and an item with missing fields.
    """
    videos = out / "videos"
    videos.mkdir(parents=True, exist_ok=True)
    items = _good(videos, count, seed)
    good = tuple(str(entry["id"]) for entry in items)
    reasons: dict[str, FailureReason] = {}
    missing = None
    if bad:
        reasons = _bad(videos, whole=videos / f"{good[0]}.mp4")
        items += [_plain(name) for name in reasons]
        missing = video_id(790)
        items.append({key: value for key, value in _plain(missing).items() if key != "playCount"})
    (out / "items.json").write_text(json.dumps(items, indent=1) + "\n")
    request = sample_request().model_copy(update={"buckets": (Bucket.S0_15,)})
    write_request(out / "request.yaml", request)
    return SmallBatch(out / "items.json", videos, out / "request.yaml", good, reasons, missing)


def _good(videos: Path, count: int, seed: int) -> list[Item]:
    planned = plan_videos(count, first=701, seed=seed, planted=_PLANTED, nuisance=_NUISANCE)
    for video in planned:
        small = replace(video.script, width=WIDTH, height=HEIGHT)
        render(small, videos / f"{small.video_id}.mp4")
    return [video.item for video in planned]


def _bad(videos: Path, *, whole: Path) -> dict[str, FailureReason]:
    noise, cut, empty, audio, long = (video_id(number) for number in range(781, 786))
    broken.write_noise(videos / f"{noise}.mp4")
    broken.write_truncated(videos / f"{cut}.mp4", whole)
    broken.write_empty(videos / f"{empty}.mp4")
    broken.write_audio_only(videos / f"{audio}.mp4")
    broken.write_too_long(videos / f"{long}.mp4")
    reasons = FailureReason
    return {
        noise: reasons.CORRUPT_FILE,
        cut: reasons.CORRUPT_FILE,
        empty: reasons.EMPTY_FILE,
        audio: reasons.NO_VIDEO_STREAM,
        long: reasons.TOO_LONG,
    }


def _plain(name: str) -> dict[str, Any]:
    counts = {"diggCount": 3100, "shareCount": 90, "playCount": 52_000, "commentCount": 70, "collectCount": 210}
    posted = FIRST_DAY + timedelta(days=3)
    return base_item(
        name,
        caption="Something went wrong here",
        tags=[HASHTAG],
        posted=posted,
        creator=2,
        duration_s=_CLAIMED_S,
        counts=counts,
    )
