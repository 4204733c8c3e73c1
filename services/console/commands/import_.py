"""`rumiai import`: analyses of the earlier system as analyses here; what does not parse goes into quarantine."""

import json as json_module
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from cyclopts import Parameter
from pydantic import ValidationError
from pydantic_core import to_json

from services.analyzer.earlier.convert import convert, read
from services.analyzer.earlier.records import Dropped
from services.console.input import first_problem
from services.console.output import Json, make_folder, write_file
from shared.errors import BadInput, Incomplete, UsageError

_SUFFIX = "_unified_analysis.json"
_VIDEOS = (".mp4", ".mov", ".webm", ".mkv")


class Done(NamedTuple):
    """The document that was imported, and how many of its records were not."""

    document: str
    records_dropped: int


def import_(
    *source: Annotated[Path, Parameter(help=f"files of the earlier system, or folders with *{_SUFFIX}")],
    out: Annotated[Path, Parameter(help="folder for the analyses, one <video id>.json each, and for quarantine/")],
    videos: Annotated[Path | None, Parameter(help="folder with <video id>.mp4, to measure the frames' real size")] = None,
    json: Json = False,
) -> None:
    """Convert earlier analyses; their rows never train together with ours, because their profile is their own.

    Raises UsageError where there is nothing to import, Incomplete where a document went into quarantine.
    """
    paths = list(_documents(source))
    make_folder(out)
    done: dict[str, Done] = {}
    quarantined: dict[str, str] = {}
    for path in paths:
        data = _read(path)
        problem = _import(data, path, out, videos, done)
        if problem is not None:
            quarantined[str(path)] = problem
            _quarantine(path, data, problem, out / "quarantine")
    _tell(done, quarantined, out / "quarantine", as_json=json)
    if quarantined:
        raise Incomplete(f"{len(quarantined)} of {len(paths)} documents are in {out / 'quarantine'}, each with its reason.")


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


def _import(data: bytes, path: Path, out: Path, videos: Path | None, done: dict[str, Done]) -> str | None:
    """Convert and write one document; the sentence that says why not, or None."""
    video = _video(path, videos)
    try:
        document = read(data)
        analysis, dropped = convert(document, video=video)
    except ValidationError as error:
        return f"It is no unified analysis: {first_problem(error)}."
    except (UsageError, BadInput) as error:
        return str(error)
    video_id = document.frame.video_id
    if video_id in done:
        return f"The video {video_id} was imported from {done[video_id].document} already."
    write_file(out / f"{video_id}.json", analysis.to_bytes())
    if dropped:
        write_file(out / "quarantine" / f"{video_id}.records.jsonl", b"".join(_line(record) for record in dropped))
    done[video_id] = Done(str(path), len(dropped))
    return None


def _line(dropped: Dropped) -> bytes:
    line = {"where": dropped.where, "problem": dropped.problem, "record": dropped.record}
    return to_json(line, inf_nan_mode="strings") + b"\n"


def _video(document: Path, videos: Path | None) -> Path | None:
    if videos is None:
        return None
    stem = document.name.removesuffix(_SUFFIX)
    return next((videos / f"{stem}{suffix}" for suffix in _VIDEOS if (videos / f"{stem}{suffix}").is_file()), None)


def _quarantine(path: Path, data: bytes, problem: str, folder: Path) -> None:
    write_file(folder / path.name, data)
    write_file(folder / f"{path.name}.reason.txt", f"{path}: {problem}\n")


def _tell(done: dict[str, Done], quarantined: dict[str, str], folder: Path, *, as_json: bool) -> None:
    if as_json:
        imported = {video_id: one._asdict() for video_id, one in done.items()}
        print(json_module.dumps({"imported": imported, "quarantined": quarantined}, ensure_ascii=False, indent=2))
        return
    print(f"{len(done)} analyses imported.")
    for video_id, one in done.items():
        if one.records_dropped:
            print(f"{video_id}: {one.records_dropped} records dropped, listed in {folder / f'{video_id}.records.jsonl'}")
    for path, problem in quarantined.items():
        print(f"quarantined {path}: {problem}")
