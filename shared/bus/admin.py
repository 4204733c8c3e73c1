"""Operations on the server: apply the topology, report drift, pause and resume consumers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nats.errors import NoRespondersError
from nats.js import JetStreamContext
from nats.js.api import Base, ConsumerInfo
from nats.js.errors import APIError, NotFoundError

from shared.bus.connection import connect
from shared.bus.settings import BusSettings
from shared.bus.topology import ATTEMPTS, ATTEMPTS_PREFIX, CONSUMERS, STREAMS, Consumer, Stream
from shared.errors import Unavailable, UsageError

PAUSED_UNTIL = "2100-01-01T00:00:00Z"
"""Far enough that only a person resumes the consumer."""

_APPLY = "run `rumiai bus apply`"
_NANOSECONDS = {"ack_wait", "max_age", "duplicate_window", "idle_heartbeat", "inactive_threshold"}


@dataclass(frozen=True)
class Change:
    """What was done, or would have to be done, to one stream or consumer, and which settings differed."""

    kind: Literal["stream", "consumer"]
    name: str
    action: Literal["created", "updated", "unchanged"]
    differences: tuple[str, ...] = ()


async def apply(settings: BusSettings) -> tuple[Change, ...]:
    """Create and update every stream and consumer. Idempotent. Raises Unavailable if the server refuses a change."""
    async with connect(settings) as client:
        return await _walk(client.jetstream(), settings, write=True)


async def drift(settings: BusSettings) -> tuple[Change, ...]:
    """What `apply` would change; empty when the server is as the topology says."""
    async with connect(settings) as client:
        changes = await _walk(client.jetstream(), settings, write=False)
    return tuple(change for change in changes if change.action != "unchanged")


async def pause(settings: BusSettings, consumer: str) -> None:
    """Stop delivery to a service until `resume`. Raises UsageError for an unknown name, Unavailable if it is missing."""
    spec = consumer_named(consumer)
    async with connect(settings) as client:
        await require_consumer(client.jetstream(), spec)
        await client.jetstream().pause_consumer(spec.stream, spec.name, PAUSED_UNTIL)


async def resume(settings: BusSettings, consumer: str) -> bool:
    """Deliver again, first the very message at which it stopped. Returns whether it had been paused."""
    spec = consumer_named(consumer)
    async with connect(settings) as client:
        info = await require_consumer(client.jetstream(), spec)
        await client.jetstream().resume_consumer(spec.stream, spec.name)
        return bool(info.paused)


async def paused_consumers(settings: BusSettings) -> tuple[str, ...]:
    """Names of the services whose consumer is paused, in pipeline order."""
    async with connect(settings) as client:
        infos = [await require_consumer(client.jetstream(), spec) for spec in CONSUMERS.values()]
    return tuple(info.name for info in infos if info.paused)


async def consumers(settings: BusSettings) -> tuple[ConsumerInfo, ...]:
    """The state of every service's consumer: num_pending, num_ack_pending, paused."""
    async with connect(settings) as client:
        return tuple([await require_consumer(client.jetstream(), spec) for spec in CONSUMERS.values()])


def consumer_named(name: str) -> Consumer:
    """The consumer of a service. Raises UsageError for an unknown one."""
    if name not in CONSUMERS:
        raise UsageError(f"There is no service {name!r}; the services are {', '.join(CONSUMERS)}.")
    return CONSUMERS[name]


async def require_consumer(js: JetStreamContext, spec: Consumer) -> ConsumerInfo:
    """The consumer's state. Raises Unavailable, naming the cure, if it or its stream is missing."""
    try:
        info: ConsumerInfo = await js.consumer_info(spec.stream, spec.name)
    except NotFoundError as error:
        raise Unavailable(f"The stream {spec.stream} or its consumer {spec.name} is missing; {_APPLY}.") from error
    return info


def require_patience(info: ConsumerInfo, settings: BusSettings) -> None:
    """Raises Unavailable if the server would take messages away from a worker that heartbeats as set."""
    patience = info.config.ack_wait or 0.0
    if patience < 2 * settings.heartbeat.total_seconds():
        raise Unavailable(
            f"The server gives {info.name} {patience:g} s between heartbeats, which come every "
            f"{settings.heartbeat.total_seconds():g} s; set RUMIAI_ACK_WAIT and RUMIAI_HEARTBEAT alike everywhere and {_APPLY}."
        )


async def require_attempts(js: JetStreamContext) -> None:
    """Raises Unavailable if the bucket that remembers attempts is missing."""
    try:
        await js.get_msg(ATTEMPTS, subject=f"{ATTEMPTS_PREFIX}none", direct=True)
    except NotFoundError:
        return
    except NoRespondersError as error:
        raise Unavailable(f"The stream {ATTEMPTS} is missing; {_APPLY}.") from error


async def _walk(js: JetStreamContext, settings: BusSettings, *, write: bool) -> tuple[Change, ...]:
    streams = [await _stream(js, stream, settings, write=write) for stream in STREAMS]
    return (*streams, *[await _consumer(js, consumer, settings, write=write) for consumer in CONSUMERS.values()])


async def _stream(js: JetStreamContext, stream: Stream, settings: BusSettings, *, write: bool) -> Change:
    wanted = stream.config(settings)
    try:
        found = (await js.stream_info(stream.name)).config
    except NotFoundError:
        if write:
            await _accepted(js.add_stream(wanted), f"stream {stream.name}")
        return Change("stream", stream.name, "created")
    differences = _differences(wanted, found)
    if differences and write:
        await _accepted(js.update_stream(wanted), f"stream {stream.name}")
    return Change("stream", stream.name, "updated" if differences else "unchanged", differences)


async def _consumer(js: JetStreamContext, consumer: Consumer, settings: BusSettings, *, write: bool) -> Change:
    wanted = consumer.config(settings)
    try:
        found: ConsumerInfo = await js.consumer_info(consumer.stream, consumer.name)
    except NotFoundError:
        if write:
            await _accepted(js.add_consumer(consumer.stream, wanted), f"consumer {consumer.name}")
        return Change("consumer", consumer.name, "created")
    differences = _differences(wanted, found.config)
    if differences and write:
        # An update without pause_until would quietly resume a consumer that a bug has paused.
        kept = wanted.evolve(pause_until=found.config.pause_until if found.paused else None)
        await _accepted(js.add_consumer(consumer.stream, kept), f"consumer {consumer.name}")
    return Change("consumer", consumer.name, "updated" if differences else "unchanged", differences)


async def _accepted(request: Any, what: str) -> None:
    try:
        await request
    except APIError as error:
        raise Unavailable(f"The server refused the {what}: {error.description} (code {error.err_code}).") from error


def _differences(wanted: Base, found: Base) -> tuple[str, ...]:
    have = _settings(found)
    pairs = ((name, value, have.get(name)) for name, value in _settings(wanted).items())
    return tuple(f"{name} is {held!r}, should be {value!r}" for name, value, held in pairs if held != value)


def _settings(config: Base) -> dict[str, Any]:
    """What was set, without the server's own metadata and the zeros that mean "not set"."""
    items = {name: _plain(name, value) for name, value in config.as_dict().items()}
    return {name: value for name, value in items.items() if value not in (0, False, {}, [])}


def _plain(name: str, value: Any) -> Any:
    if name in _NANOSECONDS:
        return value / 10**9
    if isinstance(value, Mapping):
        return {key: text for key, text in value.items() if not str(key).startswith("_nats.")}
    return str(value.value) if hasattr(value, "value") else value
