"""`rumiai dlq`: messages that a service gave up on."""

import asyncio
import json as json_module
from dataclasses import asdict
from typing import Annotated, Any

from cyclopts import App, Parameter

from shared.bus import dlq
from shared.bus.settings import BusSettings

app = App(name="dlq", help="Dead letters: list, show, retry.")
Json = Annotated[bool, Parameter(help="print JSON", negative="")]
Number = Annotated[int, Parameter(help="the dead letter's number in the list")]


@app.command(name="list")
def list_letters(
    *,
    client: Annotated[str, Parameter(help="only of this client")] = "*",
    batch: Annotated[str, Parameter(help="only of this batch")] = "*",
    json: Json = False,
) -> None:
    """Every dead letter, oldest first: number, service, where it came from, why."""
    found = asyncio.run(dlq.letters(BusSettings(), client=client, batch=batch))
    if json:
        print(json_module.dumps([_plain(letter) for letter in found], indent=2))
        return
    for letter in found:
        print(f"{letter.sequence:>6} {letter.service:<12} {letter.subject:<50} {letter.reason}: {letter.message}")
    if not found:
        print("There are no dead letters.")


@app.command
def show(number: Number, *, json: Json = False) -> None:
    """One dead letter with the message it carries."""
    letter = _plain(asyncio.run(dlq.letter(BusSettings(), number)))
    if json:
        print(json_module.dumps(letter, indent=2))
        return
    for name, value in letter.items():
        print(f"{name + ':':<20} {value}")


@app.command
def retry(*numbers: Number) -> None:
    """Send dead letters back to the services that gave them up."""
    for number in numbers:
        letter = asyncio.run(dlq.retry(BusSettings(), number))
        print(f"{number}: published to {letter.subject} again; {letter.service} will get it.")


def _plain(letter: dlq.DeadLetter) -> dict[str, Any]:
    buried_at = letter.buried_at.isoformat() if letter.buried_at else None
    return asdict(letter) | {"buried_at": buried_at, "data": letter.data.decode(errors="replace")}
