"""What becomes of a message, row by row of the settlement table, with real service processes on a real server."""

import json
import signal
import time
from datetime import timedelta

from shared.contracts.bucket import Bucket
from shared.contracts.failure import FailureReason, Stage
from shared.errors import EXIT_BUG, EXIT_UNAVAILABLE
from tests.bus.conftest import PATIENCE_S, Bus, selected


def test_success_is_acked_and_its_result_published(bus: Bus) -> None:
    bus.publish(selected("ok-1"), selected("ok-2"))
    with bus.running():
        found = bus.wait("ANALYZED", 2)
        bus.wait_until_settled()
    assert [subject for subject, _, _ in found] == ["video.analyzed.acme.b1"] * 2
    assert bus.starts == ["ok-1", "ok-2"]


def test_bad_input_is_given_up_at_once_and_the_next_message_goes_on(bus: Bus) -> None:
    bus.publish(selected("corrupt-1"), selected("ok-1"))
    with bus.running():
        bus.wait("ANALYZED", 1)
    [(subject, data, headers)] = bus.messages("DLQ")
    assert subject == "dlq.analyzer.video.selected.acme.b1"
    assert json.loads(data)["video_id"] == "corrupt-1"
    assert headers["X-Reason"] == "corrupt_file"
    assert headers["X-Message"] == "The file is damaged."
    assert (headers["X-Orig-Stream"], headers["X-Orig-Seq"], headers["X-Deliveries"]) == ("VIDEO", "1", "1")
    assert headers["Nats-Msg-Id"] == "dlq:analyzer:VIDEO:1"
    [failed] = bus.failures()
    assert (failed.video_id, failed.bucket, failed.stage) == ("corrupt-1", Bucket.S16_30, Stage.ANALYZER)
    assert (failed.reason, failed.planned) == (FailureReason.CORRUPT_FILE, True)
    assert failed.causation_id == selected("corrupt-1").event_id
    assert bus.starts == ["corrupt-1", "ok-1"]


def test_a_transient_error_is_tried_again_until_it_works(bus: Bus) -> None:
    bus.publish(selected("flaky-1"))
    with bus.running():
        bus.wait("ANALYZED", 1)
    assert bus.starts == ["flaky-1"] * 3
    assert bus.messages("DLQ") == []


def test_a_transient_error_that_stays_is_given_up_after_three_tries_with_its_own_reason(bus: Bus) -> None:
    bus.publish(selected("down-1"))
    with bus.running():
        bus.wait("LEDGER", 1)
    assert bus.starts == ["down-1"] * 3
    [failed] = bus.failures()
    assert failed.reason is FailureReason.DOWNLOAD_FAILED
    assert failed.message == "The network is away. (try 3 of 3)"


def test_an_event_that_is_no_event_still_gives_video_failed_where_it_names_a_video(bus: Bus) -> None:
    bus.publish_raw("video.selected.acme.b1", b"{no json")
    bus.publish_raw("video.selected.acme.b1", json.dumps({"video_id": "v7", "bucket": "31-60s", "run": "r2"}).encode())
    wrong = selected("v8").model_copy(update={"batch": "other"})
    bus.publish_raw("video.selected.acme.b1", wrong.to_bytes())
    bus.publish(selected("ok-1"))
    with bus.running():
        bus.wait("ANALYZED", 1)
    letters = bus.messages("DLQ")
    assert [headers["X-Reason"] for _, _, headers in letters] == ["invalid_event"] * 3
    assert letters[0][1] == b"{no json"
    assert [(f.video_id, f.bucket, f.batch, f.run) for f in bus.failures()] == [
        ("v7", Bucket.S31_60, "b1", "r2"),
        ("v8", Bucket.S16_30, "b1", "r1"),
    ]
    assert bus.starts == ["ok-1"]


