"""Subjects, streams and message ids: the rules that keep events apart, and each of them small."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.bus.senders import OPS, SENDS
from shared.bus.topology import CONSUMERS, STREAMS
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import (
    EVENTS,
    BatchPlanned,
    BatchRequested,
    BucketTrained,
    Document,
    Event,
    FeaturesReady,
    ReportReady,
    VideoAnalyzed,
    VideoFailed,
    VideoSelected,
    message_id,
)
from shared.contracts.failure import FailureReason, Stage
from shared.contracts.findings import Verdict
from shared.contracts.request import BatchRequest, Brand, Client, DatasetSource
from tests.contracts.strategies import contract

LIMIT = 10_000
TOKEN = "w" * 48
TOKENS = st.from_regex(r"[a-z0-9-]{1,48}", fullmatch=True)
TYPES = {event.model_fields["type"].default for event in EVENTS}


def ref(kind: str) -> ArtifactRef:
    digest = "f" * 64
    return ArtifactRef(
        key=f"clients/{TOKEN}/{kind}/ff/{digest}.json", sha256=digest, size=10**9, media_type="application/vnd.apache.parquet"
    )


def largest() -> list[Event]:
    """Every event with names as long as tokens allow and a message as long as it may be, in a script of four-byte letters."""
    video = "7" * 64
    names = {
        "event_id": message_id("acquisition", "v" * 40, client=TOKEN, batch=TOKEN, run=TOKEN, item=video),
        "causation_id": message_id("acquisition", "v" * 40, client=TOKEN, batch=TOKEN, run=TOKEN, item=video),
        "client": TOKEN, "batch": TOKEN, "run": TOKEN,
    }  # fmt: skip
    line = "é" * 200
    request = BatchRequest(
        client=Client(name=line, industry=line, brand=Brand(tone=line, selling_points=(line,) * 5, banned_claims=(line,) * 5)),
        source=DatasetSource(kind="dataset", items=line, videos=line),
        hashtags=tuple(f"{number}{'é' * 60}" for number in range(10)),
    )
    documents = tuple(Document(kind="client_report", filename="f" * 100, artifact=ref("reports")) for _ in range(4))
    bucket = {"bucket": Bucket.S91_120}
    one = {"video_id": video, **bucket}
    return [
        BatchRequested(**names, request=request),
        BatchPlanned(**names, plan=ref("plans"), request=ref("requests"), planned=dict.fromkeys(Bucket, 500)),
        VideoSelected(**names, **one, video=ref("v"), record=ref("r")),
        VideoAnalyzed(**names, **one, video=ref("v"), record=ref("r"), analysis=ref("a"), profile="p" * 200),
        FeaturesReady(**names, **one, row=ref("rows"), catalogue_version="c" * 64, profile="p" * 200),
        VideoFailed(
            **names, **one, planned=True, stage=Stage.ACQUISITION, reason=FailureReason.UNSUPPORTED_MEDIA, message="😀" * 2000
        ),
        BucketTrained(
            **names, **bucket, findings=ref("f"), plan=ref("p"), request=ref("q"), verdict=Verdict.INSUFFICIENT_DATA
        ),
        ReportReady(**names, **bucket, verdict=Verdict.INSUFFICIENT_DATA, patterns=500, documents=documents),
    ]  # fmt: skip


def test_events_stay_small_at_their_largest() -> None:
    sizes = {type(event).__name__: len(event.to_bytes()) for event in largest()}
    assert set(sizes) == {event.__name__ for event in EVENTS}
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}


def test_an_event_of_names_as_long_as_allowed_keeps_its_message_id() -> None:
    assert all(len(event.event_id) <= 300 for event in largest())


@pytest.mark.parametrize("event", EVENTS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_subject_is_the_event_and_two_tokens(event: type[Event], data: st.DataObject) -> None:
    value = data.draw(contract(event))
    assert value.subject == f"{value.type}.{value.client}.{value.batch}"
    assert value.subject.count(".") == 3
    assert not set(value.subject) & set(" *>\t\r\n")
    assert value.correlation_id == f"{value.client}.{value.batch}.{value.run}"


@pytest.mark.parametrize("field", ["client", "batch", "run"])
@pytest.mark.parametrize("token", ["", "acme.co", "Acme", "a b", "a*", "a>", "ä", "a\n", "w" * 49])
def test_a_token_that_would_break_a_subject_is_refused(field: str, token: str) -> None:
    body = VideoFailed(
        event_id="x", client="c", batch="b", video_id="v", bucket=None, planned=False,
        stage=Stage.ACQUISITION, reason=FailureReason.MISSING_FIELDS, message="",
    ).model_dump()  # fmt: skip
    with pytest.raises(ValidationError, match=field):
        VideoFailed.model_validate(body | {field: token})


@pytest.mark.parametrize("video_id", ["", "..", "../up", "/etc/passwd", "a.b", "a b", "a\n", "ä", "7" * 65])
def test_a_video_id_that_could_lead_out_of_a_folder_is_refused(video_id: str) -> None:
    with pytest.raises(ValidationError, match="video_id"):
        VideoFailed.model_validate({"video_id": video_id})


def test_what_an_event_leads_to_names_it_as_its_cause_and_stays_in_its_batch_run() -> None:
    cause = largest()[0]
    failed = VideoFailed(
        **cause.leads_to(Stage.ANALYZER, "3", item="v"), video_id="v", bucket=None, planned=False,
        stage=Stage.ANALYZER, reason=FailureReason.CORRUPT_FILE, message="",
    )  # fmt: skip
    assert (failed.causation_id, failed.correlation_id) == (cause.event_id, cause.correlation_id)
    assert failed.event_id == f"analyzer:3:{cause.correlation_id}:v"


@given(
    first=st.tuples(TOKENS, TOKENS, TOKENS, st.text("0123456789", min_size=1, max_size=20)),
    second=st.tuples(TOKENS, TOKENS, TOKENS, st.text("0123456789", min_size=1, max_size=20)),
)
def test_different_work_has_different_message_ids(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    def make(parts: tuple[str, ...]) -> str:
        return message_id("features", "1", client=parts[0], batch=parts[1], run=parts[2], item=parts[3])

    assert (make(first) == make(second)) == (first == second)


def test_another_version_or_run_is_other_work() -> None:
    names = {"client": "c", "batch": "b", "item": "v"}
    ids = {message_id("features", version, run=run, **names) for version in ("1", "2") for run in ("r1", "r2")}
    assert len(ids) == 4


def test_an_event_is_stamped_in_utc() -> None:
    event = largest()[2]
    assert event.occurred_at.tzinfo is UTC
    assert abs((datetime.now(UTC) - event.occurred_at).total_seconds()) < 60


def test_every_event_has_one_stream_senders_and_a_reader_or_an_end() -> None:
    held = [subject for stream in STREAMS for subject in stream.subjects]
    assert len(held) == len(set(held))
    sent = {event for events in SENDS.values() for event in events}
    assert sent == set(EVENTS)
    assert {f"{kind}.*.*" for kind in TYPES} <= set(held)
    read = {event for consumer in CONSUMERS.values() for event in consumer.events}
    assert set(EVENTS) - read == {ReportReady}  # the end of the pipeline


def test_senders_are_ops_and_the_five_services() -> None:
    assert set(SENDS) == {OPS, *(stage.value for stage in Stage)}
