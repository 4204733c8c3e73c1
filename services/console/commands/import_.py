"""`rumiai import`: analyses of the earlier system as analyses here; what does not parse goes into quarantine."""

import json as json_module
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from pydantic import ValidationError

from services.analyzer.earlier.convert import convert
from services.console.input import first_problem
from services.console.output import Json, make_folder, write_file
from shared.errors import BadInput, Incomplete, UsageError

_SUFFIX = "_unified_analysis.json"
_VIDEOS = (".mp4", ".mov", ".webm", ".mkv")


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
    done: dict[str, str] = {}
    quarantined: dict[str, str] = {}
    for path in paths:
        data = _read(path)
        problem = _import(data, path, out, videos, done)
        if problem is not None:
            quarantined[str(path)] = problem
            _quarantine(path, data, problem, out / "quarantine")
    _tell(done, quarantined, as_json=json)
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


def _import(data: bytes, path: Path, out: Path, videos: Path | None, done: dict[str, str]) -> str | None:
    """Convert and write one document; the sentence that says why not, or None."""
    video = _video(path, videos)
    try:
        analysis = convert(data, video=video)
    except ValidationError as error:
        return f"It is no unified analysis: {first_problem(error)}."
    except (UsageError, BadInput) as error:
        return str(error)
    assert analysis.provenance is not None
    video_id = analysis.provenance.video_id
    if video_id in done:
        return f"The video {video_id} was imported from {done[video_id]} already."
    write_file(out / f"{video_id}.json", analysis.to_bytes())
    done[video_id] = str(path)
    return None


def _video(document: Path, videos: Path | None) -> Path | None:
    if videos is None:
        return None
    stem = document.name.removesuffix(_SUFFIX)
    return next((videos / f"{stem}{suffix}" for suffix in _VIDEOS if (videos / f"{stem}{suffix}").is_file()), None)


def _quarantine(path: Path, data: bytes, problem: str, folder: Path) -> None:
    write_file(folder / path.name, data)
    write_file(folder / f"{path.name}.reason.txt", f"{path}: {problem}\n")


def _tell(done: dict[str, str], quarantined: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        print(json_module.dumps({"imported": done, "quarantined": quarantined}, ensure_ascii=False, indent=2))
        return
    print(f"{len(done)} analyses imported.")
    for path, problem in quarantined.items():
        print(f"quarantined {path}: {problem}")
