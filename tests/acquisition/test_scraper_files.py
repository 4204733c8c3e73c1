"""Real scraper files: what an independent count with csv and json finds is what the parser and the plan find."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from scraper_items import request

from services.acquisition.apify_items import ParsedItem, parse_item
from services.acquisition.item_file import read_items
from services.acquisition.selection import build_plan
from shared.contracts.bucket import Bucket
from shared.contracts.plan import Media, Plan, RejectionCode

# Verified by hand: items, errors of the scraper, slideshows, repeats of a video within the file, over 120 s.
KNOWN = {
    "free_scraper_2024_slash.csv": (69, 1, 23, 0, 3),
    "hashtag_scraper_2026_dotted_1.csv": (80, 0, 0, 6, 5),
    "hashtag_scraper_2026_dotted_2.csv": (80, 0, 0, 2, 0),
    "hashtag_scraper_2026_dotted_3.csv": (80, 0, 0, 1, 8),
    "profile_scraper_2026.json": (100, 0, 2, 0, 1),
    "profile_scraper_2026_again.json": (15, 0, 1, 0, 1),
    "search_scraper_2025_slash_errors.csv": (98, 7, 0, 0, 6),
}


def everything(items: list[object], **changes: Any) -> Plan:
    """A plan that leaves out nothing by topic, views or number: every creator of the file is asked for."""
    parsed = [item for item in map(parse_item, range(len(items)), items) if isinstance(item, ParsedItem)]
    handles = sorted({item.video.record.creator.name for item in parsed})
    asked = request(hashtags=[], handles=handles, videos_per_bucket=500, **changes)
    return build_plan(
        items, asked, client="c", batch="b", run="r1", source_name="a file", locate_media=lambda item: Media(url=item.video_id)
    )


def independent(path: Path) -> tuple[int, int, int, int, int]:
    """The same five numbers, read without any of our code."""
    if path.suffix == ".json":
        nested = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            {"url": row["webVideoUrl"], "slides": str(row["isSlideshow"]), "s": row["videoMeta"]["duration"], "error": ""}
            for row in nested
        ]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {"url": row["webVideoUrl"], "slides": row.get("isSlideshow", ""), "error": row.get("error", ""),
                 "s": row.get("videoMeta/duration", row.get("videoMeta.duration"))}
                for row in csv.DictReader(file)
            ]  # fmt: skip
    errors = [row for row in rows if row["error"]]
    slides = [row for row in rows if row["slides"].lower() == "true"]
    videos = [row for row in rows if row not in errors and row not in slides]
    ids = Counter(re.findall(r"\d+$", str(row["url"]))[0] for row in videos)
    long = {str(row["url"]) for row in videos if int(str(row["s"])) > 120}
    return len(rows), len(errors), len(slides), sum(ids.values()) - len(ids), len(long)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_counts_of_a_real_file(scraper_files: Path, name: str) -> None:
    made = everything(read_items(scraper_files / name))
    by_code = Counter(rejection.code for rejection in made.rejected)
    found = (
        made.counts.items,
        by_code[RejectionCode.SCRAPER_ERROR],
        by_code[RejectionCode.SLIDESHOW],
        by_code[RejectionCode.DUPLICATE],
        by_code[RejectionCode.DURATION_OUT_OF_RANGE],
    )
    assert found == independent(scraper_files / name) == KNOWN[name]
    assert made.counts.records == made.counts.selected == found[0] - sum(found[1:])


def test_duplicates_across_files_are_found(scraper_files: Path) -> None:
    first, again = (read_items(scraper_files / f"profile_scraper_2026{name}.json") for name in ("", "_again"))
    alone, both = everything(first), everything(first + again)
    assert both.counts.records == alone.counts.records
    by_code = Counter(rejection.code for rejection in both.rejected)
    assert by_code[RejectionCode.DUPLICATE] == 14
    assert by_code[RejectionCode.SLIDESHOW] == 3


def test_ids_rounded_by_a_spreadsheet_are_restored_from_the_link(scraper_files: Path) -> None:
    path = scraper_files / "search_scraper_2025_slash_errors.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        links = {row["webVideoUrl"].rsplit("/", 1)[1] for row in csv.DictReader(file) if row["webVideoUrl"]}
    made = everything(read_items(path))
    assert len(links) == 91
    assert {video.video_id for video in made.videos} <= links


def test_buckets_of_a_real_file(scraper_files: Path) -> None:
    with (scraper_files / "hashtag_scraper_2026_dotted_1.csv").open(encoding="utf-8-sig", newline="") as file:
        seconds = {row["webVideoUrl"]: int(row["videoMeta.duration"]) for row in csv.DictReader(file)}
    made = everything(read_items(scraper_files / "hashtag_scraper_2026_dotted_1.csv"))
    limits = {Bucket.S0_15: (0, 15), Bucket.S16_30: (15, 30), Bucket.S31_60: (30, 60), Bucket.S61_90: (60, 90),
              Bucket.S91_120: (90, 120)}  # fmt: skip
    expected = {bucket: sum(low < value <= high for value in seconds.values()) for bucket, (low, high) in limits.items()}
    assert made.planned() == expected


def test_the_gate_on_a_real_hashtag_scrape(scraper_files: Path) -> None:
    items = read_items(scraper_files / "hashtag_scraper_2026_dotted_3.csv")
    with (scraper_files / "hashtag_scraper_2026_dotted_3.csv").open(encoding="utf-8-sig", newline="") as file:
        tagged = {
            row["webVideoUrl"] for row in csv.DictReader(file) if re.search(r"#birthday(?![\w])", row["text"], re.IGNORECASE)
        }
    made = build_plan(
        items, request(hashtags=["birthday"], videos_per_bucket=500), client="c", batch="b", run="r1", source_name="a file",
        locate_media=lambda item: Media(url=item.video_id),
    )  # fmt: skip
    reasons = Counter(rejection.code for rejection in made.rejected)
    assert made.counts.records + reasons[RejectionCode.DURATION_OUT_OF_RANGE] == len(tagged)
    assert reasons[RejectionCode.OFF_TOPIC] == 79 - len(tagged)
