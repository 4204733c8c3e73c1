"""Scores the shots: cuts at ±1 frame, fades and dissolves at ±0.3 s, flashes, on generated films and on real clips."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.accuracy.clips import write_clip
from bench.accuracy.films import MIXES, Film, film
from bench.accuracy.score import Matches, Score, match_times
from services.analyzer.analysis import analyze
from services.analyzer.engines.scenes import ScenesEngine
from shared.contracts.analysis import Analysis, EngineName, Shot

ENGINE = EngineName.SCENES.value
SOFT_S = 0.3
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "video"
"""Real clips beside the checkout, scored where they are present."""
GOLDEN_FRAMES = (30, 180, 212, 359, 395, 543, 692)
"""Seen by eye: two cuts, then fades from and to black, and a dissolve at 543. The library's golden has 30, 180, 394, 691."""
STILLS_S = (2.7, 5.37, 8.03, 10.7, 13.37, 16.07, 18.73)


def score(folder: Path, seeds: range) -> list[Score]:
    """Films of every kind for every seed, then the real clips."""
    lines: list[Score] = []
    every = Matches()
    for kind in MIXES:
        sums = _films(folder, kind, seeds)
        every += sums["cut"]
        lines += _lines(kind, sums)
    return [*lines, *every.scores(ENGINE, "all generated, cuts ±1 frame", f1=0.97), *_real()]


def _lines(kind: str, sums: dict[str, Matches]) -> list[Score]:
    lines: list[Score] = []
    for what, matches in sums.items():
        if matches.hits + matches.missed:
            lines += matches.scores(ENGINE, f"{kind}: {what}")
        elif matches.false:
            lines.append(Score(ENGINE, f"{kind}: {what}", "false", float(matches.false), matches.false))
    return lines


def _films(folder: Path, kind: str, seeds: range) -> dict[str, Matches]:
    sums = {"cut": Matches(), "fade": Matches(), "dissolve": Matches(), "flash": Matches()}
    for seed in seeds:
        made = film(kind, seed)
        path = write_clip(folder / f"{kind}-{seed}.mp4", made.pictures(), fps=made.fps)
        shots = analyze(path, engines=[ScenesEngine()]).scenes or ()
        path.unlink()
        for what, matches in judge(made, shots).items():
            sums[what] += matches
    return sums


def judge(made: Film, shots: Sequence[Shot]) -> dict[str, Matches]:
    """One film's shots against its truth."""
    frame = 1 / float(made.fps) + 0.002
    found = {kind: [shot.start_s for shot in shots if shot.opens_with == kind] for kind in ("cut", "fade", "dissolve")}
    flashes = [t for shot in shots for t in shot.flashes_s or ()]
    return {
        "cut": match_times(found["cut"], made.times("cut"), frame),
        "fade": match_times(found["fade"], made.times("fade"), SOFT_S),
        "dissolve": match_times(found["dissolve"], made.times("dissolve"), SOFT_S),
        "flash": match_times(flashes, [float(a / made.fps) for a, _ in made.flashes], 2 * frame),
    }


def _real() -> list[Score]:
    lines: list[Score] = []
    cases: dict[str, Callable[[Path], Sequence[float]]] = {
        "cuts_testvideo.mp4": lambda _: [frame * 1001 / 30000 for frame in GOLDEN_FRAMES],
        "vertical_captions_voice.mp4": lambda _: STILLS_S,
        "generated/clip15.mp4": _cuts_of,
        "generated/talk20.mp4": _cuts_of,
    }
    for name, truth in cases.items():
        if (REAL / name).is_file():
            analysis: Analysis = analyze(REAL / name, engines=[ScenesEngine()])
            found = [shot.start_s for shot in (analysis.scenes or ())[1:]]
            lines += match_times(found, truth(REAL / name), 1 / analysis.video.fps + 0.01).scores(ENGINE, f"{name}: any")
    return lines


def _cuts_of(path: Path) -> Sequence[float]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    return list(truth["cuts"])
