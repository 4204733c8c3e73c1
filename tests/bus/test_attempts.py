"""Counting crashes and tries, and naming the video of a message that is no event."""

import json

from hypothesis import given
from hypothesis import strategies as st

from shared.bus.attempts import Attempts
from shared.bus.deadletter import GivenUp, failure_of
from shared.contracts.events import FIRST_RUN
from shared.contracts.failure import FailureReason, Stage

ENDINGS = st.sampled_from(["crash", "transient", "shutdown", "bug"])


@given(st.lists(ENDINGS, max_size=9))
def test_only_what_was_not_noted_counts_as_a_crash(history: list[str]) -> None:
    attempts = Attempts()
    for number, ending in enumerate(history, start=1):
        assert attempts.crashes(number) == history[: number - 1].count("crash")
        assert attempts.failed_tries(number) == history[: number - 1].count("transient")
        if ending != "crash":
            attempts = attempts.noting(number, ending).noting(number, ending)  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
BODIES = st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("video_id", "bucket", "run", "event_id", "client"), JSON)
).map(lambda value: json.dumps(value).encode())  # fmt: skip


@given(
    BODIES,
    st.sampled_from(["video.selected.acme.b1", "video.analyzed.a.b", "video.selected.A.b", "batch.requested.acme.b1"]),
    st.text(),
)
def test_any_message_gives_a_valid_video_failed_or_none(data: bytes, subject: str, message: str) -> None:
    failed = failure_of(letter(subject, data, message))
    if failed is not None:
        assert failed.subject == "video.failed." + subject.split(".", 2)[2]
        assert failed.video_id


def test_the_name_of_a_video_is_enough() -> None:
    failed = failure_of(letter("video.analyzed.acme.b1", b'{"video_id": "7", "bucket": "unknown"}', "x" * 5000))
    assert failed is not None
    assert (failed.client, failed.batch, failed.run, failed.video_id, failed.bucket) == ("acme", "b1", FIRST_RUN, "7", None)
    assert len(failed.message) == 2000


def letter(subject: str, data: bytes, message: str) -> GivenUp:
    """A message given up by the analyzer."""
    return GivenUp(Stage.ANALYZER, "VIDEO", 1, 1, subject, data, {}, FailureReason.INVALID_EVENT, message)
