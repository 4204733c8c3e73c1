"""`rumiai dlq`: what the services gave up on."""

import asyncio
import json as json_module
from typing import Annotated

from cyclopts import App, Parameter

from services.console.letters import as_dict
from services.console.output import Json
from shared.bus import dlq
from shared.bus.settings import BusSettings
from shared.errors import UsageError
from shared.tokens import is_token

app = App(name="dlq", help="Dead letters: what the services gave up on, and why.")
Number = Annotated[int, Parameter(help="the number that `rumiai dlq list` shows")]


@app.command(name="list")
def list_letters(*, client: str = "*", batch: str = "*", json: Json = False) -> None:
    """List dead letters, oldest first, of one client or batch where they are given."""
    for name in (client, batch):
        if name != "*" and not is_token(name):
            raise UsageError(f"{name!r} is no name of a client or batch: use those that `rumiai batch submit` printed.")
    letters = asyncio.run(dlq.letters(BusSettings(), client=client, batch=batch))
    if json:
        print(json_module.dumps([as_dict(letter) for letter in letters], indent=2))
        return
    for letter in letters:
        print(f"{letter.sequence:>6}  {letter.service:<12} {letter.reason:<18} {letter.subject}\n        {letter.message}")
    if not letters:
        print("There are no dead letters.")


@app.command
def show(number: Number, /, *, json: Json = False) -> None:
    """Show one dead letter whole: where it came from, why it was given up, and the message itself."""
    letter = asyncio.run(dlq.letter(BusSettings(), number))
    if json:
        print(json_module.dumps(as_dict(letter), indent=2))
        return
    for name, value in as_dict(letter).items():
        print(f"{name:<18} {value}")


@app.command
def retry(number: Number, /) -> None:
    """Publish a dead letter's message again to where it came from; the dead letter stays."""
    letter = asyncio.run(dlq.retry(BusSettings(), number))
    print(f"Published again on {letter.subject}.")


@app.command
def sweep() -> None:
    """Bury messages that the server itself stopped delivering; there are any only after repeated kills."""
    buried = asyncio.run(dlq.sweep(BusSettings()))
    print(f"{len(buried)} messages buried." if buried else "There was nothing to bury.")
