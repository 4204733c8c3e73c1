"""Derives the feature rows of past videos again under this catalogue version, beside the old ones.

The events are read off the stream; a stored row is the checkpoint, so a replay that was killed goes on where it stopped.
Nothing is published: a replay must not wake the services behind this one, whose ledger is balanced already.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.features.derive import derive
from services.features.store import FeaturesStore
from services.features.version import catalogue_version
from shared.artifacts import ArtifactStore
from shared.contracts.events import VideoAnalyzed
from shared.errors import RumiError


@dataclass(frozen=True)
class Replayed:
    """How many rows were derived now, how many were there already, and the videos that gave none with the reason."""

    catalogue_version: str
    derived: int
    present: int
    failed: dict[str, str]


def replay(events: Iterable[VideoAnalyzed], *, store: FeaturesStore, artifacts: ArtifactStore) -> Replayed:
    """Derive what is missing; a video that can't be derived stops no other. Rows of the old version stay as they are."""
    version = catalogue_version()
    derived, present, failed = 0, 0, dict[str, str]()
    for event in events:
        if store.has(event.client, event.batch, event.run, event.video_id, version):
            present += 1
            continue
        try:
            derive(event, store=store, artifacts=artifacts)
        except RumiError as error:
            failed[event.video_id] = str(error)
        else:
            derived += 1
    return Replayed(version, derived, present, failed)
