"""One raw item, in any shape of 2022 to 2026, becomes a scraped video or a coded rejection."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraper_items import FIRST_ID, ITEM, item, parsed

from services.acquisition.apify_items import ParsedItem, parse_item
from services.acquisition.raw_item import BadRow
from shared.contracts.plan import Rejection, RejectionCode
from shared.contracts.record import ScrapedVideo


def flat(value: Any, separator: str, prefix: str = "") -> dict[str, str]:
    """The item as a CSV row: every leaf as text under its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if pairs is None:
        return {prefix: "" if value is None else str(value)}
    steps = ((f"{prefix}{separator}{key}" if prefix else str(key), inner) for key, inner in pairs)
    return {path: text for name, inner in steps for path, text in flat(inner, separator, name).items()}


def rejection(raw: object) -> Rejection:
    result = parse_item(3, raw)
    assert isinstance(result, Rejection), result
    assert result.item == 3
    assert result.message.startswith("Item 3 ")
    return result


def test_a_nested_item_of_2026() -> None:
    video = parsed(ITEM).video
    record, outcome = video.record, video.outcome
    assert record.video_id == "7183732542942563590"
    assert record.posted_at == datetime(2023, 1, 1, 17, 11, 16, tzinfo=UTC)
    assert (record.creator.name, record.creator.followers, record.creator.verified) == ("ana", 17800, False)
    assert (record.hashtags, record.mentions, record.language) == (("gym", "gymrat"), ("coach.ana",), "es")
    assert record.music is not None
    assert record.music.id == "7183732530607704838"
    assert (outcome.views, outcome.likes, outcome.comments, outcome.shares) == (10_000, 700, 100, 200)
    assert (outcome.saves, outcome.reposts) == (60, 0)
    assert outcome.engagement_rate == pytest.approx(0.1)


@pytest.mark.parametrize("separator", ["/", "."])
def test_slash_and_dotted_columns_give_the_same_video(separator: str) -> None:
    assert parsed(flat(ITEM, separator)) == parsed(ITEM)


def test_a_cell_beside_its_own_columns_hides_nothing() -> None:
    row = {"authorMeta/name": "ana", "videoMeta/duration": "14"}
    for beside in ({"authorMeta": "[object]"} | row, row | {"authorMeta": "[object]"}):
        made = parsed(item(authorMeta=None, videoMeta=None) | beside)
        assert made.video.record.creator.name == "ana"


def test_the_dotted_export_without_id_hashtags_and_saves() -> None:
    row = {
        "authorMeta.name": "creator_1", "text": "Latkan dress #trending #ootd", "diggCount": "5140", "shareCount": "897",
        "playCount": "147500", "commentCount": "25", "videoMeta.duration": "13", "musicMeta.musicName": "original sound",
        "createTimeISO": "2026-02-27T07:12:15.000Z",
        "webVideoUrl": "https://www.tiktok.com/@creator_1/video/7611439329356942612",
    }  # fmt: skip
    video = parsed(row).video
    assert video.record.video_id == "7611439329356942612"
    assert video.record.hashtags == ("trending", "ootd")
    assert video.outcome.saves is None
    assert video.record.creator.followers is None
    assert video.record.is_ad is None


def test_the_link_wins_over_an_id_that_was_rounded_on_its_way() -> None:
    rounded = item() | {"id": "7508771742375071744", "webVideoUrl": "https://www.tiktok.com/@ana/video/7508771742375070998"}
    assert parsed(rounded).video_id == "7508771742375070998"
    assert parsed(item(id="7.50877E+18")).video_id == str(FIRST_ID)
    assert parsed(item(id=FIRST_ID)).video_id == str(FIRST_ID)
    assert parsed(item(id="clip-07")).video_id == "clip-07"


def test_without_link_the_link_is_made_of_name_and_id() -> None:
    assert parsed(item(webVideoUrl=None)).video.record.url == f"https://www.tiktok.com/@ana/video/{FIRST_ID}"


@pytest.mark.parametrize(
    "hashtags",
    [
        [{"name": "gym"}, {"name": "gymrat"}],
        ["#gym", "gymrat"],
        [{"id": "1", "name": "gym", "title": "", "cover": ""}, {"id": "2", "name": "gymrat", "title": "", "cover": ""}],
        {"0": {"name": "gym"}, "1": {"name": "gymrat"}},
        '[{"name": "gym"}, {"name": "gymrat"}]',
        "gym, gymrat",
        [],
        None,
    ],
)
def test_hashtags_in_every_form_or_from_the_caption(hashtags: Any) -> None:
    assert parsed(item(hashtags=hashtags)).video.record.hashtags == ("gym", "gymrat")


def test_hashtags_of_any_script_end_at_punctuation() -> None:
    caption = "#日本料理 #fypシ゚viral, #2026! (#été) ＃全角 a#b #"
    assert parsed(item(hashtags=None, text=caption)).video.record.hashtags == (
        "日本料理", "fypシ゚viral", "2026", "été", "全角", "b",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("created", "iso"),
    [
        (1672593076, None),
        ("1672593076", None),
        (1672593076000, None),
        (None, "2023-01-01T17:11:16Z"),
        (0, "2023-01-01T17:11:16"),
        (None, "2023-01-01T18:11:16+01:00"),
    ],
)
def test_times_in_seconds_milliseconds_or_iso(created: Any, iso: Any) -> None:
    made = parsed(item(createTime=created, createTimeISO=iso))
    assert made.video.record.posted_at == datetime(2023, 1, 1, 17, 11, 16, tzinfo=UTC)


