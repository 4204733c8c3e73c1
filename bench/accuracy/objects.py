"""Scores objects where YOLO weights are present: people's boxes against annotated frames, and people counted by their numbers.

Nothing is generated: a drawn person is none to a network. So the seeds are not used, and without the real clips beside the
checkout there is nothing to score.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import av

from bench.accuracy.score import Matches, Score
from services.analyzer.analysis import analyze
from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.objects import NO_WEIGHTS, ObjectsEngine
from services.analyzer.engines.objects.weights import weights_at
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName, Objects

ENGINE = EngineName.OBJECTS.value
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
WEIGHTS = DATA / "models" / "yolo11n_int8_openvino_model"
MIN_OVERLAP, MIN_SIDE = 0.5, 0.05
WALKS = ((0.0, 60.0, 3), (62.0, 139.0, 4))
"""Of walking_people.mp4, seen by eye: from, to, and how many people come and go, one after the other."""


def score(folder: Path, _seeds: range) -> list[Score]:
    """The annotated clips and the walks; no lines, and a sentence, without weights or clips."""
    weights = EngineSettings().objects_weights or (WEIGHTS if WEIGHTS.is_dir() else None)
    if weights is None:
        print(f"objects: {NO_WEIGHTS}.", file=sys.stderr)
        return []
    if not (DATA / "video").is_dir():
        print("objects: the real clips that could be scored are not beside this checkout.", file=sys.stderr)
        return []
    engine = ObjectsEngine(weights_at(weights))
    clips = [DATA / "video" / "generated" / name for name in ("clip15.mp4", "talk20.mp4")]
    lines = [line for clip in clips for line in _annotated(clip, engine)]
    return lines + [_walk(folder, engine, *walk) for walk in WALKS]


def _annotated(clip: Path, engine: ObjectsEngine) -> list[Score]:
    truth = {round(frame["t"], 2): frame["persons"] for frame in json.loads(clip.with_suffix(".frames.json").read_text())}
    analysis = analyze(clip, engines=[engine])
    width, height = analysis.video.width, analysis.video.height
    total = Matches()
    for t_s, found in _people(analysis.objects):
        there = [Rect(a / width, b / height, (c - a) / width, (d - b) / height) for a, b, c, d in truth[round(t_s, 2)]]
        total += _match(found, [box for box in there if min(box.width, box.height) >= MIN_SIDE])
    return total.scores(ENGINE, f"{clip.name}: people, boxes")


def _people(objects: Objects | None) -> Iterable[tuple[float, list[Rect]]]:
    assert objects is not None
    for t_s in objects.sampled_s:
        boxes = [found.box for found in objects.found if found.t_s == t_s and found.label == "person"]
        yield t_s, [Rect(box.x, box.y, box.width, box.height) for box in boxes]


def _match(found: Sequence[Rect], true: Sequence[Rect]) -> Matches:
    """One to one, the best overlaps first."""
    pairs = sorted(
        ((-overlap(f, t), i, j) for i, f in enumerate(found) for j, t in enumerate(true) if overlap(f, t) >= MIN_OVERLAP)
    )
    used: set[int] = set()
    hit: set[int] = set()
    for _, i, j in pairs:
        if i not in used and j not in hit:
            used.add(i)
            hit.add(j)
    return Matches(len(hit), len(found) - len(hit), len(true) - len(hit))


def _walk(folder: Path, engine: ObjectsEngine, start_s: float, end_s: float, people: int) -> Score:
    clip = _cut_out(DATA / "video" / "walking_people.mp4", folder / "walk.mp4", start_s, end_s)
    objects = analyze(clip, engines=[engine]).objects
    numbers = {found.track for found in objects.found if found.label == "person"} if objects else set()
    missed = abs(len(numbers) - people) / people
    return Score(
        ENGINE,
        "walking_people.mp4",
        f"{start_s:.0f} to {end_s:.0f} s: count's error",
        missed,
        people,
        target=0.0,
        sense="at most",
    )


def _cut_out(source: Path, target: Path, start_s: float, end_s: float) -> Path:
    """Packets between two times, copied: the whole is longer than what is analyzed."""
    with av.open(str(source)) as read, av.open(str(target), "w") as write:
        stream = read.streams.video[0]
        out = write.add_stream_from_template(stream)
        for packet in read.demux(stream):
            if packet.pts is not None and start_s <= float(packet.pts * packet.time_base) < end_s:
                packet.stream = out
                write.mux(packet)
    return target
