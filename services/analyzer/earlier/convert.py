"""Turns one earlier analysis into an Analysis: what it really saw, linked as here; the rest is off with a reason."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from services.analyzer.earlier.document import Corners, TextSeen, UnifiedAnalysis
from services.analyzer.earlier.facts import video_facts
from services.analyzer.earlier.sampling import looked_at
from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.text.linking import Linker
from services.analyzer.engines.text.region import Reading
from shared.contracts.analysis import (
    Analysis,
    Coverage,
    EngineName,
    EngineReport,
    EngineStatus,
    Objects,
    ObjectSample,
    Provenance,
    Shot,
    SpeechSegment,
    TextOverlay,
    VideoInfo,
)
from shared.errors import UsageError

SYSTEM = "earlier system (unified analysis)"
_STATUS = {
    EngineName.SCENES: "scene_detection",
    EngineName.TEXT: "ocr",
    EngineName.SPEECH: "whisper",
    EngineName.OBJECTS: "yolo",
}
_NEVER = {
    EngineName.PEOPLE: "the earlier system kept how many faces and landmarks it saw, not where",
    EngineName.AUDIO: "the earlier system kept relative energy in windows of seconds, no levels",
    EngineName.VISUALS: "the earlier system did not measure pictures",
    EngineName.GRAPHICS: "the earlier system took bright areas for stickers",
}
Blocks = dict[EngineName, object]


def convert(data: bytes, *, video: Path | None = None) -> Analysis:
    """One document as an Analysis with its provenance; `video` is the file it was made of, where there still is one.

    Raises pydantic.ValidationError where it does not parse, UsageError where it contradicts itself or the frame's size is not
    known, BadInput for a video that can't be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    document = UnifiedAnalysis.model_validate_json(data)
    info, measured = video_facts(document, digest, video)
    _check_boxes(document, info)
    blocks: Blocks = {
        EngineName.SCENES: _shots(document, info),
        EngineName.TEXT: _overlays(document, info),
        EngineName.SPEECH: _speech(document, info),
        EngineName.OBJECTS: _objects(document, info),
    }
    blocks = {name: block for name, block in blocks.items() if block is not None and _ran(document, name)}
    return Analysis(
        video=info,
        profile=_profile(blocks),
        engines={name: _report(document, name, blocks, info) for name in EngineName},
        provenance=Provenance(system=SYSTEM, document_sha256=digest, video_id=document.video_id, video_measured=measured),
        **{name.value: blocks.get(name) for name in EngineName},
    )


def _ran(document: UnifiedAnalysis, name: EngineName) -> bool:
    return document.pipeline_status.get(_STATUS[name], True)


def _profile(blocks: Blocks) -> str:
    names = sorted(name.value for name in blocks)
    return f"{'+'.join(names)}@earlier-system-1"


def _report(document: UnifiedAnalysis, name: EngineName, blocks: Blocks, info: VideoInfo) -> EngineReport:
    if name not in blocks:
        return EngineReport(status=EngineStatus.OFF, reason=_why_not(document, name))
    block = blocks[name]
    seen = bool(block.found if isinstance(block, Objects) else block)
    times = block.sampled_s if isinstance(block, Objects) else ()
    return EngineReport(
        status=EngineStatus.OK if seen else EngineStatus.EMPTY, version=SYSTEM, coverage=_coverage(times, info.duration_s)
    )


def _why_not(document: UnifiedAnalysis, name: EngineName) -> str:
    if name in _NEVER:
        return _NEVER[name]
    if not _ran(document, name):
        return f"the earlier system's {_STATUS[name]} failed"
    if getattr(document.ml_data, _STATUS[name]) is None:
        return f"the document has no {_STATUS[name]}"
    return f"when the earlier {_STATUS[name]} looked can't be told from what it kept"


def _coverage(times: Sequence[float], duration_s: float) -> Coverage | None:
    """Measured where the sample times are known."""
    if not times:
        return None
    gaps = [after - before for before, after in pairwise([*times, duration_s])]
    return Coverage(first_s=times[0], last_s=times[-1], largest_gap_s=round(max(gaps), 6), samples=len(times))


def _shots(document: UnifiedAnalysis, info: VideoInfo) -> tuple[Shot, ...] | None:
    if document.ml_data.scene_detection is None:
        return None
    changes = document.ml_data.scene_detection.scene_changes
    edges = [0.0, *sorted({round(t, 3) for t in changes if 0 < t < info.duration_s}), info.duration_s]
    return tuple(Shot(start_s=start, end_s=end) for start, end in pairwise(edges))


def _speech(document: UnifiedAnalysis, info: VideoInfo) -> tuple[SpeechSegment, ...] | None:
    transcript = document.ml_data.whisper
    if transcript is None:
        return None
    spoken = [one for one in transcript.segments if one.start < min(one.end, info.duration_s)]
    return tuple(
        SpeechSegment(
            start_s=one.start, end_s=min(one.end, info.duration_s), text=one.text.strip(), language=transcript.language
        )
        for one in spoken
    )


def _overlays(document: UnifiedAnalysis, info: VideoInfo) -> tuple[TextOverlay, ...] | None:
    if document.ml_data.ocr is None:
        return None
    by_time: dict[float, list[TextSeen]] = defaultdict(list)
    for seen in document.ml_data.ocr.textAnnotations:
        by_time[seen.timestamp].append(seen)
    if not by_time:
        return ()
    times = looked_at(tuple(by_time), info.duration_s)
    if times is None:
        return None
    linker = Linker()
    for time in times:
        linker.add([Reading(one.text, one.confidence, _rect(one.bbox, info)) for one in by_time.get(time, ())])
    return linker.overlays(times, info.duration_s)


def _objects(document: UnifiedAnalysis, info: VideoInfo) -> Objects | None:
    seen = document.ml_data.yolo
    if seen is None:
        return None
    times = looked_at([one.timestamp for one in seen.objectAnnotations], info.duration_s, seen.metadata.frames_analyzed)
    if times is None:
        return None
    found = [
        ObjectSample(t_s=one.timestamp, label=one.className, confidence=one.confidence, box=to_box(_rect(one.bbox, info)))
        for one in seen.objectAnnotations
    ]
    return Objects(sampled_s=times, found=tuple(sorted(found, key=lambda one: (one.t_s, one.label, -one.confidence))))


def _rect(corners: Corners, info: VideoInfo) -> Rect:
    left, top, right, bottom = corners
    return Rect(left / info.width, top / info.height, (right - left) / info.width, (bottom - top) / info.height)


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