def test_counts_as_text() -> None:
    counts = {"playCount": "10000", "diggCount": "700.0", "commentCount": " 100 ", "shareCount": "200", "collectCount": "60"}
    assert parsed(item(**counts)).video.outcome == parsed(item()).video.outcome


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"playCount": None}, ("playCount",)),
        ({"videoMeta__duration": None}, ("videoMeta.duration",)),
        ({"createTime": None, "createTimeISO": None}, ("createTime",)),
        ({"authorMeta__name": None, "webVideoUrl": "https://www.tiktok.com/x/video/7183732542942563590"}, ("authorMeta.name",)),
        ({"id": None, "webVideoUrl": None}, ("id", "webVideoUrl")),
        ({"diggCount": None, "commentCount": "", "shareCount": None}, ("diggCount", "commentCount", "shareCount")),
        ({"playCount": None, "videoMeta": None}, ("videoMeta.duration", "playCount")),
    ],
)
def test_missing_fields_are_named(changes: dict[str, Any], fields: tuple[str, ...]) -> None:
    refused = rejection(item(**changes))
    assert refused.code is RejectionCode.MISSING_FIELDS
    assert refused.fields == fields
    assert all(name in refused.message for name in fields)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"playCount": "many"}, ("playCount",)),
        ({"playCount": -1}, ("playCount",)),
        ({"diggCount": 1.5}, ("diggCount",)),
        ({"shareCount": 10**30}, ("shareCount",)),
        ({"videoMeta__duration": "NaN"}, ("videoMeta.duration",)),
        ({"videoMeta__duration": -3}, ("videoMeta.duration",)),
        ({"createTime": "yesterday", "createTimeISO": None}, ("createTime",)),
        ({"id": "../../etc/passwd", "webVideoUrl": "https://www.tiktok.com/@ana"}, ("id",)),
    ],
)
def test_unreadable_fields_are_named(changes: dict[str, Any], fields: tuple[str, ...]) -> None:
    refused = rejection(item(**changes))
    assert (refused.code, refused.fields) == (RejectionCode.MALFORMED, fields)


def test_error_items_carry_the_scrapers_text() -> None:
    refused = rejection({"error": "This profile/hashtag does not exist.", "input": "# Milan", "url": "https://x.invalid"})
    assert refused.code is RejectionCode.SCRAPER_ERROR
    assert "This profile/hashtag does not exist" in refused.message
    assert "# Milan" in refused.message


def test_a_null_error_is_no_error() -> None:
    assert parsed(item(error="")) == parsed(item())


@pytest.mark.parametrize(
    "changes",
    [
        {"isSlideshow": True},
        {"isSlideshow": "True"},
        {"isSlideshow": None, "videoMeta__duration": 0, "slideshowImageLinks": [{"tiktokLink": "https://x.invalid/1.jpg"}]},
        {"isSlideshow": None, "videoMeta__duration": "0", "slideshowImageLinks": {"0": {"tiktokLink": "https://x.invalid/1"}}},
        {"isSlideshow": None, "videoMeta__duration": None, "slideshowImageLinks": ["https://x.invalid/1.jpg"]},
        {"webVideoUrl": f"https://www.tiktok.com/@ana/photo/{FIRST_ID}"},
    ],
)
def test_slideshows_are_told_from_videos(changes: dict[str, Any]) -> None:
    refused = rejection(item(**changes))
    assert (refused.code, refused.video_id) == (RejectionCode.SLIDESHOW, str(FIRST_ID))


def test_a_video_of_0_seconds_without_images_is_out_of_range() -> None:
    assert rejection(item(videoMeta__duration=0)).code is RejectionCode.DURATION_OUT_OF_RANGE


def test_a_post_without_views_has_too_few() -> None:
    assert rejection(item(playCount=0)).code is RejectionCode.TOO_FEW_VIEWS


@pytest.mark.parametrize("raw", [None, 3, "text", [], [{}], BadRow("line 7 has 3 cells where the header has 5")])
def test_what_is_no_record_is_malformed(raw: object) -> None:
    assert rejection(raw).code is RejectionCode.MALFORMED


def test_a_number_of_a_place_is_no_country() -> None:
    assert parsed(item(locationMeta={"countryCode": "3996063"})).video.record.country is None
    assert parsed(item(locationMeta={"countryCode": "3996063"}, authorMeta__region="id")).video.record.country == "ID"


def test_text_that_json_and_terminals_choke_on_is_cleaned() -> None:
    record = parsed(item(text="a\ud800b\0c\x1b[31mred", hashtags=["\ud800"])).video.record
    assert record.caption == "a?bc[31mred"
    record.to_bytes()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
PATHS = [
    *ITEM, "authorMeta__name", "authorMeta__fans", "musicMeta__musicId", "videoMeta__duration", "error", "input",
    "searchHashtag", "slideshowImageLinks", "locationMeta", "detailedMentions", "noResults",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(PATHS), JSON_VALUES, max_size=4))
def test_whatever_stands_in_an_item_it_is_a_video_or_a_rejection(changes: dict[str, Any]) -> None:
    outer = {path: value for path, value in changes.items() if path.split("__")[0] not in changes or "__" not in path}
    result = parse_item(0, item(**outer))
    if isinstance(result, ParsedItem):
        assert ScrapedVideo.from_bytes(result.video.to_bytes()) == result.video
    else:
        assert Rejection.from_bytes(result.to_bytes()) == result


@given(JSON_VALUES)
def test_any_json_value_is_an_item_or_a_rejection(raw: object) -> None:
    assert isinstance(parse_item(0, raw), Rejection)
