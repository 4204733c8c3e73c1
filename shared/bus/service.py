"""Builds a service on the bus. A service's app.py is about this long:

    def build_app(settings: FeaturesSettings) -> Service:
        service = build_service("features", settings.bus)
        handlers = FeaturesHandlers(store=..., artifacts=..., publisher=service.publisher)
        service.subscribe(handlers.on_video_analyzed)      # async def on_video_analyzed(self, event: VideoAnalyzed) -> None
        service.on_stop(worker.close)                      # optional, called after the message was handed over
        return service

and its __main__.py, with `from shared.bus.runner import run_service`:

    run_service(build_app, FeaturesSettings)               # settings or their class; never returns

The handler returns: the message is acked. It raises BadInput, Transient or Unavailable: see settlement.py. It raises
anything else: the consumer is paused and the process leaves with 3. Publish with `await service.publisher.emit(event)`.
Nothing connects before the service runs; `Service` is an AsgiFastStream, so any ASGI server can run it too.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Any, Union

from faststream import AckPolicy, StreamMessage
from faststream.asgi import AsgiFastStream
from faststream.nats import JStream, PullSub
from faststream.specification import AsyncAPI
from nats.aio.client import Client
from nats.errors import Error
from nats.js.api import ConsumerConfig
from nats.js.errors import NotFoundError
from pydantic import Field, TypeAdapter, ValidationError
from structlog.contextvars import bound_contextvars

from shared.bus.admin import consumer_named, require_attempts, require_consumer, require_patience
from shared.bus.broker import EXIT_RESTART, close_intake, framework_logger, make_broker
from shared.bus.connection import connect, inbox_prefix
from shared.bus.health import routes
from shared.bus.metrics import Metrics
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.bus.settlement import Leave, Settlement, SettlementMiddleware
from shared.bus.topology import Consumer
from shared.contracts.events import Event
from shared.contracts.failure import FailureReason
from shared.errors import BadInput
from shared.telemetry import get_logger

_log = get_logger("bus")


class Service(AsgiFastStream):
    """One service: a broker, one consumer, a publisher, and the routes /health, /ready and /metrics."""

    def __init__(self, consumer: Consumer, settings: BusSettings, *, leave: Leave) -> None:
        self.consumer = consumer
        self.settings = settings
        self.metrics = Metrics(consumer.name)
        self.publisher = Publisher(lambda: self.client().jetstream(), settings, metrics=self.metrics)
        self.settlement = Settlement(
            consumer, settings, client=self.client, publisher=self.publisher, metrics=self.metrics, leave=leave
        )
        self._leave = leave
        self._watch: asyncio.Task[None] | None = None
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._broker = make_broker(
            consumer.name,
            settings,
            middleware=partial(SettlementMiddleware, settlement=self.settlement),
            stopping=lambda: self.settlement.stopping,
            leave=leave,
        )
        super().__init__(
            self._broker,
            asgi_routes=routes(self._broker, self.client, consumer, self.metrics),
            logger=framework_logger(),
            specification=AsyncAPI(title=f"RumiAI {consumer.name}", version="1"),
            on_startup=[self._check_server],
            after_startup=[self._start_watching],
            on_shutdown=[self.hand_over],
            after_shutdown=[self._close],
        )

    def client(self) -> Client:
        """The connection to the server; there is one only while the service runs."""
        client: Client = self._broker.config.connection_state.connection
        return client

    def subscribe(self, handle: Callable[[Any], Awaitable[None]]) -> None:
        """Bind the one handler of the service's consumer. It gets a validated event and returns nothing."""
        consumer = self.consumer

        async def consume(event: Any) -> None:
            with bound_contextvars(client=event.client, batch=event.batch, video=getattr(event, "video_id", None)):
                await handle(event)

        consume.__name__ = consumer.name
        consume.__doc__ = handle.__doc__
        consume.__annotations__ = {"event": Union[consumer.events], "return": None}  # noqa: UP007 - built at run time
        one = len(consumer.subjects) == 1
        self._broker.subscriber(
            consumer.subjects[0].replace("*.*", "{client}.{batch}") if one else "",
            config=None if one else ConsumerConfig(filter_subjects=list(consumer.subjects)),
            stream=JStream(consumer.stream, declare=False),
            durable=consumer.name,
            pull_sub=PullSub(batch_size=1, timeout=self.settings.pull_timeout.total_seconds()),
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
            inbox_prefix=f"{inbox_prefix(consumer.name)}.".encode(),
            decoder=_decoder(consumer),
        )(consume)

    def on_stop(self, close: Callable[[], Awaitable[None]]) -> None:
        """Have something closed after the message in flight was handed over."""
        self._closers.append(close)

    async def hand_over(self) -> None:
        """Give the message in flight back at once and take no more. Safe to call twice."""
        if self._watch is not None:
            self._watch.cancel()
        await self.settlement.hand_over()
        if self._broker.config.connection_state:
            with suppress(Error, TimeoutError):
                await close_intake(self._broker, self.client())

    async def _check_server(self) -> None:
        async with connect(self.settings, name=self.consumer.name) as client:
            info = await require_consumer(client.jetstream(), self.consumer)
            await require_attempts(client.jetstream())
        require_patience(info, self.settings)
        if info.paused:
            _log.warning(f"{info.name} is paused; once the cause is fixed, run `rumiai resume {info.name}`")

    async def _start_watching(self) -> None:
        _log.info("ready", consumer=self.consumer.name, stream=self.consumer.stream)
        self._watch = asyncio.create_task(self._keep_watching())

    async def _keep_watching(self) -> None:
        """FastStream spins silently when its consumer is deleted (503 to every pull), so somebody has to look."""
        while True:
            await asyncio.sleep(self.settings.watch_interval.total_seconds())
            try:
                await self.client().jetstream().consumer_info(self.consumer.stream, self.consumer.name)
            except NotFoundError:
                _log.critical(f"the consumer {self.consumer.name} was deleted on the server; run `rumiai bus apply`")
                self._leave(EXIT_RESTART)
            except (Error, TimeoutError):
                _log.warning("the server does not answer")

    async def _close(self) -> None:
        for close in self._closers:
            await close()


def build_service(name: str, settings: BusSettings, *, leave: Leave = os._exit) -> Service:
    """A service with its consumer from the topology. Raises UsageError for an unknown name.

    `leave` ends the process after a bug or a lost connection.
    """
    return Service(consumer_named(name), settings, leave=leave)


def _decoder(consumer: Consumer) -> Callable[[StreamMessage[Any]], Awaitable[Event]]:
    """Parses and validates. Only what fails here is an invalid event: a ValueError inside a handler is a bug."""
    union: Any = Union[consumer.events]  # noqa: UP007 - built at run time
    if len(consumer.events) > 1:
        union = Annotated[union, Field(discriminator="type")]
    adapter: TypeAdapter[Event] = TypeAdapter(union)

    async def decode(message: StreamMessage[Any]) -> Event:
        subject: str = message.raw_message.subject
        try:
            event = adapter.validate_json(message.body)
        except ValidationError as error:
            raise BadInput(FailureReason.INVALID_EVENT, _first_problem(subject, error)) from error
        if event.subject != subject:
            raise BadInput(FailureReason.INVALID_EVENT, f"An event for {event.subject} was published on {subject}.")
        return event

    return decode


def _first_problem(subject: str, error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "the message"
    return f"The event on {subject} is not valid: {field}: {problem['msg']} ({error.error_count()} problems)."
