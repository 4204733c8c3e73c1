"""`rumiai bus`: streams and consumers on the server."""

import asyncio
import json as json_module
from dataclasses import asdict

from cyclopts import App

from services.console.output import Json
from shared.bus import admin
from shared.bus.settings import BusSettings
from shared.errors import Incomplete

app = App(name="bus", help="Streams and consumers on the server: apply, drift, status.")


@app.command
def apply(*, json: Json = False) -> None:
    """Create and update every stream and consumer of the topology; running it again changes nothing."""
    _print(asyncio.run(admin.apply(BusSettings())), json)


@app.command
def drift(*, json: Json = False) -> None:
    """Show how the server differs from the topology; exit code 1 when it does."""
    changes = asyncio.run(admin.drift(BusSettings()))
    _print(changes, json)
    if changes:
        raise Incomplete(f"{len(changes)} streams or consumers differ from the topology; run `rumiai bus apply`.")


@app.command
def status(*, json: Json = False) -> None:
    """Waiting, in work and paused, per service."""
    infos = asyncio.run(admin.consumers(BusSettings()))
    rows = [
        {"service": info.name, "waiting": info.num_pending, "in_work": info.num_ack_pending, "paused": bool(info.paused)}
        for info in infos
    ]
    if json:
        print(json_module.dumps(rows, indent=2))
        return
    for row in rows:
        print(
            f"{row['service']:<12} {row['waiting']:>6} waiting {row['in_work']:>4} in work{'  PAUSED' if row['paused'] else ''}"
        )


def _print(changes: tuple[admin.Change, ...], json: bool) -> None:
    if json:
        print(json_module.dumps([asdict(change) for change in changes], indent=2))
        return
    if not changes:
        print("The streams and consumers are as the topology says; nothing differs.")
    for change in changes:
        print(f"{change.kind:<9} {change.name:<16} {change.action}" + "".join(f"\n    {line}" for line in change.differences))
