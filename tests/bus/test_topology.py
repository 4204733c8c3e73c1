"""The topology on a real server: applying it, drift, pausing, and the sentences for what is missing."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from nats.js.errors import APIError, NoStreamResponseError

from shared.bus import admin
from shared.bus.connection import connect, credentials
from shared.bus.embedded import EmbeddedServer
from shared.bus.service import build_service
from shared.bus.settings import BusSettings
from shared.bus.topology import CONSUMERS, STREAMS
from shared.contracts.events import EVENTS
from shared.errors import Unavailable, UsageError


def test_apply_creates_everything_once_and_then_changes_nothing(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    first = asyncio.run(admin.apply(bus_settings))
    assert {change.action for change in first} == {"created"}
    assert len(first) == len(STREAMS) + len(CONSUMERS)
    assert {change.action for change in asyncio.run(admin.apply(bus_settings))} == {"unchanged"}
    assert asyncio.run(admin.drift(bus_settings)) == ()


def test_drift_names_the_setting_and_apply_repairs_it(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    asyncio.run(admin.apply(bus_settings))
    other = bus_settings.model_copy(update={"ack_wait": timedelta(seconds=9), "analyzer_workers": 4})
    drift = asyncio.run(admin.drift(other))
    assert [change.name for change in drift] == list(CONSUMERS)
    assert drift[1].differences == ("ack_wait is 2.0, should be 9.0", "max_ack_pending is 1, should be 4")
    assert len(asyncio.run(admin.drift(other))) == 5, "looking changes nothing"
    asyncio.run(admin.apply(other))
    assert asyncio.run(admin.drift(other)) == ()


def test_a_stream_that_somebody_changed_is_repaired(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    async def spoil() -> None:
        async with connect(bus_settings) as client:
            config = (await client.jetstream().stream_info("VIDEO")).config
            await client.jetstream().update_stream(config.evolve(max_age=30 * 86400.0, metadata=None))

    asyncio.run(admin.apply(bus_settings))
    asyncio.run(spoil())
    [change] = asyncio.run(admin.drift(bus_settings))
    assert (change.kind, change.name) == ("stream", "VIDEO")
    assert "max_age is 2592000.0, should be 15552000.0" in change.differences
    asyncio.run(admin.apply(bus_settings))
    assert asyncio.run(admin.drift(bus_settings)) == ()


def test_every_event_has_a_stream_that_takes_its_subject_and_no_other(
    nats_server: EmbeddedServer, bus_settings: BusSettings
) -> None:
    async def steps() -> None:
        async with connect(bus_settings) as client:
            js = client.jetstream()
            for event in EVENTS:
                kind = event.model_fields["type"].default
                receipt = await js.publish(f"{kind}.acme.b1", b"{}", stream=event.stream)
                assert receipt.stream == event.stream
                with pytest.raises(NoStreamResponseError):
                    await js.publish(f"{kind}.acme.co.b1", b"{}")

    asyncio.run(admin.apply(bus_settings))
    asyncio.run(steps())


def test_a_message_that_is_too_large_for_an_event_is_refused(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    async def steps() -> None:
        async with connect(bus_settings) as client:
            with pytest.raises(APIError, match="size exceeds"):
                await client.jetstream().publish("video.selected.acme.b1", b"x" * 300_000)

    asyncio.run(admin.apply(bus_settings))
    asyncio.run(steps())


def test_a_pause_outlives_apply_and_a_killed_server(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    asyncio.run(admin.apply(bus_settings))
    asyncio.run(admin.pause(bus_settings, "trainer"))
    asyncio.run(admin.apply(bus_settings.model_copy(update={"ack_wait": timedelta(seconds=8)})))
    nats_server.kill()
    nats_server.start()
    assert asyncio.run(admin.paused_consumers(bus_settings)) == ("trainer",)
    assert asyncio.run(admin.resume(bus_settings, "trainer"))
    assert not asyncio.run(admin.resume(bus_settings, "trainer"))
    assert asyncio.run(admin.paused_consumers(bus_settings)) == ()


def test_a_missing_topology_is_a_sentence_that_names_the_cure(nats_server: EmbeddedServer, bus_settings: BusSettings) -> None:
    with pytest.raises(Unavailable, match=r"stream REQUESTS or its consumer acquisition is missing; run `rumiai bus apply`\."):
        asyncio.run(admin.paused_consumers(bus_settings))
    with pytest.raises(Unavailable, match=r"VIDEO.*analyzer is missing; run `rumiai bus apply`"):
        asyncio.run(build_service("analyzer", bus_settings).start())


def test_an_unknown_service_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"There is no service 'analyser'; the services are acquisition, analyzer"):
        asyncio.run(admin.resume(BusSettings(), "analyser"))


def test_no_server_is_told_within_seconds(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    server.start()
    server.stop()
    began = time.monotonic()
    with pytest.raises(Unavailable, match=rf"No NATS server answers at {server.url}; start one with `rumiai up`"):
        asyncio.run(admin.apply(BusSettings(nats_url=server.url)))
    assert time.monotonic() - began < 5


def test_something_else_on_the_port_is_told_within_seconds() -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        url = f"nats://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(Unavailable, match="No NATS server answers"):
            asyncio.run(admin.apply(BusSettings(nats_url=url, connect_timeout=timedelta(seconds=1))))
        assert time.monotonic() - began < 6


@pytest.mark.parametrize("url", ["http://127.0.0.1:4222", "nats://", "4222", "nats://host:port"])
def test_an_address_that_is_none_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="RUMIAI_NATS_URL"):
        asyncio.run(admin.apply(BusSettings(nats_url=url)))


def test_a_server_that_is_too_old_is_named() -> None:
    with pretended_server("2.9.10") as url, pytest.raises(Unavailable, match=r"nats-server 2\.9\.10.*use 2\.14 or newer"):
        asyncio.run(admin.apply(BusSettings(nats_url=url)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heartbeat": timedelta(seconds=40)}, "at most half of"),
        ({"retry_delays": ()}, "at least one"),
        ({"max_tries": 0}, "1"),
    ],
)
def test_settings_that_would_lose_messages_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        BusSettings(**changes)


def test_durations_are_read_as_seconds_or_iso(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMIAI_ACK_WAIT", "3.5")
    monkeypatch.setenv("RUMIAI_HEARTBEAT", "PT1S")
    monkeypatch.setenv("RUMIAI_RETRY_DELAYS", "[0.5, 2]")
    settings = BusSettings()
    assert (settings.ack_wait, settings.heartbeat) == (timedelta(seconds=3.5), timedelta(seconds=1))
    assert [settings.retry_delay(tries).total_seconds() for tries in (1, 2, 3)] == [0.5, 2.0, 2.0]


@contextmanager
def pretended_server(version: str) -> Iterator[str]:
    """Greets like a nats-server of that version; real old ones are not in any package we may install."""
    hello = {"server_id": "x", "version": version, "proto": 1, "headers": True, "max_payload": 1048576, "jetstream": True}

    def greet() -> None:
        connection = listener.accept()[0]
        with connection, connection.makefile("rb") as lines:
            connection.sendall(f"INFO {json.dumps(hello)}\r\n".encode())
            for line in lines:
                if line.startswith(b"PING"):
                    connection.sendall(b"PONG\r\n")

    with create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet, daemon=True).start()
        yield f"nats://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("RUMIAI_ACK_WAIT", "abc", "ISO 8601"),
        ("RUMIAI_ACK_WAIT", "0", "more than 0"),
        ("RUMIAI_ACK_WAIT", "nan", "ISO 8601"),
        ("RUMIAI_RETRY_DELAYS", "[5, soon]", "ISO 8601"),
        ("RUMIAI_HTTP_PORT", "99999", "65535"),
        ("RUMIAI_ON_BUG", "ignore", "quarantine"),
    ],
)
def test_a_wrong_variable_is_one_sentence_that_names_it(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError, match=rf"^{variable}: .*{words}.*\.$"):
        BusSettings()


def test_delays_are_read_with_and_without_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("5, PT30S", "[5, 30]", '[5, "PT30S"]'):
        monkeypatch.setenv("RUMIAI_RETRY_DELAYS", text)
        assert BusSettings().retry_delays == (timedelta(seconds=5), timedelta(seconds=30))


@pytest.mark.parametrize("seed", ["bad", "", "\u00fc"])
def test_a_seed_that_is_none_is_told_without_showing_it(seed: str, tmp_path: Path) -> None:
    (tmp_path / "seed").write_text(seed)
    for settings in (BusSettings(nats_nkey_seed_file=tmp_path / "seed"), BusSettings(nats_nkey_seed=seed)):
        with pytest.raises(Unavailable, match="holds no nkey seed"):
            credentials(settings)
