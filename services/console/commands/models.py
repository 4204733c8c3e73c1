"""`rumiai models`: the weights that no package carries: what is here, what is missing, and getting it."""

import json as json_module
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from services.analyzer.engines.objects import NO_WEIGHTS
from services.analyzer.engines.objects.weights import weights_at
from services.analyzer.engines.speech.weights import FILES, OPTIONAL, REPOSITORIES, VOCABULARIES, look_up, missing_files
from services.analyzer.settings import EngineSettings
from services.console.output import Json
from shared.artifacts import file_sha256
from shared.errors import Unavailable, UsageError
from shared.settings import Settings

app = App(name="models", help="Weights that no package carries: list, pull.")


@dataclass(frozen=True)
class Line:
    """One model: where it lies and the sha256 of its main file, or what to do about its absence (`missing`)."""

    name: str
    path: str | None = None
    source: str | None = None
    sha256: str | None = None
    missing: str | None = None


@app.command(name="list")
def list_models(*, json: Json = False) -> None:
    """List the models that the engines can use: where each lies with its sha256, or why it is not there."""
    settings, folder = EngineSettings(), Settings().models_dir
    lines = [*(_whisper(name, folder) for name in REPOSITORIES), _objects(settings), _faces(settings)]
    if json:
        print(json_module.dumps([asdict(line) for line in lines], indent=2))
        return
    for line in lines:
        there = f"{line.path} ({line.source}), sha256 {line.sha256}" if line.path else line.missing
        print(f"{'yes' if line.path else 'no ':<4} {line.name:<24} {there}")


@app.command(help="Download a Whisper model from the Hugging Face hub into the folder of models (RUMIAI_MODELS).")
def pull(name: Annotated[str, Parameter(help="a Whisper model that `rumiai models list` names")], /) -> None:
    """Download a Whisper model from the Hugging Face hub into the folder of models (RUMIAI_MODELS, default data/models).

    Raises UsageError for an unknown name, Unavailable where the hub can't be reached or does not have it whole.
    """
    if name not in REPOSITORIES:
        raise UsageError(f"There is no model {name!r} to pull: take one of {', '.join(REPOSITORIES)}.")
    folder = Settings().models_dir / name
    if missing_files(folder):
        _download(REPOSITORIES[name], folder)
        print(f"{name} is in {folder}.")
    else:
        print(f"{name} is in {folder} already.")


def _download(repository: str, folder: Path) -> None:
    """Into a folder beside, which takes its name only when it is whole: a download that was cut off is no model."""
    import httpx2  # noqa: PLC0415 - with the hub client 0.5 s
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    partial = folder.with_name(f".{folder.name}.partial")
    try:
        partial.mkdir(parents=True, exist_ok=True)
        snapshot_download(repository, local_dir=partial, allow_patterns=[*FILES, *VOCABULARIES, *OPTIONAL])
    except (OSError, httpx2.HTTPError) as error:
        with suppress(OSError):  # what has begun to arrive stays, and the next try goes on there
            partial.rmdir()
        reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        raise Unavailable(
            f"{repository} can't be downloaded ({reason}): try again where huggingface.co can be reached, or copy the model's "
            f"files into {folder}."
        ) from error
    if missing := missing_files(partial):
        raise Unavailable(f"{repository} on the hub misses {', '.join(missing)}: it is no CTranslate2 Whisper model any more.")
    shutil.rmtree(partial / ".cache", ignore_errors=True)  # the hub client's own notes
    shutil.rmtree(folder, ignore_errors=True)  # not whole, or this would not run
    partial.rename(folder)


def _whisper(name: str, folder: Path) -> Line:
    found = look_up(name, folder)
    if found:
        return Line(name, str(found.folder), found.source, file_sha256(found.folder / "model.bin"))
    lacks = missing_files(folder / name)
    half = f"{folder / name} misses {', '.join(lacks)}: " if (folder / name).is_dir() else ""
    return Line(name, missing=f"{half}run `rumiai models pull {name}`")


def _objects(settings: EngineSettings) -> Line:
    if settings.objects_weights is None:
        return Line("objects", missing=NO_WEIGHTS)
    try:
        weights = weights_at(settings.objects_weights)
    except Unavailable as error:
        return Line("objects", missing=str(error))
    main = max(weights.files, key=lambda path: path.stat().st_size)
    return Line("objects", str(weights.path), "RUMIAI_OBJECTS_WEIGHTS", file_sha256(main))


def _faces(settings: EngineSettings) -> Line:
    path = settings.face_landmarker
    if path is None:
        return Line("face_landmarker", missing="set RUMIAI_FACE_LANDMARKER to a face_landmarker.task of MediaPipe Tasks")
    if not path.is_file():
        return Line("face_landmarker", missing=f"RUMIAI_FACE_LANDMARKER names {path}, which does not exist")
    return Line("face_landmarker", str(path), "RUMIAI_FACE_LANDMARKER", file_sha256(path))