def test_a_message_that_kills_three_workers_is_given_up_without_a_fourth_start(bus: Bus) -> None:
    bus.publish(selected("crash-1"), selected("ok-1"))
    for _ in range(3):
        assert bus.start().wait(PATIENCE_S) == -signal.SIGKILL
    with bus.running():
        bus.wait("ANALYZED", 1)
    assert bus.starts == ["crash-1"] * 3 + ["ok-1"]
    [(_, _, headers)] = bus.messages("DLQ")
    assert (headers["X-Reason"], headers["X-Deliveries"]) == ("crashed", "4")
    [failed] = bus.failures()
    assert (failed.video_id, failed.reason) == ("crash-1", FailureReason.CRASHED)


def test_handing_a_message_over_does_not_count_as_a_crash(bus: Bus) -> None:
    bus.publish(selected("hang-1"))
    for starts in range(1, 5):
        process = bus.start(RUMIAI_TEST_HANGS="9")
        bus.wait_for_starts(starts)
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
    with bus.running():
        bus.wait("ANALYZED", 1)
    assert bus.starts == ["hang-1"] * 5
    assert bus.messages("DLQ") == []


def test_a_bug_pauses_the_consumer_exits_with_3_and_resume_starts_at_that_very_message(bus: Bus) -> None:
    bus.publish(selected("ok-1"), selected("bug-1"), selected("ok-2"))
    assert bus.start().wait(PATIENCE_S) == EXIT_BUG
    assert bus.paused() == ("analyzer",)
    assert "rumiai resume analyzer" in bus.log
    assert bus.messages("DLQ") == []
    with bus.running(fixed=True):
        bus.wait_until_ready()
        assert bus.starts == ["ok-1", "bug-1"]  # paused: a restart alone delivers nothing
        bus.resume()
        bus.wait("ANALYZED", 3)
    assert bus.starts == ["ok-1", "bug-1", "bug-1", "ok-2"]
    assert bus.failures() == []


def test_a_bug_in_a_quarantining_service_is_a_dead_letter_and_it_goes_on(bus: Bus) -> None:
    bus.publish(selected("bug-1"), selected("ok-1"))
    with bus.running(on_bug="quarantine"):
        bus.wait("ANALYZED", 1)
    [failed] = bus.failures()
    assert (failed.reason, failed.message) == (FailureReason.BUG, "ValueError: a bug")
    assert bus.paused() == ()


def test_a_missing_thing_pauses_and_exits_with_4_without_a_traceback(bus: Bus) -> None:
    bus.publish(selected("unavailable-1"))
    assert bus.start().wait(PATIENCE_S) == EXIT_UNAVAILABLE
    assert bus.paused() == ("analyzer",)
    assert "There are no weights." in bus.log
    assert "Traceback" not in bus.log


def test_sigterm_hands_the_message_to_another_replica_at_once(bus: Bus) -> None:
    bus.apply(ack_wait=timedelta(minutes=5))
    bus.publish(selected("hang-1"))
    first = bus.start()
    bus.wait_for_starts(1)
    with bus.running():
        bus.wait_until_ready()
        began = time.monotonic()
        first.terminate()
        bus.wait("ANALYZED", 1)
        took = time.monotonic() - began
        assert first.wait(PATIENCE_S) == 0
    assert bus.starts == ["hang-1", "hang-1"]
    assert took < 5, f"the other replica got it after {took:.1f} s"


def test_the_server_killed_in_the_middle_of_a_handler_loses_and_doubles_nothing(bus: Bus) -> None:
    videos = [f"slow-{number}" for number in range(4)]
    bus.publish(*(selected(video) for video in videos))
    with bus.running():
        bus.wait_for_starts(2)
        bus.server.kill()
        bus.server.start()
        found = bus.wait("ANALYZED", 4)
        assert sorted(json.loads(data)["video_id"] for _, data, _ in found) == videos
        bus.wait_until_settled()
    assert len(bus.messages("ANALYZED")) == 4
    assert bus.messages("DLQ") == []


def test_a_dead_letter_that_can_not_be_stored_keeps_the_message(bus: Bus) -> None:
    bus.publish(selected("corrupt-1"))
    bus.delete_stream("DLQ")
    with bus.running():
        bus.wait_for_log("did not take it")
        assert bus.pending() == (0, 1)
        bus.apply()
        bus.wait("DLQ", 1)
        bus.wait_until_settled()
    assert [failed.video_id for failed in bus.failures()] == ["corrupt-1"]
