"""`rumiai resume`: go on after a bug was fixed."""

import asyncio
from typing import Annotated

from cyclopts import Parameter

from shared.bus import admin
from shared.bus.settings import BusSettings


def resume(*services: Annotated[str, Parameter(help="only these services; all that are paused if left out")]) -> None:
    """Resume paused services (all, or those named); each goes on at the very message it stopped at."""
    asyncio.run(_resume(services))


async def _resume(services: tuple[str, ...]) -> None:
    settings = BusSettings()
    wanted = [admin.consumer_named(name).name for name in services] or list(await admin.paused_consumers(settings))
    if not wanted:
        print("No service is paused.")
    for name in wanted:
        was_paused = await admin.resume(settings, name)
        print(f"{name}: {'resumed at the message it stopped at' if was_paused else 'was not paused'}.")
