"""`rumiai run`: a whole batch on this machine."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console

from services.acquisition.settings import AcquisitionSettings
from services.acquisition.sources import open_source
from services.console.batch_run import BatchRun, run_batch
from services.console.documents import collect
from services.console.local import LocalStack
from services.console.output import Json, Request, make_folder
from services.console.progress import ProgressDisplay
from services.console.summary import as_json, failures, five_lines
from shared.artifacts import ArtifactStore
from shared.contracts.request import ApifySource, BatchRequest
from shared.request_file import load_request


def run(
    request: Request,
    /,
    *,
    out: Annotated[Path, Parameter(help="folder for the documents; the batch's data lie in it too, so a second run goes on")],
    bus: Annotated[str | None, Parameter(help="URL of a nats-server to use instead of an embedded one")] = None,
    json: Json = False,
) -> None:
    """Run a batch request through all five services on this machine; ends when every report is there."""
    state, files, seconds = run_request(request, out, bus=bus)
    if json:
        print(as_json(state, files))
        return
    if lines := failures(state):
        print("Given up", *lines, sep="\n  ")
    for line in five_lines(state, files, seconds=seconds, out=out):
        print(line)


def run_request(request_file: Path, out: Path, *, bus: str | None = None) -> tuple[BatchRun, dict[str, list[Path]], float]:
    """The batch run, its documents per bucket, and the seconds it took. Progress goes to stderr."""
    request = load_request(request_file)
    _check_source(request)
    make_folder(out)
    started = time.monotonic()
    console = Console(stderr=True)
    state, artifacts = asyncio.run(_run(request, out, bus, console))
    return state, collect(state.ledger, ArtifactStore.open(artifacts), out), time.monotonic() - started


def _check_source(request: BatchRequest) -> None:
    """A missing token or dataset is said now, not by a service that stops later."""
    settings = AcquisitionSettings()
    if isinstance(request.source, ApifySource):
        settings.read_token()
    else:
        open_source(request, settings=settings).find_items()


async def _run(request: BatchRequest, out: Path, bus: str | None, console: Console) -> tuple[BatchRun, str]:
    display = ProgressDisplay(console)
    async with LocalStack(out / ".rumiai", nats_url=bus, say=display.say) as stack:
        with display:
            return await run_batch(request, stack, display), stack.settings.artifacts
