"""Buckets at their limits, tokens from any name, plans that must balance, and values that must have a reason when missing."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import MAX_DURATION_S, Bucket
from shared.contracts.feature_row import FeatureRow
from shared.contracts.plan import Plan
from shared.contracts.request import BatchRequest
from shared.contracts.spans import Interval
from shared.tokens import slug
from tests.contracts.strategies import contract

MS = 0.001
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
ORDER = list(Bucket)
TOKEN = re.compile(r"[a-z0-9-]{1,48}")


@pytest.mark.parametrize("bucket", Bucket)
def test_a_bucket_ends_at_its_limit_and_the_next_begins_a_millisecond_later(bucket: Bucket) -> None:
    following = dict(zip(ORDER, [*ORDER[1:], None], strict=True))[bucket]
    assert Bucket.of(bucket.upper_s - MS) is bucket
    assert Bucket.of(bucket.upper_s) is bucket
    assert Bucket.of(bucket.upper_s + MS) is following


def test_there_is_no_bucket_outside_0_to_120_seconds() -> None:
    assert [Bucket.of(value) for value in (0.0, -1.0, float("nan"), float("inf"), 120.001, 121.0)] == [None] * 6
    assert Bucket.of(MS) is Bucket.S0_15
    assert Bucket.of(15.5) is Bucket.S16_30


@given(st.floats(0, MAX_DURATION_S, exclude_min=True))
def test_every_duration_has_exactly_one_bucket(duration_s: float) -> None:
    lower = [0.0, *(bucket.upper_s for bucket in ORDER[:-1])]
    fitting = [bucket for bucket, low in zip(ORDER, lower, strict=True) if low < duration_s <= bucket.upper_s]
    assert fitting == [Bucket.of(duration_s)]


@given(st.text())
def test_any_name_becomes_a_token(name: str) -> None:
    assert TOKEN.fullmatch(slug(name))
    assert slug(name) == slug(name)


@pytest.mark.parametrize(
    ("name", "token"),
    [("Stateside Grower", "stateside-grower"), ("@acme", "acme"), ("#skin care", "skin-care"), ("Crème & Co.", "creme-co")],
)
def test_latin_names_stay_readable(name: str, token: str) -> None:
    assert slug(name) == token


@pytest.mark.parametrize(("one", "other"), [("東京", "大阪"), ("🔥", "💧"), ("a" * 60, "a" * 61), ("москва", "минск")])
def test_names_that_lose_letters_stay_apart(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@QUICK
@given(contract(Plan), st.sampled_from(["items", "records", "rejected", "selected"]), st.sampled_from([-1, 1]))
def test_a_plan_that_does_not_balance_is_refused(plan: Plan, count: str, off_by: int) -> None:
    body = json.loads(plan.to_bytes())
    body["counts"][count] += off_by
    with pytest.raises(ValidationError, match="does not balance"):
        Plan.from_bytes(json.dumps(body))


@QUICK
@given(contract(Plan).filter(lambda plan: plan.videos))
def test_a_video_is_planned_once(plan: Plan) -> None:
    body = json.loads(plan.to_bytes())
    body["videos"].append(body["videos"][0])
    for count in ("items", "records", "selected"):
        body["counts"][count] += 1
    with pytest.raises(ValidationError, match="stands twice"):
        Plan.from_bytes(json.dumps(body))


@QUICK
@given(contract(Plan))
def test_a_plan_counts_every_requested_bucket(plan: Plan) -> None:
    assert set(plan.planned()) == set(plan.buckets)
    assert sum(plan.planned().values()) == sum(video.bucket in plan.buckets for video in plan.videos)


@QUICK
@given(contract(FeatureRow), st.booleans())
def test_a_missing_value_needs_a_reason_and_only_a_missing_one(row: FeatureRow, observed: bool) -> None:
    body = json.loads(row.to_bytes())
    body["values"]["scene_count"] = 3.0 if observed else None
    body["missing"].pop("scene_count", None)
    if observed:
        body["missing"]["scene_count"] = "scenes: off"
    with pytest.raises(ValidationError, match="need exactly one reason"):
        FeatureRow.from_bytes(json.dumps(body))


@given(st.floats(0, 120), st.floats(0, 120))
def test_an_interval_ends_after_it_starts(start_s: float, end_s: float) -> None:
    if start_s < end_s:
        assert Interval(start_s=start_s, end_s=end_s).length_s == end_s - start_s
        return
    with pytest.raises(ValidationError, match="before it starts"):
        Interval(start_s=start_s, end_s=end_s)


@pytest.mark.parametrize("key", ["/etc/passwd", "clients/Acme/plans/x", "clients/../x", "private/x", "public/", "public/a b"])
def test_a_key_outside_the_two_prefixes_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="key"):
        ArtifactRef(key=key, sha256="a" * 64, size=1, media_type="x/y")


@QUICK
@given(contract(BatchRequest))
def test_marks_are_taken_off_hashtags_and_handles(request: BatchRequest) -> None:
    assert not any(name.startswith(("#", "@")) for name in (*request.hashtags, *request.handles))
    assert list(request.buckets) == [bucket for bucket in Bucket if bucket in request.buckets]
