"""`rumiai batch`: submit a request to a running pipeline, see where it stands, watch it, fetch its reports."""

import asyncio
import json as json_module
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from nats.js import JetStreamContext
from rich.console import Console

from services.console.documents import collect
from services.console.letters import as_dict, gave_up
from services.console.output import Batch, Client, Json, Request, Run, make_folder
from services.console.progress import ProgressDisplay
from services.console.submission import BATCH_STAGES, refuse_other_request, requested, require_batch
from services.console.tail import BatchTail
from shared.artifacts import ArtifactStore
from shared.bus.connection import connect
from shared.bus.dlq import DeadLetter
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.events import FIRST_RUN, BatchRequested
from shared.errors import Incomplete
from shared.ledger import BatchLedger, fold
from shared.request_file import load_request
from shared.settings import Settings

app = App(name="batch", help="Submit a request to a running pipeline, see where it stands, watch it, fetch its reports.")
_LOOK_EVERY_S = 0.5


@app.command
def submit(request: Request, /, *, json: Json = False) -> None:
    """Publish a request; prints the client and batch under which it can be watched."""
    event = requested(load_request(request))
    stored_before = asyncio.run(_emit(event))
    if json:
        print(json_module.dumps({"client": event.client, "batch": event.batch, "already_submitted": stored_before}))
        return
    print(f"{'Already submitted' if stored_before else 'Submitted'}: rumiai batch watch {event.client} {event.batch}")


@app.command
def status(client: Client, batch: Batch, /, *, run: Run = FIRST_RUN, json: Json = False) -> None:
    """Where the batch stands: per stage, the failures with their reasons, and whether the ledger balances."""
    ledger, dead = asyncio.run(_status(client, batch, run))
    if json:
        print(json_module.dumps(_as_dict(ledger, dead), indent=2))
    else:
        _print_status(ledger, dead)
    if problems := ledger.problems():
        raise Incomplete("The ledger does not balance: " + " ".join(problems))


@app.command
def watch(client: Client, batch: Batch, /, *, run: Run = FIRST_RUN) -> None:
    """Follow the batch until every report is there, or a batch-level message is given up."""
    asyncio.run(_watch(client, batch, run))
    print(f"Every report is there: rumiai batch fetch {client} {batch} --out reports")


@app.command
def fetch(
    client: Client,
    batch: Batch,
    /,
    *,
    out: Annotated[Path, Parameter(help="folder for the PDFs, pages and findings")],
    run: Run = FIRST_RUN,
    json: Json = False,
) -> None:
    """Write the reports of a batch that are ready into a folder, from the artifact store that the services use."""
    ledger, _ = asyncio.run(_status(client, batch, run))
    make_folder(out)
    files = collect(ledger, ArtifactStore.open(Settings().artifacts), out)
    if json:
        print(json_module.dumps({bucket: [str(path) for path in paths] for bucket, paths in files.items()}, indent=2))
    else:
        print(*(path for paths in files.values() for path in paths), sep="\n")
    if not ledger.complete:
        raise Incomplete(f"{len(files)} reports are ready so far. {_what_is_open(ledger)}")


async def _emit(event: BatchRequested) -> bool:
    settings = BusSettings()
    async with connect(settings, name="console") as client:
        await refuse_other_request(event, client.jetstream())
        return await Publisher(client.jetstream, settings).emit(event)


async def _status(client: str, batch: str, run: str) -> tuple[BatchLedger, list[DeadLetter]]:
    async with connect(BusSettings(), name="console") as connection:
        await require_batch(connection.jetstream(), client, batch)
        events, dead = await BatchTail(client, batch, run).read(connection.jetstream())
    return fold(events), dead


async def _watch(client: str, batch: str, run: str) -> None:
    ledger, tail = BatchLedger(), BatchTail(client, batch, run)
    async with connect(BusSettings(), name="console") as connection:
        await require_batch(connection.jetstream(), client, batch)
        with ProgressDisplay(Console(stderr=True)) as display:
            past = await _look(ledger, tail, connection.jetstream(), display)
            for letter in past:
                display.say(f"{gave_up(letter)} (`rumiai dlq retry {letter.sequence}` tries it again)")
            while not ledger.complete:
                await asyncio.sleep(_LOOK_EVERY_S)
                for letter in await _look(ledger, tail, connection.jetstream(), display):
                    if letter.service in BATCH_STAGES:
                        raise Incomplete(gave_up(letter))
                    display.say(gave_up(letter))


async def _look(ledger: BatchLedger, tail: BatchTail, js: JetStreamContext, display: ProgressDisplay) -> list[DeadLetter]:
    """Take in what is new; returns the new dead letters."""
    events, dead = await tail.read(js)
    for event in events:
        ledger.apply(event)
    display.show(ledger)
    return dead


def _as_dict(ledger: BatchLedger, dead: list[DeadLetter]) -> dict[str, object]:
    return {
        "complete": ledger.complete,
        "planned": ledger.planned,
        "ready": len(ledger.ready),
        "open": ledger.open,
        "failed": [event.model_dump(mode="json") for event in ledger.failed.values()],
        "not_planned": [event.model_dump(mode="json") for event in ledger.unplanned.values()],
        "reports": {bucket: report.model_dump(mode="json") for bucket, report in ledger.reports.items()},
        "dead_letters": [as_dict(letter) for letter in dead],
        "problems": ledger.problems(),
    }


def _print_status(ledger: BatchLedger, dead: list[DeadLetter]) -> None:
    for stage in ledger.stages():
        total = "?" if stage.total is None else stage.total
        print(f"{stage.stage:<12} {stage.done:>4} of {total}{f', {stage.failed} failed' if stage.failed else ''}")
    for event in ledger.failed.values():
        print(f"failed       {event.video_id} in {event.stage} ({event.reason}): {event.message}")
    for letter in dead:
        print(f"dead letter  {letter.sequence} of {letter.service} ({letter.reason}): {letter.message}")
    print("The batch is complete." if ledger.complete else _what_is_open(ledger))


def _what_is_open(ledger: BatchLedger) -> str:
    return "The batch is not planned yet." if ledger.planned is None else f"{ledger.open} videos are open."
