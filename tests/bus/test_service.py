"""A service as a process: readiness, metrics, deleted consumers, stops, and sentences instead of tracebacks."""

import json
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest

from shared.bus.broker import EXIT_RESTART
from shared.errors import EXIT_UNAVAILABLE, EXIT_USAGE
from tests.bus.conftest import PATIENCE_S, Bus, selected


def get(bus: Bus, path: str) -> tuple[int, str]:
    """Status and body from the service that was started last."""
    url = re.findall(r'"url": "(http://[^"]+)"', bus.log)[-1]
    try:
        with urllib.request.urlopen(url + path, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_ready_reports_the_consumer_as_the_server_sees_it(bus: Bus) -> None:
    bus.publish(selected("hang-1"), selected("ok-1"))
    with bus.running():
        bus.wait_for_starts(1)
        assert get(bus, "/health")[0] == 204
        status, body = get(bus, "/ready")
        assert (status, json.loads(body)) == (200, {"ready": True, "paused": False, "num_pending": 1, "ack_pending": 1})


def test_ready_is_503_while_the_server_is_away_and_comes_back(bus: Bus) -> None:
    with bus.running():
        bus.wait_until_ready()
        bus.server.kill()
        status, body = get(bus, "/ready")
        assert (status, json.loads(body)["reason"]) == (503, "the NATS server does not answer")
        bus.server.start()
        bus.wait_until(lambda: get(bus, "/ready")[0] == 200)
        bus.publish(selected("ok-1"))
        bus.wait("ANALYZED", 1)


def test_a_deleted_consumer_is_503_and_ends_the_service_with_a_sentence(bus: Bus) -> None:
    with bus.running(RUMIAI_WATCH_INTERVAL="1.5") as process:
        bus.wait_until_ready()
        bus.delete_consumer()
        status, body = get(bus, "/ready")
        assert (status, json.loads(body)["reason"]) == (503, "the consumer analyzer is missing")
        assert process.wait(PATIENCE_S) == EXIT_RESTART
    assert "the consumer analyzer was deleted on the server; run `rumiai bus apply`" in bus.log


def test_a_deleted_stream_ends_the_service_too(bus: Bus) -> None:
    with bus.running() as process:
        bus.wait_until_ready()
        bus.delete_stream("VIDEO")
        assert process.wait(PATIENCE_S) == EXIT_RESTART


def test_a_connection_that_closes_for_good_ends_the_service_instead_of_spinning(bus: Bus) -> None:
    bus.publish(selected("disconnect-1"))
    assert bus.start().wait(PATIENCE_S) == EXIT_RESTART


def test_metrics_count_outcomes_and_never_name_a_batch(bus: Bus) -> None:
    bus.publish(selected("ok-1"), selected("corrupt-1"), selected("ok-2"))
    with bus.running():
        bus.wait("ANALYZED", 2)
        bus.wait_until_settled()
        text = get(bus, "/metrics")[1]
    assert 'rumiai_messages_total{outcome="success",service="analyzer"} 2.0' in text
    assert 'rumiai_messages_total{outcome="dead_letter",service="analyzer"} 1.0' in text
    assert 'rumiai_published_total{duplicate="false",event="video.analyzed"} 2.0' in text
    assert "acme" not in text


def test_an_idle_service_stops_at_once(bus: Bus) -> None:
    for stop in (signal.SIGTERM, signal.SIGINT):
        process = bus.start()
        bus.wait_until_ready()
        began = time.monotonic()
        process.send_signal(stop)
        assert process.wait(PATIENCE_S) == 0
        assert time.monotonic() - began < 3


def test_messages_that_arrive_while_a_replica_stops_wait_for_nobody(bus: Bus) -> None:
    bus.apply(ack_wait=timedelta(minutes=5))  # a message that a stopping replica kept would come back only then
    with bus.running():
        for turn in range(3):
            replica = bus.start()
            bus.wait_until_ready()
            bus.publish(*(selected(f"ok-{turn}-{number}") for number in range(4)), before_third=replica.terminate)
            bus.wait("ANALYZED", 4 * (turn + 1))
            assert replica.wait(PATIENCE_S) == 0
        bus.wait_until_settled()


def test_a_service_that_heartbeats_too_slowly_for_the_server_does_not_start(bus: Bus) -> None:
    sentence = one_sentence(bus, EXIT_UNAVAILABLE, RUMIAI_ACK_WAIT="60", RUMIAI_HEARTBEAT="15")
    assert "The server gives analyzer 2 s between heartbeats, which come every 15 s" in sentence


def test_a_handler_that_blocks_a_thread_does_not_hold_up_the_stop(bus: Bus) -> None:
    bus.publish(selected("block-1"))
    process = bus.start()
    bus.wait_for_starts(1)
    began = time.monotonic()
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    assert time.monotonic() - began < 5


def test_a_taken_http_port_is_one_sentence(bus: Bus) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert one_sentence(bus, EXIT_UNAVAILABLE, RUMIAI_HTTP_PORT=port).startswith(f"analyzer: The port {port} on 127.0.0.1")


def test_a_server_that_is_away_at_start_is_one_sentence(bus: Bus) -> None:
    bus.server.stop()
    assert "No NATS server answers at" in one_sentence(bus, EXIT_UNAVAILABLE)


def test_a_wrong_setting_is_one_sentence_that_names_it(bus: Bus) -> None:
    assert "RUMIAI_MAX_TRIES" in one_sentence(bus, EXIT_USAGE, RUMIAI_MAX_TRIES="many")
    assert "heartbeat" in one_sentence(bus, EXIT_USAGE, RUMIAI_HEARTBEAT="90")


def test_debug_shows_the_traceback_as_well(bus: Bus) -> None:
    bus.delete_consumer()
    process = bus.start(RUMIAI_DEBUG="1")
    assert process.wait(PATIENCE_S) not in (0, -signal.SIGKILL)
    assert "Traceback" in bus.log


def one_sentence(bus: Bus, code: int, **environment: str) -> str:
    """What a service that can't start says, after checking how it ends."""
    (bus.folder / "service.log").unlink(missing_ok=True)
    process: subprocess.Popen[bytes] = bus.start(**environment)
    assert process.wait(PATIENCE_S) == code
    [line] = bus.log.splitlines()
    return line


@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_other_paths_are_404(bus: Bus, path: str) -> None:
    with bus.running():
        bus.wait_until_ready()
        assert get(bus, path)[0] == 404
