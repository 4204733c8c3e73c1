"""How long an analysis takes beside a plain decode and the obvious way, on the same clips in the same run.

    python -m bench.analyzer [--seconds 15 60 120]

(a) plain decode; (b) each engine alone, in sequence, with its own decode and library defaults (bench/obvious.py); (c) this
analyzer; (d) this analyzer when text and people search every sample in full, changed or not. Times depend on what else the
machine does; the ratios and the counters do not, or much less. What each way saw of the known cuts and texts, and in how many
samples it saw a face, stands in the same table: speed that costs accuracy would show.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.metadata import version
from pathlib import Path
from typing import Any

import av

from bench.accuracy.score import match_times
from bench.clip import FPS, BenchClip, make_clip
from bench.obvious import Obvious, Seen
from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines
from services.analyzer.engines.base import Engine
from services.analyzer.engines.people import PeopleEngine
from services.analyzer.engines.text import TextEngine
from services.analyzer.native_logs import silence_native_logs
from shared.contracts.analysis import Analysis, EngineName

LIBRARIES = ("av", "mediapipe", "rapidocr", "openvino", "scenedetect-headless")
_ALIKE = 0.85


@dataclass
class Way:
    """One way to analyze a clip: wall and CPU seconds, of the known cuts and texts how many it saw, and samples with a face."""

    wall_s: float
    cpu_s: float
    cuts: int | None = None
    texts: int | None = None
    faces: int | None = None
    parts: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Make the clips, measure, print a table and one line of JSON per clip."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, nargs="+", default=[15, 60, 120], help="lengths of the clips")
    wanted: Sequence[int] = parser.parse_args().seconds
    silence_native_logs()
    load_s = _timed(_load)[0]
    obvious, ungated = Obvious(), _ungated()
    print(f"analyzer on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the run, models loaded in {load_s:.1f} s")
    for seconds in wanted:
        with tempfile.TemporaryDirectory() as folder:
            clip = make_clip(Path(folder) / "bench.mp4", seconds)
            _print(clip, *_measure(clip, obvious, ungated))


def _load() -> None:
    for engine in default_engines():
        engine.load()


def _ungated() -> tuple[Engine, ...]:
    """The engines, loaded; those that save work where nothing changed do not save it."""
    special: dict[EngineName, Engine] = {
        EngineName.TEXT: TextEngine(ungated=True),
        EngineName.PEOPLE: PeopleEngine(ungated=True),
    }
    engines = tuple(special.get(engine.spec.name, engine) for engine in default_engines())
    for engine in engines:
        engine.load()
    return engines


def _measure(clip: BenchClip, obvious: Obvious, ungated: Sequence[Engine]) -> tuple[Way, Way, Way, Way, Counters]:
    decode = Way(*_timed(lambda: _decode(clip.path))[:2])
    seen = Seen()
    taken = {name: _timed(work) for name, work in obvious.passes(clip.path, seen).items()}
    sequence = Way(
        round(sum(wall for wall, _, _ in taken.values()), 2),
        round(sum(cpu for _, cpu, _ in taken.values()), 2),
        match_times(seen.cuts, clip.cuts, 1.5 / FPS).hits,
        _read(clip, [(t, t, text) for t, text in seen.texts]),
        seen.faces,
        {name: wall for name, (wall, _, _) in taken.items()},
    )
    counters = Counters()
    wall, cpu, analysis = _timed(lambda: analyze(clip.path, counters=counters))
    ours = Way(wall, cpu, *_saw(clip, analysis), parts=counters.cpu_s)
    wall, cpu, analysis = _timed(lambda: analyze(clip.path, engines=ungated))
    return decode, sequence, ours, Way(wall, cpu, *_saw(clip, analysis)), counters


def _saw(clip: BenchClip, analysis: Analysis) -> tuple[int, int, int]:
    cuts = [shot.start_s for shot in analysis.scenes or ()][1:]
    texts = [(overlay.start_s, overlay.end_s, overlay.text) for overlay in analysis.text or ()]
    faces = {face.t_s for face in analysis.people.faces} if analysis.people else set()
    return match_times(cuts, clip.cuts, 1.5 / FPS).hits, _read(clip, texts), len(faces)


def _read(clip: BenchClip, readings: Sequence[tuple[float, float, str]]) -> int:
    """Known texts that were read, or nearly, while they were on screen."""
    return sum(
        any(start < to and end > since and _alike(text, known) for start, end, text in readings)
        for known, since, to in clip.texts
    )


def _alike(read: str, known: str) -> bool:
    left, right = ("".join(text.casefold().split()) for text in (read, known))
    return right in left or SequenceMatcher(None, left, right, autojunk=False).ratio() >= _ALIKE


def _decode(clip: Path) -> int:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return round(time.perf_counter() - wall, 2), round(time.process_time() - cpu, 2), result


def _print(clip: BenchClip, decode: Way, sequence: Way, ours: Way, ungated: Way, counters: Counters) -> None:
    cuts, texts = len(clip.cuts), len(clip.texts)
    lines = [
        f"\nclip of {clip.seconds} s, 720x1280, {FPS} fps",
        "way                     wall s    CPU s  x real time  cuts   texts  samples with a face",
    ]
    rows = {"(a) plain decode": decode, "(b) the obvious way": sequence, "(c) this analyzer": ours, "(d) ungated": ungated}
    for name, way in rows.items():
        saw = "" if way.cuts is None else f"{way.cuts:>3}/{cuts:<3}{way.texts:>3}/{texts:<3}{way.faces:>6}"
        lines.append(f"{name:<22}{way.wall_s:>8.2f}{way.cpu_s:>9.2f}{way.wall_s / clip.seconds:>13.3f}  {saw}")
    lines += [
        f"(b) / (c)  {sequence.wall_s / ours.wall_s:.1f} x wall, {sequence.cpu_s / ours.cpu_s:.1f} x CPU",
        f"(c) / (a)  {ours.wall_s / decode.wall_s:.1f} x wall, {ours.cpu_s / decode.cpu_s:.1f} x CPU",
        f"{'engine':<12}{'(b) wall s':>12}{'(c) CPU s of its thread':>26}{'items handed':>15}",
    ]
    for name in sorted({*sequence.parts, *ours.parts}):
        lines.append(
            f"{name:<12}{sequence.parts.get(name, 0):>12.2f}{ours.parts.get(name, 0):>26.2f}{counters.handed[name]:>15}"
        )
    rest = ours.cpu_s - sum(ours.parts.values())
    lines += [
        f"{'the rest':<12}{'':>12}{rest:>26.2f}  decoding, shared pictures, libraries' own threads",
        f"first frame after {counters.first_frame_s} s; frames decoded once: {counters.frames_decoded}",
        f"model calls {counters.calls}; model loads {counters.model_loads}, people and text once more for (d)",
    ]
    facts = {"clip_s": clip.seconds, **counters.as_dict(), "libraries": {name: version(name) for name in LIBRARIES}}
    ways = {"decode": vars(decode), "obvious": vars(sequence), "analyzer": vars(ours), "ungated": vars(ungated)}
    sys.stdout.write("\n".join(lines) + "\n" + json.dumps({**ways, **facts}) + "\n")


if __name__ == "__main__":
    main()
