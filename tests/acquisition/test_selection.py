"""The plan: every item is a record or a coded rejection, and the selection follows from the items alone, not their order."""

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraper_items import FIRST_ID, codes, item, plan, request

from services.acquisition.ranking import picks
from shared.contracts.bucket import Bucket
from shared.contracts.plan import Plan, RejectionCode

DURATIONS = st.sampled_from([0, 0.001, 14.999, 15, 15.001, 30, 30.001, 59.9, 60, 60.001, 90, 90.001, 120, 120.001, 600])
ITEMS = st.lists(
    st.builds(
        lambda number, changes: item(number, **changes),
        st.integers(0, 30),
        st.fixed_dictionaries(
            {},
            optional={
                "videoMeta__duration": DURATIONS,
                "playCount": st.integers(0, 50) | st.none(),
                "diggCount": st.integers(0, 3),
                "collectCount": st.none(),
                "createTime": st.sampled_from([1_500_000_000, 1_672_593_076, 1_750_000_000]),
                "hashtags": st.sampled_from([[{"name": "gym"}], [{"name": "food"}]]),
                "text": st.sampled_from(["no tag", "#gym", "#food"]),
                "isSlideshow": st.booleans(),
                "error": st.sampled_from(["", "This post is gone."]),
                "mediaUrls": st.sampled_from([[], ["https://media.example.invalid/2.mp4"]]),
            },
        ),
    )
    | st.none()
    | st.integers(),
    max_size=25,
)
REQUESTS = st.builds(
    request,
    buckets=st.sets(st.sampled_from([bucket.value for bucket in Bucket]), min_size=1).map(sorted),
    videos_per_bucket=st.integers(1, 6),
    selection=st.sampled_from(["top", "spread"]),
    posted_after=st.sampled_from([None, date(2022, 1, 1)]),
    thresholds=st.sampled_from([{"min_views": 1}, {"min_views": 20}, {"min_views": 1, "min_engagement_rate": 0.05}]),
)


@given(ITEMS, REQUESTS)
def test_every_item_is_selected_left_over_or_rejected(items: list[Any], asked: Any) -> None:
    made = plan(items, asked)
    assert made.counts.items == len(items) == made.counts.records + made.counts.rejected
    assert made.counts.records == len(made.videos) + len(made.not_selected)
    assert [rejection.item for rejection in made.rejected] == sorted({rejection.item for rejection in made.rejected})
    for bucket in made.buckets:
        ranks = [entry.rank for entry in (*made.videos, *made.not_selected) if entry.bucket is bucket]
        assert sorted(ranks) == list(range(1, len(ranks) + 1))
        assert made.planned()[bucket] == min(len(ranks), asked.videos_per_bucket)
    assert {video.bucket for video in made.videos} <= set(asked.buckets)


@given(ITEMS, REQUESTS)
def test_selected_videos_meet_every_threshold(items: list[Any], asked: Any) -> None:
    for video in plan(items, asked).videos:
        assert video.bucket is Bucket.of(video.record.duration_s)
        assert video.outcome.views >= asked.thresholds.min_views
        assert video.outcome.engagement_rate >= asked.thresholds.min_engagement_rate
        assert asked.posted_after is None or video.record.posted_at.date() >= asked.posted_after
        assert "gym" in video.record.hashtags or "#gym" in video.record.caption
        assert video.media.url


