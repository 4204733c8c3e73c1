"""Turns one earlier analysis into an Analysis: what it really saw, linked as here; the rest is off with a reason."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from services.analyzer.earlier.blocks import Block, Outcome, objects, overlays, shots, speech
from services.analyzer.earlier.document import ObjectsSeen, Part, Texts, UnifiedAnalysis
from services.analyzer.earlier.facts import video_facts
from services.analyzer.earlier.records import Dropped, Read, read_part
from shared.contracts.analysis import Analysis, EngineName, EngineReport, EngineStatus, Provenance, VideoInfo
from shared.errors import UsageError

SYSTEM = "earlier system (unified analysis)"
PROFILE = "earlier-system-2"
"""Changes with what is taken for evidence, so that rows of two ways to import never train together."""
BAD_BOXES = 0.1
"""Where a larger share of the boxes lies outside the measured frame, it is not the frame that the detectors saw."""


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


class Document(NamedTuple):
    """A document whose frame parses, and the digest of its bytes."""

    frame: UnifiedAnalysis
    sha256: str


class Imported(NamedTuple):
    """The analysis, and the records that could not be used."""

    analysis: Analysis
    dropped: tuple[Dropped, ...]


def read(data: bytes) -> Document:
    """A document, its detectors' parts not yet looked at. Raises pydantic.ValidationError where its frame does not parse."""
    return Document(UnifiedAnalysis.model_validate_json(data), hashlib.sha256(data).hexdigest())


def convert(document: Document, *, video: Path | None = None) -> Imported:
    """A document as an Analysis with its provenance; `video` is the file it was made of, where there still is one.

    Raises UsageError where the frame's size is not known or contradicted by a box, BadInput for a video that can't be read.
    """
    frame = document.frame
    info, measured = video_facts(frame, document.sha256, video)
    parts = {one.name: read_part(one.name, frame.ml_data.get(one.name), info) for one in _DETECTORS.values()}
    dropped = tuple(record for part in parts.values() for record in part.dropped)
    _check_size(frame.video_id, parts, measured=measured)
    outcomes = {name: _outcome(frame, name, parts, info) for name in EngineName}
    blocks = {name: outcome.content for name, outcome in outcomes.items() if isinstance(outcome, Block)}
    analysis = Analysis(
        video=info,
        profile=f"{'+'.join(sorted(name.value for name in blocks))}@{PROFILE}",
        engines={name: _report(outcome) for name, outcome in outcomes.items()},
        provenance=Provenance(
            system=SYSTEM, document_sha256=document.sha256, video_id=frame.video_id, video_measured=measured,
            records_dropped=len(dropped),
        ),
        **{name.value: blocks.get(name) for name in EngineName},
    )  # fmt: skip
    return Imported(analysis, dropped)


def _outcome(frame: UnifiedAnalysis, name: EngineName, parts: dict[str, Read], info: VideoInfo) -> Outcome:
    if name in _NEVER:
        return _NEVER[name]
    detector = _DETECTORS[name]
    if any(frame.pipeline_status.get(key) is False for key in (detector.name, detector.status)):
        return f"the earlier system's {detector.name} failed"
    part = parts[detector.name].part
    return part if isinstance(part, str) else detector.make(part, info)


def _report(outcome: Outcome) -> EngineReport:
    if isinstance(outcome, str):
        return EngineReport(status=EngineStatus.OFF, reason=outcome)
    status = EngineStatus.OK if outcome.seen else EngineStatus.EMPTY
    return EngineReport(status=status, version=SYSTEM, coverage=outcome.coverage)


def _check_size(video_id: str, parts: dict[str, Read], *, measured: bool) -> None:
    """A box outside the frame says that the detectors saw another size; in a measured frame a few may be bad records."""
    outside = [record for part in parts.values() for record in part.dropped if record.outside]
    boxes = len(outside) + sum(_boxes(part.part) for part in parts.values())
    if len(outside) <= (max(1, BAD_BOXES * boxes) if measured else 0):
        return
    cure = "give the video it was made of" if measured else "give the video with --videos to measure its size"
    raise UsageError(
        f"The boxes or the size of {video_id} are wrong, {len(outside)} of {boxes} boxes lie outside, first {outside[0].where}"
        f" ({outside[0].problem}): {cure}."
    )


def _boxes(part: Part | str) -> int:
    if isinstance(part, Texts):
        return len(part.textAnnotations)
    return len(part.objectAnnotations) if isinstance(part, ObjectsSeen) else 0
