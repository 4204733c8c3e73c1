"""`rumiai analyze VIDEO`: what the engines see in one video, without a bus."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from services.console.output import Json, check_file, write_file
from shared.artifacts import ArtifactStore
from shared.contracts.analysis import Analysis, EngineReport
from shared.errors import UsageError
from shared.settings import Settings


def analyze(
    video: Path,
    *,
    out: Annotated[Path | None, Parameter(help="write the analysis as JSON to this file")] = None,
    json: Json = False,
    cache: Annotated[Path | None, Parameter(help="folder that keeps engine results for the next run")] = None,
) -> None:
    """Analyze one video file: scenes, people, text, speech, audio.

    Raises UsageError for a file that does not exist or an output that can't be written, BadInput for a video that can't be
    analyzed, Unavailable when an engine lacks its weights.
    """
    if not video.is_file():
        raise UsageError(f"The video {video} does not exist: give the path of a video file.")
    if out is not None:
        check_file(out)
    store = ArtifactStore.open(cache.resolve().as_uri()) if cache is not None else None
    analysis = _run(video, store)
    if out is not None:
        write_file(out, analysis.to_bytes() + b"\n")
    if json:
        sys.stdout.write(analysis.model_dump_json(indent=2) + "\n")
        return
    _summary(video, analysis, Console())
    if out is not None:
        Console(stderr=True, soft_wrap=True).print(f"The analysis is in {out}.")


def _run(video: Path, store: ArtifactStore | None) -> Analysis:
    if not _debugging():
        from services.analyzer.native_logs import silence_native_logs  # noqa: PLC0415

        silence_native_logs()
    from services.analyzer.analysis import analyze as watch  # noqa: PLC0415 - the engines' libraries take a second to import

    return watch(video, cache=store)


def _debugging() -> bool:
    return Settings().debug or "--debug" in sys.argv


def _summary(video: Path, analysis: Analysis, console: Console) -> None:
    facts = analysis.video
    console.print(
        f"{video.name}: {facts.duration_s:.2f} s, {facts.width}x{facts.height}, {facts.fps:g} fps, {facts.codec}",
        highlight=False,
    )
    table = Table("engine", "status", "saw", "samples", "largest gap")
    for name, report in analysis.engines.items():
        table.add_row(name.value, report.status.value, _seen(analysis, name.value, report), *_coverage(report))
    console.print(table)


def _coverage(report: EngineReport) -> tuple[str, str]:
    if report.coverage is None:
        return "", ""
    return str(report.coverage.samples), f"{report.coverage.largest_gap_s:.2f} s"


def _seen(analysis: Analysis, name: str, report: EngineReport) -> str:
    """What an engine saw, why it saw nothing, or both."""
    seen = None if getattr(analysis, name) is None else _counted(analysis, name)
    return "; ".join(filter(None, (seen, report.reason)))


def _counted(analysis: Analysis, name: str) -> str:
    people, audio, objects = analysis.people, analysis.audio, analysis.objects
    if name == "people" and people is not None:
        return f"{len(people.faces)} faces, {len(people.poses)} poses, {len(people.hands)} hands"
    if name == "audio" and audio is not None:
        tempo = "no clear beat" if audio.tempo_bpm is None else f"{audio.tempo_bpm:g} bpm"
        return f"{audio.integrated_lufs} LUFS, {tempo}, {len(audio.onsets_s)} onsets"
    if name == "objects" and objects is not None:
        return f"{len({found.track for found in objects.found})} objects in {len(objects.found)} boxes"
    units = {"scenes": "shots", "text": "overlays", "speech": "segments", "visuals": "samples", "graphics": "graphics"}
    return f"{len(getattr(analysis, name))} {units[name]}"
