"""`rumiai analyze VIDEO`: what the engines see in one video, without a bus."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from services.analyzer.request import AnalyzeAnswer, AnalyzeRequest
from services.console.output import Json, check_file, write_file
from shared.contracts.analysis import Analysis, EngineReport
from shared.errors import UsageError
from shared.worker import ChildWorker


def analyze(
    video: Path,
    *,
    out: Annotated[Path | None, Parameter(help="write the analysis as JSON to this file")] = None,
    json: Json = False,
    cache: Annotated[Path | None, Parameter(help="folder that keeps engine results for the next run")] = None,
) -> None:
    """Analyze one video file: scenes, people, text, speech, audio.

    Raises UsageError for a file that does not exist or an output that can't be written, BadInput for a video that can't be
    analyzed, Unavailable when an engine lacks its weights, WorkerCrashed when the file brought a library down or took longer
    than RUMIAI_ANALYZER_TIME_LIMIT.
    """
    if not video.is_file():
        wrong = "is a folder" if video.is_dir() else "does not exist"
        raise UsageError(f"The video {video} {wrong}: give the path of a video file.")
    if out is not None:
        check_file(out)
    cache_url = cache.resolve().as_uri() if cache is not None else None
    analysis = asyncio.run(_in_child(AnalyzeRequest(path=video.absolute(), cache_url=cache_url)))
    if out is not None:
        write_file(out, analysis.to_bytes() + b"\n")
    if json:
        sys.stdout.write(analysis.model_dump_json(indent=2) + "\n")
        return
    _summary(video, analysis, Console())
    if out is not None:
        Console(stderr=True, soft_wrap=True).print(f"The analysis is in {out}.")


async def _in_child(request: AnalyzeRequest) -> Analysis:
    """Watched by a process of its own with the service's limits: the file may come from anywhere."""
    from services.analyzer.app import child_limits  # noqa: PLC0415 - half a second, not for `--help`
    from services.analyzer.settings import AnalyzerSettings, EngineSettings  # noqa: PLC0415

    if "--debug" in sys.argv:
        os.environ["RUMIAI_DEBUG"] = "true"  # the child hears of it only so
    worker = ChildWorker("services.analyzer.worker", limits=child_limits(EngineSettings()))
    try:
        answer = await worker.call(request.to_bytes(), timeout=AnalyzerSettings().time_limit)
    finally:
        await worker.close()
    return AnalyzeAnswer.from_bytes(answer).analysis


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
