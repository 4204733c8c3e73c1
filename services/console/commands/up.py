"""`rumiai up`: the services and an embedded bus on this machine, until stopped."""

import asyncio
import signal
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number as Between
from rich.console import Console

from services.console.local import LocalStack
from shared.bus.connection import address
from shared.settings import Settings

DEFAULT_PORT = 4222


def up(
    *,
    data: Annotated[Path | None, Parameter(help="folder for the bus, the stores and the logs")] = None,
    port: Annotated[
        int, Parameter(help="port of the embedded nats-server; 0 takes a free one", validator=Between(gte=0, lte=65535))
    ] = DEFAULT_PORT,
    bus: Annotated[str | None, Parameter(help="URL of a nats-server to use instead of an embedded one")] = None,
) -> None:
    """Run all five services and an embedded nats-server; dead services start again, one that met a bug stays down."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    asyncio.run(_up(data or Settings().data_dir, port, bus, console))


async def _up(data: Path, port: int, bus: str | None, console: Console) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with LocalStack(data, nats_url=bus, port=port, say=lambda line: console.print(line, markup=False)) as stack:
        console.print(f"The services run on {address(stack.bus)}; logs are in {stack.supervisor.logs}. Ctrl-C stops them.")
        await stop.wait()
        console.print("Stopping; videos in work are handed back to the bus.")
