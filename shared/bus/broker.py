"""A FastStream broker with every setting that the experiments showed to be needed, and an orderly end to its intake."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from faststream import AckPolicy
from faststream.nats import NatsBroker
from faststream.nats.security import NatsNKey
from faststream.security import BaseSecurity
from nats.aio.client import Client
from nats.errors import Error

from shared.bus.connection import credentials, inbox_prefix
from shared.bus.settings import BusSettings
from shared.errors import EXIT_UNAVAILABLE
from shared.telemetry import get_logger

EXIT_RESTART = 70
"""The process can't go on, and starting it again helps."""

_log = get_logger("bus")


def make_broker(
    name: str,
    settings: BusSettings,
    *,
    middleware: Any,
    stopping: Callable[[], bool],
    leave: Callable[[int], object],
) -> NatsBroker:
    """Reconnects for ever; a connection that closes all the same ends the process, since FastStream would spin on it."""

    async def closed() -> None:
        if not stopping():
            _log.critical("the connection to the server is closed for good")
            leave(EXIT_RESTART)

    async def problem(error: Exception) -> None:
        if "permissions violation" in str(error).lower():  # the client would only ever see timeouts
            _log.critical(f"the server denies {name} something it needs: {error}; check the permissions in deploy/nats")
            leave(EXIT_UNAVAILABLE)

    return NatsBroker(
        settings.nats_url,
        name=f"rumiai-{name}",
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        ping_interval=20,
        max_outstanding_pings=2,
        graceful_timeout=0.1,  # the message in flight was handed over before FastStream stops
        ack_policy=AckPolicy.MANUAL,
        inbox_prefix=inbox_prefix(name),
        closed_cb=closed,
        error_cb=problem,
        security=_security(settings),
        middlewares=[middleware],
        logger=framework_logger(),
        log_level=logging.DEBUG,
    )


async def close_intake(broker: NatsBroker, client: Client) -> None:
    """Tell the server to send nothing more, and give back what was already on its way: else it would wait for ack_wait."""
    for subscriber in broker.subscribers:
        pull = getattr(subscriber, "subscription", None)
        if pull is None:
            continue
        inbox = pull._sub
        # Subscription.unsubscribe() would drop what arrives before the server has read it.
        await client._send_unsubscribe(inbox._id)
        await client.flush(timeout=1)
        with suppress(asyncio.QueueEmpty):
            while True:
                message = inbox._pending_queue.get_nowait()
                if message.reply.startswith("$JS.ACK."):
                    with suppress(Error):
                        await message.nak()
    await client.flush(timeout=1)


def framework_logger() -> logging.Logger:
    """FastStream's warnings and errors in our format; what it says about every message is left out."""
    logger = logging.getLogger("rumiai.faststream")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_without_traceback)  # adding it twice changes nothing
    return logger


def _without_traceback(record: logging.LogRecord) -> bool:
    """A lost connection is one line, not a page per second until it is back."""
    if record.levelno == logging.WARNING:
        record.exc_info = None
    return True


def _security(settings: BusSettings) -> BaseSecurity | None:
    options = credentials(settings)
    context = options.get("tls")
    if "nkeys_seed_str" in options:
        return NatsNKey.from_seed(options["nkeys_seed_str"], ssl_context=context)
    return BaseSecurity(ssl_context=context, use_ssl=True) if context is not None else None
