"""The ledger is the same for any order and repetition of events, and says when it does not balance."""

import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import (
    BatchPlanned,
    BucketTrained,
    Event,
    FeaturesReady,
    ReportReady,
    VideoAnalyzed,
    VideoFailed,
    VideoSelected,
)
from shared.contracts.failure import FailureReason, Stage
from shared.contracts.findings import Verdict
from shared.ledger import BatchLedger, StageCount, fold

REF = ArtifactRef(key="public/videos/aa/a", sha256="a" * 64, size=1, media_type="x")
BATCH = {"client": "c", "batch": "b", "occurred_at": datetime(2026, 1, 1, tzinfo=UTC)}
Fate = st.sampled_from(["open", "selected", "analyzed", "ready", *Stage])


def planned(counts: dict[Bucket, int]) -> BatchPlanned:
    return BatchPlanned(event_id="plan", plan=REF, request=REF, planned=counts, **BATCH)


def history(video: str, bucket: Bucket, fate: str) -> list[Event]:
    """The events of one video up to its fate."""
    common = {"video_id": video, "bucket": bucket, **BATCH}
    steps: list[Event] = [
        VideoSelected(event_id=f"s{video}", video=REF, record=REF, **common),
        VideoAnalyzed(event_id=f"a{video}", video=REF, record=REF, analysis=REF, profile="p", **common),
        FeaturesReady(event_id=f"f{video}", row=REF, catalogue_version="1", profile="p", **common),
    ]
    if fate in ("open", "selected", "analyzed", "ready"):
        return steps[: ("open", "selected", "analyzed", "ready").index(fate)]
    stage = Stage(fate)
    failed = VideoFailed(
        event_id=f"x{video}", planned=True, stage=stage, reason=FailureReason.CORRUPT_FILE, message="m", **common
    )
    return [*steps[: min(list(Stage).index(stage), 2)], failed]


@given(st.lists(st.tuples(st.sampled_from(Bucket), Fate), max_size=30), st.randoms(use_true_random=False))
def test_planned_is_ready_plus_failed_plus_open_whatever_the_order(
    fates: list[tuple[Bucket, str]], shuffler: random.Random
) -> None:
    counts = {bucket: sum(b is bucket for b, _ in fates) for bucket in Bucket}
    events: list[Event] = [planned(counts)]
    for number, (bucket, fate) in enumerate(fates):
        events += history(str(number), bucket, fate)
    ledger = fold(events)
    shuffled = [*events, *events[:5]]
    shuffler.shuffle(shuffled)
    assert fold(shuffled) == ledger
    assert ledger.problems() == []
    assert ledger.total == len(fates)
    assert ledger.open == sum(fate in ("open", "selected", "analyzed") for _, fate in fates)
    assert len(ledger.ready) + len(ledger.failed) + (ledger.open or 0) == len(fates)


def test_a_video_that_is_both_ready_and_failed_is_a_problem() -> None:
    events = [planned({Bucket.S0_15: 1}), *history("1", Bucket.S0_15, "ready"), *history("1", Bucket.S0_15, Stage.ANALYZER)]
    problems = fold(events).problems()
    assert "both ready and failed" in problems[0]
    assert len(problems) == 2


def test_items_that_were_never_planned_do_not_count() -> None:
    odd = VideoFailed(
        event_id="o", video_id="9", bucket=None, planned=False, stage=Stage.ACQUISITION,
        reason=FailureReason.MISSING_FIELDS, message="m", **BATCH,
    )  # fmt: skip
    ledger = fold([planned({Bucket.S0_15: 0}), odd])
    assert (ledger.open, ledger.problems(), set(ledger.unplanned)) == (0, [], {"9"})


def test_complete_means_a_report_for_every_planned_bucket_even_an_empty_one() -> None:
    ledger = BatchLedger()
    assert not ledger.complete
    ledger.apply(planned({Bucket.S0_15: 0, Bucket.S16_30: 0}))
    for bucket in (Bucket.S0_15, Bucket.S16_30):
        assert not ledger.complete
        ledger.apply(
            BucketTrained(
                event_id=f"t{bucket}",
                bucket=bucket,
                findings=REF,
                plan=REF,
                request=REF,
                verdict=Verdict.INSUFFICIENT_DATA,
                **BATCH,
            )
        )
        ledger.apply(
            ReportReady(
                event_id=f"r{bucket}", bucket=bucket, verdict=Verdict.INSUFFICIENT_DATA, patterns=0, documents=(), **BATCH
            )
        )
    assert ledger.complete


def test_a_stage_waits_only_for_what_the_stages_before_it_let_through() -> None:
    events = [planned({Bucket.S0_15: 3})]
    for number, fate in enumerate(["ready", Stage.ACQUISITION, Stage.ANALYZER]):
        events += history(str(number), Bucket.S0_15, fate)  # type: ignore[arg-type]
    assert fold(events).stages()[:3] == (
        StageCount("acquisition", 2, 1, 3),
        StageCount("analyzer", 1, 1, 2),
        StageCount("features", 1, 0, 1),
    )
