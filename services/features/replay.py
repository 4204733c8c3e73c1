"""Derives the feature rows of past videos again under this catalogue version, beside the old ones.

The events are read off the stream; a stored row is the checkpoint, so a replay that was killed goes on where it stopped.
Nothing is published: a replay must not wake the services behind this one, whose ledger is balanced already.

Videos go through in chunks: their artifacts are read and their rows written side by side, and a chunk's rows are one
transaction, because waiting for the disk would take longer than the vectors.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from pydantic import ValidationError

from services.features.derive import parsed, put, read
from services.features.rows import AnalyzedVideo, build_rows
from services.features.store import FeaturesStore
from services.features.version import catalogue_version
from shared.artifacts import ArtifactDamaged, ArtifactStore
from shared.contracts.events import VideoAnalyzed
from shared.contracts.feature_row import FeatureRow
from shared.errors import BadInput

CHUNK = 32
"""Videos in memory at a time: about 3 MB of analyses of a minute each."""
TOGETHER = 8
"""Videos whose vectors are computed at the same time: more gain nothing and need their analyses in memory."""
ALLOCATIONS = 100_000
"""Objects made and still there that start a search for cycles: several times those of the videos that are computed together."""
SIDE_BY_SIDE = 4
"""Artifacts that are read or written at the same time."""
Stored = Future[tuple[bytes, bytes]]


@dataclass
class Replayed:
    """How many rows were derived now, how many were there already, and the videos that gave none with the reason."""

    catalogue_version: str
    derived: int = 0
    present: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def replay(events: Iterable[VideoAnalyzed], *, store: FeaturesStore, artifacts: ArtifactStore) -> Replayed:
    """Derive what is missing; a video that can't be derived stops no other. Rows of the old version stay as they are.

    Raises Transient or Unavailable where the store or the database does not answer: every other video would fail as well.
    """
    done = Replayed(catalogue_version())
    missing = _missing(events, store, done)
    with _rare_collections(), ThreadPoolExecutor(SIDE_BY_SIDE, "artifacts") as beside:
        while chunk := list(islice(missing, CHUNK)):
            stored = [(event, beside.submit(read, event, artifacts)) for event in chunk]
            rows = [row for i in range(0, CHUNK, TOGETHER) for row in _rows(stored[i : i + TOGETHER], done)]
            refs = list(beside.map(partial(put, artifacts=artifacts), rows))
            store.put(list(zip(rows, refs, strict=True)))
            done.derived += len(rows)
    return done


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Analyses are thousands of objects without a cycle: Python's own threshold costs a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _missing(events: Iterable[VideoAnalyzed], store: FeaturesStore, done: Replayed) -> Iterator[VideoAnalyzed]:
    """The events without a row, each video once; asks the database once per run."""
    known: dict[tuple[str, str, str], set[str]] = {}
    for event in events:
        key = (event.client, event.batch, event.run)
        if key not in known:
            known[key] = store.derived(*key, done.catalogue_version)
        if event.video_id in known[key]:
            done.present += 1
        else:
            known[key].add(event.video_id)
            yield event


def _rows(stored: Sequence[tuple[VideoAnalyzed, Stored]], done: Replayed) -> list[FeatureRow]:
    return build_rows(video for event, future in stored if (video := _parsed(event, future, done)))


def _parsed(event: VideoAnalyzed, stored: Stored, done: Replayed) -> AnalyzedVideo | None:
    try:
        return parsed(event, *stored.result())
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        done.failed[event.video_id] = f"This version can't read its analysis ({where}): analyze the video again."
    except (BadInput, ArtifactDamaged) as error:
        done.failed[event.video_id] = str(error)
    return None
