"""Runs a service as a process: HTTP, signals, one sentence and an exit code when it can't start."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TypeVar

import uvicorn
from pydantic import BaseModel

from shared.bus.service import Service
from shared.bus.settings import BusSettings
from shared.errors import RumiError, Unavailable
from shared.telemetry import configure_logging, get_logger

S = TypeVar("S", bound=BaseModel)
_STOP_WITHIN_S = 1.0
_log = get_logger("bus")


def run_service(build_app: Callable[[S], Service], settings: S | type[S]) -> NoReturn:
    """Build the service and run it until SIGTERM or SIGINT (exit 0), a bug (3) or a missing thing (4)."""
    service = None
    try:
        service = build_app(settings() if isinstance(settings, type) else settings)
        configure_logging(service.consumer.name)
        asyncio.run(_serve(service))
    except RumiError as error:
        if os.environ.get("RUMIAI_DEBUG", "") not in ("", "0", "false"):
            raise
        name = service.consumer.name if service is not None else "rumiai"
        print(f"{name}: {error}", file=sys.stderr, flush=True)
        leave(error.exit_code)
    leave(0)


def leave(code: int) -> NoReturn:
    """End the process now: threads that are still busy with a handed-over message must not hold it up."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class _Server(uvicorn.Server):
    """uvicorn without its signal handling, which would end the process by the signal instead of with 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(service: Service) -> NoReturn:
    listener = _listen(service.settings)
    server = _Server(uvicorn.Config(service, lifespan="off", log_level=logging.WARNING, access_log=False, log_config=None))
    tasks: list[asyncio.Task[Any]] = []

    def stop() -> None:
        tasks.append(asyncio.create_task(service.hand_over()))
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    await service.start()
    _log.info("http", url="http://{}:{}".format(*listener.getsockname()[:2]))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await asyncio.wait({serving})
    await asyncio.gather(*tasks)
    with suppress(TimeoutError):
        await asyncio.wait_for(service.stop(), _STOP_WITHIN_S)
    serving.result()
    leave(0)


def _listen(settings: BusSettings) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.http_host, settings.http_port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise Unavailable(
            f"The port {settings.http_port} on {settings.http_host} can't be used ({error.strerror}); set RUMIAI_HTTP_PORT."
        ) from error
    return listener
