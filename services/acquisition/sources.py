"""Where the items of a batch come from: an Apify actor, or a file with a folder of videos beside it."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Protocol

from services.acquisition.apify_items import ParsedItem
from services.acquisition.apify_runs import ApifyRuns, actor_input
from services.acquisition.item_file import read_items
from services.acquisition.settings import AcquisitionSettings
from shared.artifacts import client_prefix
from shared.contracts import request as contract
from shared.contracts.events import FIRST_RUN
from shared.contracts.plan import Media
from shared.contracts.request import BatchRequest
from shared.errors import UsageError
from shared.request_file import client_token

SUFFIXES = (".mp4", ".mov", ".webm", ".mkv")
"""The files that count as videos, the first that exists wins."""


class ItemSource(Protocol):
    """Gives raw items, and knows where the file of an item can be had."""

    @property
    def name(self) -> str:
        """Where the items come from, for people: no path, no secret."""

    def find_items(self) -> list[object]:
        """All raw items. Blocking. Raises UsageError, Unavailable or Transient."""

    def locate_media(self, item: ParsedItem) -> Media | None:
        """Where the item's file can be had, or None when that is unknown."""


class Memory(Protocol):
    """Remembers small things under a key; ArtifactStore is one."""

    def get_key(self, key: str) -> bytes | None:
        """What was stored, or None."""

    def put_key(self, key: str, data: bytes) -> None:
        """Store it."""


class DatasetSource:
    """A file of items; media are named `<video id>.mp4` (.mov, .webm, .mkv) in a folder."""

    def __init__(self, source: contract.DatasetSource) -> None:
        self._items, self._folder = Path(source.items), Path(source.videos)
        self._media: dict[str, str] | None = None

    @property
    def name(self) -> str:
        """The items file, without its folder."""
        return f"the dataset {self._items.name}"

    def find_items(self) -> list[object]:
        """The file's rows. Raises UsageError for a file that can't be read or a folder that isn't there."""
        if not self._folder.is_dir():
            raise UsageError(
                f"source.videos: the folder {self._folder} does not exist; put the videos there or correct the path."
            )
        return read_items(self._items)

    def locate_media(self, item: ParsedItem) -> Media:
        """The file's name inside the folder; `<id>.mp4` where none is there, which shows when it is fetched."""
        if self._media is None:
            self._media = _by_stem(self._folder)
        return Media(path=self._media.get(item.video_id, f"{item.video_id}{SUFFIXES[0]}"))


class ApifySource:
    """Items scraped by an Apify actor, which stores the videos as well.

    With a memory, the actor run of a batch run is started once and picked up again after a crash: runs are paid for.
    """

    def __init__(
        self,
        request: BatchRequest,
        source: contract.ApifySource,
        *,
        settings: AcquisitionSettings,
        memory: Memory | None,
        run: str,
        stop: Event | None,
    ) -> None:
        self._source, self._settings, self._memory, self._stop = source, settings, memory, stop
        self._asked = actor_input(request, source)
        self._key = f"{client_prefix(client_token(request), 'apify-runs')}/{_digest([request.to_bytes().decode(), run])}"

    @property
    def name(self) -> str:
        """The actor."""
        return f"the Apify actor {self._source.actor}"

    def find_items(self) -> list[object]:
        """Run the actor, or wait for the run that an earlier try started, and read its dataset."""
        runs = ApifyRuns(self._settings)
        run_id = self._remembered()
        if run_id is None:
            run_id = runs.start(self._source, self._asked)
            self._remember(run_id)
        dataset_id = runs.wait(self._source, run_id, forget=lambda: self._remember(""), stop=self._stop)
        return runs.items(self._source, dataset_id)

    def locate_media(self, item: ParsedItem) -> Media | None:
        """The actor's own copy of the file; None where it could not download it."""
        return Media(url=item.media_urls[0]) if item.media_urls else None

    def _remembered(self) -> str | None:
        data = self._memory.get_key(self._key) if self._memory else None
        return data.decode() or None if data else None

    def _remember(self, run_id: str) -> None:
        if self._memory:
            self._memory.put_key(self._key, run_id.encode())


def open_source(
    request: BatchRequest,
    *,
    settings: AcquisitionSettings,
    memory: Memory | None = None,
    run: str = FIRST_RUN,
    stop: Event | None = None,
) -> ItemSource:
    """The source that a request names. Nothing is read or connected to before `find_items`.

    `memory` and `run` let a paid scrape be picked up again after a crash; setting `stop` ends the wait for it soon.
    """
    if isinstance(request.source, contract.DatasetSource):
        return DatasetSource(request.source)
    return ApifySource(request, request.source, settings=settings, memory=memory, run=run, stop=stop)


def _by_stem(folder: Path) -> dict[str, str]:
    """File name by video id; where a video is there twice, the suffix that stands first in SUFFIXES."""
    names = sorted(_names(folder), key=lambda name: (-SUFFIXES.index(Path(name).suffix.lower()), name))
    return {Path(name).stem: name for name in names}


def _names(folder: Path) -> Iterable[str]:
    entries = folder.iterdir() if folder.is_dir() else ()
    return (entry.name for entry in entries if entry.suffix.lower() in SUFFIXES)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
