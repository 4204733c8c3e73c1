"""deploy/nats: the configuration that compose mounts is accepted and enforced by the real server."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from nats.aio.client import Client
from nats.js.errors import Error as JetStreamError

from shared.bus.admin import apply, drift, pause, paused_consumers, resume
from shared.bus.embedded import executable
from shared.bus.senders import OPS, SENDS
from shared.bus.service import build_service
from shared.bus.settings import BusSettings
from shared.bus.topology import ATTEMPTS, ATTEMPTS_PREFIX, CONSUMERS, STREAMS
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import EVENTS, VideoAnalyzed, VideoSelected, message_id
from shared.errors import Unavailable
from tests.deploy.secured_bus import SecuredBus
from tools.bus_permissions import PATH, USERS
from tools.make_nkeys import make

REF = ArtifactRef(key="public/videos/aa/x.mp4", sha256="a" * 64, size=1, media_type="video/mp4")
SELECTED = VideoSelected(
    event_id="acquisition:1:acme.b1.r1:v1", client="acme", batch="b1", video_id="v1", bucket=Bucket.S0_15, video=REF, record=REF
)
ANALYZED = VideoAnalyzed(
    event_id=message_id("analyzer", "1", client="acme", batch="b1", run="r1", item="v1"), client="acme", batch="b1",
    video_id="v1", bucket=Bucket.S0_15, video=REF, record=REF, analysis=REF, profile="p",
)  # fmt: skip


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBus]:
    with SecuredBus(tmp_path_factory.mktemp("nats")) as server:
        asyncio.run(apply(server.settings(OPS)))
        yield server


def test_the_configuration_passes_the_servers_own_check(bus: SecuredBus) -> None:
    answer = subprocess.run([executable(), "-t", "-c", str(bus.config)], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_without_keys_the_server_refuses_to_start(tmp_path: Path) -> None:
    for name in ("server.conf", "accounts.conf"):
        (tmp_path / name).write_text((Path(PATH).parent / name).read_text())
    answer = subprocess.run(
        [executable(), "-t", "-c", str(tmp_path / "server.conf")], capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert "nkeys.conf" in answer.stderr


def test_acknowledged_events_are_synced_to_disk(bus: SecuredBus) -> None:
    config = bus.monitoring("jsz")["config"]
    assert config["sync_always"] is True


def test_the_disk_budget_holds_every_stream(bus: SecuredBus) -> None:
    assert bus.monitoring("jsz")["config"]["max_storage"] >= sum(stream.max_bytes for stream in STREAMS)


def test_the_topology_fits_and_shows_no_drift(bus: SecuredBus) -> None:
    assert asyncio.run(drift(bus.settings(OPS))) == ()


def test_nobody_gets_in_without_a_key(bus: SecuredBus) -> None:
    with pytest.raises(Unavailable, match="refuses this user"):
        asyncio.run(drift(BusSettings(nats_url=bus.urls["nats"][0])))


def test_a_key_of_another_installation_is_refused(bus: SecuredBus, tmp_path: Path) -> None:
    make(tmp_path)
    foreign = BusSettings(nats_url=bus.urls["nats"][0], nats_nkey_seed_file=tmp_path / "keys" / "ops.nk")
    with pytest.raises(Unavailable, match="refuses this user"):
        asyncio.run(drift(foreign))


def test_keys_are_made_once_and_kept_from_other_users(tmp_path: Path) -> None:
    assert [path.stem for path in make(tmp_path)] == list(USERS)
    public = (tmp_path / "nkeys.conf").read_text()
    assert make(tmp_path) == ()
    assert (tmp_path / "nkeys.conf").read_text() == public
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert not any(path.read_text().strip() in public for path in (tmp_path / "keys").iterdir())


@pytest.mark.parametrize("service", CONSUMERS)
def test_a_service_can_do_its_work(bus: SecuredBus, service: str) -> None:
    asyncio.run(_work(bus, service))


async def _work(bus: SecuredBus, service: str) -> None:
    consumer = CONSUMERS[service]
    ops, refusals = await bus.connect(OPS), list[str]()
    client = await bus.connect(service, refusals)
    try:
        received = consumer.subjects[0].replace("*.*", "acme.b1")
        await ops.jetstream().publish(received, b"{}", stream=consumer.stream)
        pull = await client.jetstream().pull_subscribe_bind(service, stream=consumer.stream)
        (message,) = await pull.fetch(1, timeout=5)
        assert message.subject == received
        for event in SENDS[service]:
            own = f"{event.model_fields['type'].default}.acme.b1"
            assert (await client.jetstream().publish(own, b"{}", stream=event.stream)).stream == event.stream
        await client.jetstream().publish(f"dlq.{service}.{received}", b"{}", stream="DLQ")
        note = f"{ATTEMPTS_PREFIX}{service}.{consumer.stream}.1"
        await client.jetstream().publish(note, b"[]", stream=ATTEMPTS)
        assert (await client.jetstream().get_msg(ATTEMPTS, subject=note, direct=True)).data == b"[]"
        await message.ack_sync(timeout=5)
        assert (await client.jetstream().consumer_info(consumer.stream, service)).num_ack_pending == 0
        await pull.unsubscribe()
        assert refusals == []
    finally:
        await client.close()
        await ops.jetstream().purge_stream(consumer.stream)
        await ops.close()


@pytest.mark.parametrize("service", CONSUMERS)
def test_a_service_is_refused_everything_else(bus: SecuredBus, service: str) -> None:
    refused, tried = asyncio.run(_trespass(bus, service))
    said = "\n".join(refused).lower()  # as the client hands them on
    assert [subject for subject in tried if f'"{subject.lower()}"' not in said] == []


async def _trespass(bus: SecuredBus, service: str) -> tuple[list[str], list[str]]:
    refusals: list[str] = []
    client = await bus.connect(service, refusals)
    foreign = [event for event in EVENTS if event not in SENDS[service]]
    others = [consumer for consumer in CONSUMERS.values() if consumer.name != service]
    publish = [
        *(f"{event.model_fields['type'].default}.acme.b1" for event in foreign),
        *(f"$JS.API.CONSUMER.MSG.NEXT.{other.stream}.{other.name}" for other in others),
        *(f"$JS.API.CONSUMER.PAUSE.{other.stream}.{other.name}" for other in others),
        *(f"$JS.ACK.{other.stream}.{other.name}.1.1.1.1.0" for other in others),
        *(f"{ATTEMPTS_PREFIX}{other.name}.{other.stream}.1" for other in others),
        *(f"dlq.{other.name}.x" for other in others),
        f"$JS.API.CONSUMER.CREATE.{CONSUMERS[service].stream}",
        f"$JS.API.CONSUMER.DELETE.{CONSUMERS[service].stream}.{service}",
        *(f"$JS.API.STREAM.{action}.{stream.name}" for action in ("PURGE", "DELETE", "MSG.GET") for stream in STREAMS),
    ]
    subscribe = [">", *(f"_INBOX_{other.name}.>" for other in others), f"_INBOX_{OPS}.>"]
    for subject in publish:
        await client.publish(subject, b"{}")
        await _refusals_up_to(client, refusals, publish.index(subject) + 1)
    for subject in subscribe:
        await client.subscribe(subject)
        await _refusals_up_to(client, refusals, len(publish) + subscribe.index(subject) + 1)
    await client.close()
    return refusals, [*publish, *subscribe]


async def _refusals_up_to(client: Client, refusals: list[str], count: int) -> None:
    """Round trips until the refusal is in: a PONG may overtake it, and a long run of them in one read confuses nats-py."""
    for _ in range(20):
        await client.flush(timeout=5)
        if len(refusals) >= count:
            return


def test_ops_pauses_and_resumes(bus: SecuredBus) -> None:
    settings = bus.settings(OPS)
    asyncio.run(pause(settings, "trainer"))
    assert asyncio.run(paused_consumers(settings)) == ("trainer",)
    assert asyncio.run(resume(settings, "trainer"))


def test_a_real_service_runs_under_its_own_rights(bus: SecuredBus) -> None:
    assert asyncio.run(_serve_one(bus)) == [SELECTED.video_id]


async def _serve_one(bus: SecuredBus) -> list[str]:
    """The whole service: start-up checks, pull, publish, ack, and a note about a message that is handed over."""
    seen: list[str] = []
    exits: list[int] = []
    done = asyncio.Event()
    settings = bus.settings("analyzer").model_copy(update={"pull_timeout": timedelta(seconds=1)})
    service = build_service("analyzer", settings, leave=exits.append)

    async def on_video_selected(event: VideoSelected) -> None:
        await service.publisher.emit(ANALYZED)
        seen.append(event.video_id)
        done.set()

    service.subscribe(on_video_selected)
    ops = await bus.connect(OPS)
    try:
        await ops.jetstream().publish(SELECTED.subject, SELECTED.to_bytes(), stream=SELECTED.stream)
        await service.start()
        await asyncio.wait_for(done.wait(), 10)
        stored = await _stored(ops, ANALYZED.subject)
        assert VideoAnalyzed.from_bytes(stored) == ANALYZED
    finally:
        await service.hand_over()
        await service.stop()
        await ops.close()
    assert exits == []
    return seen


async def _stored(ops: Client, subject: str) -> bytes:
    try:
        message = await ops.jetstream().get_msg(ANALYZED.stream, subject=subject, direct=True)
    except JetStreamError as error:
        raise AssertionError(f"{subject} was not stored") from error
    return bytes(message.data or b"")


def test_the_seeds_never_reach_git(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        pytest.skip("this is not a git checkout")
    for path in ("deploy/nats/keys/ops.nk", "deploy/nats/nkeys.conf"):
        answer = subprocess.run(["git", "check-ignore", "-q", path], cwd=root, env=os.environ, check=False)
        assert answer.returncode == 0, path
