"""`rumiai replay features`: past videos under this catalogue version, beside the rows they have."""

import asyncio
import json as json_module

from cyclopts import App

from services.console.output import Batch, Client, Json, Run
from services.console.submission import require_batch
from services.console.tail import BatchTail
from services.features.document import keep
from services.features.replay import Replayed, replay
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore
from shared.bus.connection import connect
from shared.bus.settings import BusSettings
from shared.contracts.events import FIRST_RUN, VideoAnalyzed
from shared.database import Database
from shared.errors import Incomplete
from shared.settings import Settings

app = App(name="replay", help="Derive the results of past videos again with this version, beside the old ones.")


@app.command(help="Feature rows of a batch under this catalogue version; the old rows stay as they are. Nothing is published.")
def features(client: Client, batch: Batch, /, *, run: Run = FIRST_RUN, json: Json = False) -> None:
    """Feature rows of every analyzed video of a batch under this catalogue version; the old rows stay as they are.

    `rumiai export` writes the new rows as a training table. Nothing is published: no report is made again.
    Raises UsageError for an unknown batch, Unavailable without a bus, Incomplete where a video gave no row.
    """
    events = asyncio.run(_analyzed(client, batch, run))
    settings = Settings()
    artifacts = ArtifactStore.open(settings.artifacts)
    keep(artifacts)
    done = replay(events, store=FeaturesStore(Database(settings.database)), artifacts=artifacts)
    _tell(done, as_json=json)
    if done.failed:
        raise Incomplete(f"{len(done.failed)} of {len(events)} videos gave no feature row; they are named above.")


async def _analyzed(client: str, batch: str, run: str) -> list[VideoAnalyzed]:
    async with connect(BusSettings(), name="console") as connection:
        await require_batch(connection.jetstream(), client, batch)
        events, _ = await BatchTail(client, batch, run).read(connection.jetstream())
    return [event for event in events if isinstance(event, VideoAnalyzed)]


def _tell(done: Replayed, *, as_json: bool) -> None:
    if as_json:
        counts = {"derived": done.derived, "present": done.present, "failed": done.failed}
        print(json_module.dumps({"catalogue_version": done.catalogue_version, **counts}, ensure_ascii=False, indent=2))
        return
    print(f"Catalogue version {done.catalogue_version}: {done.derived} rows derived, {done.present} were there already.")
    for video_id, reason in done.failed.items():
        print(f"{video_id}: {reason}")