@given(ITEMS, REQUESTS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_nothing_but_their_positions(items: list[Any], asked: Any, random: Any) -> None:
    shuffled = random.sample(items, len(items))
    one, other = plan(items, asked), plan(shuffled, asked)
    assert (one.videos, one.not_selected, one.counts) == (other.videos, other.not_selected, other.counts)
    assert one.population == other.population

    def kinds(made: Plan) -> Counter[tuple[str | None, RejectionCode]]:
        return Counter((rejection.video_id, rejection.code) for rejection in made.rejected)

    assert kinds(one) == kinds(other)


@given(ITEMS, REQUESTS)
def test_the_same_items_give_the_same_bytes(items: list[Any], asked: Any) -> None:
    made = plan(items, asked)
    assert made.to_bytes() == plan(items, asked).to_bytes()
    assert Plan.from_bytes(made.to_bytes()) == made


@pytest.mark.parametrize("limit", [15.0, 30.0, 60.0, 90.0])
def test_bucket_limits_to_the_millisecond(limit: float) -> None:
    lower, upper = (Bucket.of(limit), Bucket.of(limit + 0.001))
    durations = (limit - 0.001, limit, limit + 0.001)
    made = plan([item(number, videoMeta__duration=seconds) for number, seconds in enumerate(durations)])
    found = {video.video_id: video.bucket for video in made.videos}
    assert [found[str(FIRST_ID + number)] for number in range(3)] == [lower, lower, upper]
    assert lower is not upper


def test_the_outer_limits_to_the_millisecond() -> None:
    made = plan([item(number, videoMeta__duration=seconds) for number, seconds in enumerate((0, 0.001, 120, 120.001))])
    assert {video.bucket for video in made.videos} == {Bucket.S0_15, Bucket.S91_120}
    assert codes(made) == {0: RejectionCode.DURATION_OUT_OF_RANGE, 3: RejectionCode.DURATION_OUT_OF_RANGE}


def test_each_filter_has_its_code_and_an_inclusive_limit() -> None:
    asked = request(
        posted_after=date(2023, 1, 1),
        buckets=["0-15s"],
        thresholds={"min_views": 1000, "min_engagement_rate": 0.1},
    )
    items = [
        item(0, createTime=1_672_531_200),  # the first second of 2023, UTC
        item(1, createTime=1_672_531_199),
        item(2, playCount=1000, diggCount=0, shareCount=0, commentCount=100),
        item(3, playCount=999, diggCount=900),
        item(4, playCount=1000, diggCount=0, shareCount=0, commentCount=99),
        item(5, videoMeta__duration=16),
        item(6, hashtags=[{"name": "food"}], text="no tag"),
        item(7, mediaUrls=[]),
    ]
    made = plan(items, asked)
    assert {video.video_id for video in made.videos} == {str(FIRST_ID), str(FIRST_ID + 2)}
    assert codes(made) == {
        1: RejectionCode.TOO_OLD,
        3: RejectionCode.TOO_FEW_VIEWS,
        4: RejectionCode.LOW_ENGAGEMENT,
        5: RejectionCode.BUCKET_NOT_REQUESTED,
        6: RejectionCode.OFF_TOPIC,
        7: RejectionCode.MISSING_FIELDS,
    }
    assert made.rejected[-1].fields == ("mediaUrls",)


def test_of_duplicates_the_most_complete_then_the_newest_stays() -> None:
    thin = item(0, collectCount=None, authorMeta={"name": "ana"}, playCount=20_000)
    full_old, full_new = item(0, playCount=10_000), item(0, playCount=11_000)
    for order in ([thin, full_old, full_new], [full_new, thin, full_old], [full_old, full_new, thin]):
        made = plan(order)
        assert [video.outcome.views for video in made.videos] == [11_000]
        assert sorted(codes(made).values()) == [RejectionCode.DUPLICATE] * 2


def test_equal_duplicates_leave_one() -> None:
    made = plan([item(), item(), item()])
    assert (made.counts.selected, codes(made)) == (1, dict.fromkeys((1, 2), RejectionCode.DUPLICATE))


def test_ranking_is_by_engagement_rate_not_by_views() -> None:
    items = [
        item(0, playCount=1_000_000, diggCount=50_000),
        item(1, playCount=2_000, diggCount=700),
        item(2, playCount=4_000, diggCount=1_700, shareCount=200, commentCount=100),  # as high as item 1, more views
    ]
    made = plan(items)
    assert [video.video_id for video in made.videos] == [str(FIRST_ID + number) for number in (2, 1, 0)]


def test_top_takes_the_first_and_spread_reaches_both_ends() -> None:
    items = [item(number, diggCount=100 * number) for number in range(11)]
    top, spread = (plan(items, request(videos_per_bucket=3, selection=name)) for name in ("top", "spread"))
    assert [video.rank for video in top.videos] == [1, 2, 3]
    assert [video.rank for video in spread.videos] == [1, 6, 11]
    assert "highest engagement rate" in top.population
    assert "evenly" in spread.population


@given(st.integers(0, 300), st.integers(1, 60), st.sampled_from(["top", "spread"]))
def test_picks_are_distinct_and_as_many_as_wanted(available: int, wanted: int, strategy: Any) -> None:
    places = picks(available, wanted, strategy)
    assert len(set(places)) == len(places) == min(available, wanted)
    assert places == sorted(places)
    assert all(0 <= place < available for place in places)
    gaps = [later - earlier for earlier, later in pairwise(places)]
    assert not gaps or max(gaps) - min(gaps) <= 1
    if strategy == "spread" and len(places) > 1:
        assert (places[0], places[-1]) == (0, available - 1)


def untagged(number: int, **changes: Any) -> dict[str, Any]:
    return item(number, hashtags=[], text="no tag", **changes)


def test_own_hashtags_decide_before_the_page_an_item_was_found_on() -> None:
    items = [
        item(0),
        item(1, hashtags=[], text="only in the caption: #GYM"),
        item(2, hashtags=[{"name": "vitaminatrend"}], text="", input="gym", searchHashtag={"name": "gym", "views": 1}),
        untagged(3, searchHashtag={"name": "Gym", "views": 1}),
        untagged(4, input="#gym"),
        untagged(5, searchQuery="gym"),
    ]
    made = plan(items)
    assert {video.video_id for video in made.videos} == {str(FIRST_ID + number) for number in (0, 1, 3, 4)}
    assert codes(made) == {2: RejectionCode.OFF_TOPIC, 5: RejectionCode.OFF_TOPIC}
    assert "2 of 6 distinct items (33.3%) were off topic" in made.population


def test_a_source_without_any_hashtag_is_not_rejected_but_said() -> None:
    made = plan([untagged(0), untagged(1)])
    assert made.counts.selected == 2
    assert "could not be checked" in made.population


def test_handles_match_the_creator_or_the_profiles_own_videos() -> None:
    asked = request(hashtags=[], handles=["@Ana"])
    items = [
        item(0),
        item(1, authorMeta__name="ben"),
        item(2, authorMeta__name="ana.new", input="ana", fromProfileSection="videos"),
        item(3, authorMeta__name="ben", input="ana", fromProfileSection="reposts"),
    ]
    made = plan(items, asked)
    assert {video.video_id for video in made.videos} == {str(FIRST_ID), str(FIRST_ID + 2)}
    assert codes(made) == {1: RejectionCode.OFF_TOPIC, 3: RejectionCode.OFF_TOPIC}


def test_with_hashtags_and_handles_either_is_enough() -> None:
    asked = request(hashtags=["yoga"], handles=["ana"])
    items = [item(0), item(1, authorMeta__name="ben", hashtags=[{"name": "yoga"}]), item(2, authorMeta__name="ben")]
    assert codes(plan(items, asked)) == {2: RejectionCode.OFF_TOPIC}


def test_nothing_fits_is_a_plan_too() -> None:
    made = plan([])
    assert made.counts.selected == 0
    assert made.population == "No video fits the request for #gym among 0 items from a test."
