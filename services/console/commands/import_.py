"""`rumiai import`: analyses of the earlier system as analyses here; what does not parse goes into quarantine."""

import hashlib
import json as json_module
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from cyclopts import Parameter
from pydantic import ValidationError
from pydantic_core import to_json

from services.analyzer.earlier.convert import Imported, convert, read
from services.analyzer.earlier.records import Dropped
from services.console.input import first_problem
from services.console.output import Json, make_folder, write_file
from shared.errors import BadInput, Incomplete, UsageError

_SUFFIX = "_unified_analysis.json"
_VIDEOS = (".mp4", ".mov", ".webm", ".mkv")


class Done(NamedTuple):
    """The document that was imported, the video it was measured by, and how many of its records were dropped."""

    document: str
    video: str | None
    records_dropped: int


class Run:
    """One call: where it writes and what came of each document so far."""

    def __init__(self, out: Path, videos: Path | None) -> None:
        self.quarantine = out / "quarantine"
        self.done: dict[str, Done] = {}
        self.quarantined: dict[str, str] = {}
        self.without_video: list[str] = []
        self._out = out
        self._videos = None if videos is None else _videos(videos)
        self._reasons: dict[Path, str] = {}

    def take(self, path: Path) -> None:
        """Import one document, or put it into quarantine."""
        data = _read(path)
        try:
            document = read(data)
            video = self._video(document.frame.video_id)
            made = convert(document, video=video)
        except ValidationError as error:
            self._refuse(path, data, f"It is no unified analysis: {first_problem(error)}.")
        except (UsageError, BadInput) as error:
            self._refuse(path, data, str(error))
        else:
            self._keep(path, data, document.frame.video_id, video, made)

    def _keep(self, path: Path, data: bytes, video_id: str, video: Path | None, made: Imported) -> None:
        if video_id in self.done:
            self._refuse(path, data, f"The video {video_id} was imported from {self.done[video_id].document} already.")
            return
        write_file(self._out / f"{video_id}.json", made.analysis.to_bytes())
        if made.dropped:
            write_file(self.quarantine / f"{video_id}.records.jsonl", b"".join(_line(record) for record in made.dropped))
        self.done[video_id] = Done(str(path), None if video is None else str(video), len(made.dropped))

    def _video(self, video_id: str) -> Path | None:
        if self._videos is not None and video_id not in self._videos:
            self.without_video.append(video_id)
        return (self._videos or {}).get(video_id)

    def _refuse(self, path: Path, data: bytes, problem: str) -> None:
        """Files of one name and content share a place in quarantine, others never do."""
        self.quarantined[str(path)] = problem
        place = self.quarantine / f"{path.stem}.{hashlib.sha256(data).hexdigest()[:12]}.json"
        self._reasons[place] = self._reasons.get(place, "") + f"{path}: {problem}\n"
        write_file(place, data)
        write_file(place.with_suffix(".reason.txt"), self._reasons[place])


def import_(
    *source: Annotated[Path, Parameter(help=f"files of the earlier system, or folders with *{_SUFFIX}")],
    out: Annotated[Path, Parameter(help="folder for the analyses, one <video id>.json each, and for quarantine/")],
    videos: Annotated[Path | None, Parameter(help="folder with <video id>.mp4, to measure the frames' real size")] = None,
    json: Json = False,
) -> None:
    """Convert earlier analyses; their rows never train together with ours, because their profile is their own.

    A record that can't be used is listed in quarantine and the rest of its document imported. Raises UsageError where there is
    nothing to import or no folder of videos, Incomplete where a whole document went into quarantine.
    """
    paths = list(_documents(source))
    run = Run(out, videos)
    make_folder(out)
    for path in paths:
        run.take(path)
    _tell(run, videos, as_json=json)
    if run.quarantined:
        raise Incomplete(f"{len(run.quarantined)} of {len(paths)} documents are in {run.quarantine}, each with its reason.")


def _documents(source: tuple[Path, ...]) -> Iterator[Path]:
    if not source:
        raise UsageError(f"Nothing to import: give *{_SUFFIX} files or a folder that has some.")
    for path in source:
        found = sorted(path.rglob(f"*{_SUFFIX}")) if path.is_dir() else [path]
        if not found or not found[0].is_file():
            raise UsageError(f"There is no *{_SUFFIX} at {path}: give such files or a folder that has some.")
        yield from found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The file {path} can't be read ({error.strerror}): check its permissions.") from error


def _videos(folder: Path) -> dict[str, Path]:
    """The videos of a folder by their id, which is their name without the ending."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _VIDEOS and path.is_file()]
    except OSError as error:
        raise UsageError(
            f"The videos in {folder} can't be looked up ({error.strerror}): give another folder with --videos."
        ) from error
    return {path.stem: path for path in sorted(found, key=lambda path: (-_VIDEOS.index(path.suffix.lower()), path.name))}


def _line(dropped: Dropped) -> bytes:
    line = {"where": dropped.where, "problem": dropped.problem, "record": dropped.record}
    return to_json(line, inf_nan_mode="strings") + b"\n"


def _tell(run: Run, videos: Path | None, *, as_json: bool) -> None:
    if as_json:
        imported = {video_id: one._asdict() for video_id, one in run.done.items()}
        print(json_module.dumps({"imported": imported, "quarantined": run.quarantined}, ensure_ascii=False, indent=2))
        return
    print(f"{len(run.done)} analyses imported.")
    if videos is not None:
        print(f"{sum(one.video is not None for one in run.done.values())} of them measured by a video in {videos}.")
    if run.without_video:
        print(f"No video there for {', '.join(sorted(set(run.without_video)))}.")
    for video_id, one in run.done.items():
        if one.records_dropped:
            listed = run.quarantine / f"{video_id}.records.jsonl"
            print(f"{video_id}: {one.records_dropped} of its records dropped, listed in {listed}")
    for path, problem in run.quarantined.items():
        print(f"quarantined {path}: {problem}")
