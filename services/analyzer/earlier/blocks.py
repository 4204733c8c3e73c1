"""The blocks that an earlier analysis is evidence for, each with what was provably looked at, or why there is none."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from services.analyzer.earlier.document import Changes, Corners, ObjectsSeen, Texts, TextSeen, Transcript
from services.analyzer.earlier.sampling import by_second, looked_at
from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.text.linking import Linker, likeness
from services.analyzer.engines.text.region import Reading
from services.analyzer.sampling import coverage
from shared.contracts.analysis import Coverage, Objects, ObjectSample, Shot, SpeechSegment, TextOverlay, VideoInfo


class Block(NamedTuple):
    """One engine's block, whether it holds anything, and what its detector is known to have looked at."""

    content: object
    seen: bool
    coverage: Coverage


Outcome = Block | str
"""A block, or the sentence that says why there is none."""


def shots(part: Changes, info: VideoInfo) -> Outcome:
    """The stretches between cuts. Watched as far as its scenes and changes reach; a failure, too, left the lists empty."""
    changes = part.scene_changes or tuple(scene.start_time for scene in part.scenes)
    if not changes:
        return "an empty list of scenes does not show that the earlier scene_detection looked"
    edges = [0.0, *sorted({round(t, 3) for t in changes if 0 < t < info.duration_s}), info.duration_s]
    watched = [*changes, *(time for scene in part.scenes for time in (scene.start_time, scene.end_time))]
    found = tuple(Shot(start_s=start, end_s=end) for start, end in pairwise(edges))
    return Block(found, bool(found), _stretch(min(watched), max(watched), len(found), info))


def speech(part: Transcript, info: VideoInfo) -> Outcome:
    """The transcript. Listened to from the start to its last segment, or as far as it says; a failure, too, left it empty."""
    if not part.segments:
        return "an empty transcript does not show that the earlier whisper listened"
    found = tuple(
        SpeechSegment(start_s=one.start, end_s=min(one.end, info.duration_s), text=one.text, language=part.language)
        for one in part.segments
    )
    heard_s = max(part.duration or 0.0, *(one.end for one in part.segments))
    return Block(found, bool(found), _stretch(0.0, heard_s, len(part.segments), info))


def overlays(part: Texts, info: VideoInfo) -> Outcome:
    """Readings linked over time. Looked at only where something was read: its sampler had blind gaps that nobody noted."""
    readings = part.textAnnotations
    if not readings:
        return "nothing read does not show when, or that, the earlier ocr looked"
    if len({one.text for one in readings}) == len(readings):
        return "the earlier ocr kept no text twice, as where it kept only first appearances: how long they stayed can't be told"
    found = _link(readings, info)
    seen = coverage(sorted({one.timestamp for one in readings}), info.duration_s)
    assert seen is not None
    return Block(found, bool(found), seen)


def objects(part: ObjectsSeen, info: VideoInfo) -> Outcome:
    """Boxes and the times that were looked at, as far as they can be told from the number of frames."""
    boxes = part.objectAnnotations
    times = looked_at([one.timestamp for one in boxes], info.duration_s, part.metadata.frames_analyzed)
    seen = coverage(times or (), info.duration_s)
    if times is None or seen is None:
        return "when, or that, the earlier yolo looked can't be told from what it kept"
    found = [
        ObjectSample(t_s=one.timestamp, label=one.className, confidence=one.confidence, box=to_box(_rect(one.bbox, info)))
        for one in boxes
    ]
    content = Objects(sampled_s=times, found=tuple(sorted(found, key=lambda one: (one.t_s, one.label, -one.confidence))))
    return Block(content, bool(found), seen)


def _link(readings: Sequence[TextSeen], info: VideoInfo) -> tuple[TextOverlay, ...]:
    times = by_second([one.timestamp for one in readings], info.duration_s)
    read: dict[int, list[tuple[float, Reading]]] = defaultdict(list)
    for one in sorted(readings, key=lambda one: one.timestamp):
        reading = Reading(one.text, one.confidence, _rect(one.bbox, info))
        if not any(time < one.timestamp and likeness(before, reading) > 0 for time, before in read[int(one.timestamp)]):
            read[int(one.timestamp)].append((one.timestamp, reading))
    linker = Linker()
    for second in times:
        linker.add([reading for _, reading in read[second]])
    return linker.overlays(tuple(times.values()), info.duration_s)


def _stretch(first_s: float, last_s: float, records: int, info: VideoInfo) -> Coverage:
    """Coverage of a detector that goes through a file in order: without gaps between the first and the last it told."""
    last_s = min(last_s, info.duration_s)
    return Coverage(
        first_s=first_s, last_s=last_s, largest_gap_s=round(max(first_s, info.duration_s - last_s), 3), samples=records
    )


def _rect(corners: Corners, info: VideoInfo) -> Rect:
    left, top, right, bottom = corners
    return Rect(left / info.width, top / info.height, (right - left) / info.width, (bottom - top) / info.height)
