"""Turns one earlier analysis into an Analysis: what it really saw, linked as here; the rest is off with a reason."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from services.analyzer.earlier.blocks import Block, Outcome, objects, overlays, shots, speech
from services.analyzer.earlier.document import UnifiedAnalysis
from services.analyzer.earlier.facts import video_facts
from shared.contracts.analysis import Analysis, EngineName, EngineReport, EngineStatus, Provenance, VideoInfo
from shared.errors import UsageError

SYSTEM = "earlier system (unified analysis)"


class _Detector(NamedTuple):
    """Its name among the data and in the pipeline's status, and what makes a block of it."""

    name: str
    status: str
    make: Callable[[Any, VideoInfo], Outcome]


_DETECTORS = {
    EngineName.SCENES: _Detector("scene_detection", "scene", shots),
    EngineName.TEXT: _Detector("ocr", "ocr", overlays),
    EngineName.SPEECH: _Detector("whisper", "whisper", speech),
    EngineName.OBJECTS: _Detector("yolo", "yolo", objects),
}
_NEVER = {
    EngineName.PEOPLE: "the earlier system kept how many faces and landmarks it saw, not where",
    EngineName.AUDIO: "the earlier system kept relative energy in windows of seconds, no levels",
    EngineName.VISUALS: "the earlier system did not measure pictures",
    EngineName.GRAPHICS: "the earlier system took bright areas for stickers",
}


def convert(data: bytes, *, video: Path | None = None) -> Analysis:
    """One document as an Analysis with its provenance; `video` is the file it was made of, where there still is one.

    Raises pydantic.ValidationError where it does not parse, UsageError where it contradicts itself or the frame's size is not
    known, BadInput for a video that can't be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    document = UnifiedAnalysis.model_validate_json(data)
    info, measured = video_facts(document, digest, video)
    _check_boxes(document, info)
    outcomes = {name: _outcome(document, name, info) for name in EngineName}
    blocks = {name: outcome.content for name, outcome in outcomes.items() if isinstance(outcome, Block)}
    return Analysis(
        video=info,
        profile=f"{'+'.join(sorted(name.value for name in blocks))}@earlier-system-1",
        engines={name: _report(outcome) for name, outcome in outcomes.items()},
        provenance=Provenance(system=SYSTEM, document_sha256=digest, video_id=document.video_id, video_measured=measured),
        **{name.value: blocks.get(name) for name in EngineName},
    )


def _outcome(document: UnifiedAnalysis, name: EngineName, info: VideoInfo) -> Outcome:
    if name in _NEVER:
        return _NEVER[name]
    detector = _DETECTORS[name]
    if not all(document.pipeline_status.get(key, True) for key in (detector.name, detector.status)):
        return f"the earlier system's {detector.name} failed"
    part = getattr(document.ml_data, detector.name)
    return f"the document has no {detector.name}" if part is None else detector.make(part, info)


def _report(outcome: Outcome) -> EngineReport:
    if isinstance(outcome, str):
        return EngineReport(status=EngineStatus.OFF, reason=outcome)
    status = EngineStatus.OK if outcome.seen else EngineStatus.EMPTY
    return EngineReport(status=status, version=SYSTEM, coverage=outcome.coverage)


def _check_boxes(document: UnifiedAnalysis, info: VideoInfo) -> None:
    """A box outside the frame says that the size is not the one the detectors saw."""
    texts = document.ml_data.ocr.textAnnotations if document.ml_data.ocr else ()
    objects = document.ml_data.yolo.objectAnnotations if document.ml_data.yolo else ()
    for left, top, right, bottom in [*(one.bbox for one in texts), *(one.bbox for one in objects)]:
        if left > right or top > bottom or right > info.width + 2 or bottom > info.height + 2:
            raise UsageError(
                f"{document.video_id} has a box from ({left:g}, {top:g}) to ({right:g}, {bottom:g}) in a frame of"
                f" {info.width}x{info.height} pixels: the box or the size is wrong."
            )
