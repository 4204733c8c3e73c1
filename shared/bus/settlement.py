"""Decides what becomes of every message, for all services, and never loses one.

success                    ack, confirmed by the server
BadInput, invalid event    dead letter + video.failed at once
Transient, MemoryError     nak with delay; after max_tries dead letter + video.failed
it killed max_tries workers  dead letter + video.failed, without running the handler again
Unavailable                pause the consumer, nak, exit 4: this machine lacks something
anything else is a bug     pause the consumer, nak, exit 3; or, with on_bug=quarantine, dead letter + video.failed
shutdown                   nak at once, so another worker takes over
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from faststream import BaseMiddleware, ContextRepo, StreamMessage
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from shared.bus import attempts
from shared.bus.admin import PAUSED_UNTIL
from shared.bus.attempts import Attempts, Ending
from shared.bus.deadletter import GivenUp, bury
from shared.bus.delivery import Delivery, handled, heartbeat
from shared.bus.metrics import Metrics
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.bus.topology import Consumer
from shared.bus.verdict import GiveUp, HandOver, Retry, Stop, Success, Verdict, beforehand, judge
from shared.errors import EXIT_BUG, Transient, Unavailable
from shared.telemetry import get_logger

Leave = Callable[[int], object]
Handle = Callable[[], Awaitable[object]]
_PAUSE_S = 1.0
_CONFIRM_S = 1.0
_CONFIRM_TRIES = 2
_RECONNECT_S = 0.1
_HAND_OVER_WITHIN_S = 1.5
_log = get_logger("bus")


class Settlement:
    """Settles the messages of one service. `leave` ends the process; tests may pass something milder."""

    def __init__(
        self,
        consumer: Consumer,
        settings: BusSettings,
        *,
        client: Callable[[], Client],
        publisher: Publisher,
        metrics: Metrics,
        leave: Leave = os._exit,
    ) -> None:
        self._consumer = consumer
        self._settings = settings
        self._client = client
        self._publisher = publisher
        self._metrics = metrics
        self._leave = leave
        self._stopping = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def settle(self, raw: Msg, handle: Handle) -> None:
        """Run the handler once and settle the message, whatever happens."""
        delivery = Delivery.of(raw)
        self._idle.clear()
        try:
            async with heartbeat(raw, self._settings.heartbeat):
                await self._carry_out(delivery, await self._verdict(delivery, handle))
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back(delivery, "shutdown"))
            raise
        except Exception as error:  # noqa: BLE001 - a bug in the settlement itself must not lose the message either
            await self._stop(delivery, Stop(error, EXIT_BUG))
        finally:
            self._idle.set()
        if self._stopping.is_set():
            with suppress(asyncio.CancelledError):  # FastStream pulls the next message as soon as this returns
                await asyncio.Event().wait()

    async def hand_over(self) -> None:
        """Take no more work, cancel the handler and give its message back. Returns within about two seconds."""
        self._stopping.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_HAND_OVER_WITHIN_S):
                await self._idle.wait()

    @property
    def stopping(self) -> bool:
        """Whether `hand_over` was called."""
        return self._stopping.is_set()

    async def _verdict(self, delivery: Delivery, handle: Handle) -> Verdict:
        if self._stopping.is_set():
            return HandOver()
        known = await self._known(delivery)
        if known is None:
            return HandOver()
        if given_up := beforehand(delivery.number, known, self._settings):
            return given_up
        try:
            with self._metrics.in_flight.track_inprogress(), self._metrics.seconds.time():
                finished = await handled(handle, unless=self._stopping)
        except Exception as error:  # noqa: BLE001 - every error gets its verdict
            return judge(error, known.failed_tries(delivery.number) + 1, self._settings)
        return Success() if finished else HandOver()

    async def _carry_out(self, delivery: Delivery, verdict: Verdict) -> None:
        match verdict:
            case Success():
                await self._confirm(delivery, b"+ACK")
                self._metrics.settled("success")
            case GiveUp():
                await self._give_up(delivery, verdict)
            case Retry():
                _log.warning("try again", error=verdict.message, after_s=verdict.delay.total_seconds(), **delivery.names)
                await self._give_back(delivery, "transient", delay=verdict.delay)
            case HandOver():
                await self._give_back(delivery, "shutdown")
            case Stop():
                await self._stop(delivery, verdict)

    async def _give_up(self, delivery: Delivery, verdict: GiveUp) -> None:
        letter = GivenUp(
            stage=self._consumer.stage,
            stream=delivery.stream,
            sequence=delivery.sequence,
            deliveries=delivery.number,
            subject=delivery.raw.subject,
            data=delivery.raw.data,
            headers=dict(delivery.raw.headers or {}),
            reason=verdict.reason,
            message=verdict.message,
        )
        # Never term before both receipts are there; while the server takes no dead letter, keep the message and wait.
        if not await self._insist(lambda: bury(self._publisher, letter)):
            await self._give_back(delivery, "shutdown")
            return
        await self._confirm(delivery, b"+TERM")
        _log.warning("gave up", reason=verdict.reason.value, error=verdict.message, exc_info=verdict.bug, **delivery.names)
        self._metrics.settled("dead_letter")

    async def _stop(self, delivery: Delivery, verdict: Stop) -> None:
        paused = await self._pause()
        await self._give_back(delivery, "bug" if verdict.exit_code == EXIT_BUG else "unavailable")
        _log.critical(
            f"{self._consumer.name} {'is paused' if paused else 'stops'} at this message: {verdict.error}; fix the cause, then "
            f"run `rumiai resume {self._consumer.name}` and start the service: it begins at this very message",
            exc_info=verdict.error if verdict.exit_code == EXIT_BUG else None,
            **delivery.names,
        )
        sys.stdout.flush()
        sys.stderr.flush()
        self._leave(verdict.exit_code)

    async def _pause(self) -> bool:
        """Keep the message from every other replica as well; False if the server does not answer."""
        try:
            await self._client().jetstream().pause_consumer(self._consumer.stream, self._consumer.name, PAUSED_UNTIL)
        except (Error, TimeoutError) as error:
            _log.error("the consumer could not be paused", error=str(error))
            return False
        return True

    async def _give_back(self, delivery: Delivery, ending: Ending, *, delay: timedelta | None = None) -> None:
        """Note that this delivery ended in an orderly way, then nak. If the note fails, the delivery counts as a crash."""
        js = self._client().jetstream()
        with suppress(Error, TimeoutError):
            known = await attempts.read(js, delivery.of_consumer(self._consumer)) if delivery.number > 1 else Attempts()
            await attempts.write(js, delivery.of_consumer(self._consumer), known.noting(delivery.number, ending))
        with suppress(Error, TimeoutError):
            await delivery.raw.nak(delay=delay.total_seconds() if delay is not None else None)
            await self._client().flush(timeout=1)
        self._metrics.settled(ending)

    async def _known(self, delivery: Delivery) -> Attempts | None:
        """How earlier deliveries ended, or None if the service stops before the server answers."""
        if delivery.number == 1:
            return Attempts()
        found: list[Attempts] = []

        async def read() -> None:
            found.append(await attempts.read(self._client().jetstream(), delivery.of_consumer(self._consumer)))

        return found[0] if await self._insist(read) else None

    async def _confirm(self, delivery: Delivery, verb: bytes) -> None:
        """Settle with a receipt: without it the next pull overtakes the ack and the message comes again.

        The server answers a repeated ack as well. It stays silent only when it was killed before it wrote down that it
        had delivered the message: then the message comes again, and what it led to is stored once.
        """
        unanswered = 0
        while unanswered < _CONFIRM_TRIES:
            try:
                await self._client().request(delivery.raw.reply, verb, timeout=_CONFIRM_S)
            except (Error, TimeoutError):
                unanswered = _CONFIRM_TRIES if self._stopping.is_set() else unanswered + self._client().is_connected
                await asyncio.sleep(_RECONNECT_S)
            else:
                return
        _log.warning("the server did not confirm; the message will come again", **delivery.names)

    async def _insist(self, action: Callable[[], Awaitable[Any]]) -> bool:
        """Repeat until the server takes it, while the heartbeat keeps the message here. False if the service stops first."""
        while True:
            try:
                await action()
            except (Error, TimeoutError, Transient, Unavailable) as error:
                if self._stopping.is_set():
                    return False
                _log.error("the bus did not take it; trying again", error=str(error))
                await asyncio.sleep(_PAUSE_S)
            else:
                return True


class SettlementMiddleware(BaseMiddleware[Any, Any]):
    """Puts the settlement around decoding, validation and the handler."""

    def __init__(self, msg: Any, /, *, context: ContextRepo, settlement: Settlement) -> None:
        super().__init__(msg, context=context)
        self._settlement = settlement

    async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> None:
        """Called by FastStream for every message."""
        await self._settlement.settle(msg.raw_message, lambda: call_next(msg))
