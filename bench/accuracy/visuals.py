"""Scores the camera: its direction and speed on moving stills, and that a cut is never a movement."""

from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.accuracy.clips import write_clip
from bench.accuracy.footage import HEIGHT, WIDTH, Rng, Take, View, still
from bench.accuracy.score import Score
from services.analyzer.analysis import analyze
from services.analyzer.engines.visuals import VisualsEngine
from shared.contracts.analysis import EngineName, VisualSample

ENGINE = EngineName.VISUALS.value
FPS, FRAMES, STILL_BELOW = 30, 60, 0.02
"""Slower than 0.02 frame widths a second looks still."""


def score(folder: Path, seeds: range) -> list[Score]:
    """Per seed a clip of two takes of 2 s each, joined by a cut."""
    told = right = cases = cut_told = 0
    errors: list[float] = []
    for seed in seeds:
        rng = np.random.default_rng([seed, 9])
        takes = [_take(rng), _take(rng)]
        pictures = (takes[k // FRAMES].picture(k % FRAMES / FRAMES) for k in range(2 * FRAMES))
        path = write_clip(folder / f"camera-{seed}.mp4", pictures)
        samples = analyze(path, engines=[VisualsEngine()]).visuals or ()
        path.unlink()
        for before, now in pairwise(samples):
            first, last = (round(sample.t_s * FPS) // FRAMES for sample in (before, now))
            if first != last:
                cut_told += now.camera_x is not None
                continue
            cases += 1
            if now.camera_x is not None:
                error, same = _judge(takes[min(first, 1)], now)
                told, right = told + 1, right + same
                errors.append(error)
    return [
        Score.share(ENGINE, "moving stills", "camera followed", told, cases),
        Score.share(ENGINE, "moving stills", "direction right", right, told, target=0.95),
        Score(ENGINE, "moving stills", "median error (frames/s)", float(np.median(errors)) if errors else None, told),
        Score.share(ENGINE, "moving stills", "cuts taken for a movement", cut_told, len(seeds), target=0.02, sense="at most"),
    ]


def _take(rng: Rng) -> Take:
    """A still, a pan or a zoom, held in a hand or not."""
    zoom, sort = float(rng.uniform(1.0, 1.3)), int(rng.integers(3))
    start = View(float(rng.uniform(-0.2, 0.2)), float(rng.uniform(-0.2, 0.2)), zoom)
    pan = View(start.x + float(rng.uniform(-0.4, 0.4)), start.y + float(rng.uniform(-0.2, 0.2)), zoom)
    nearer = View(start.x, start.y, zoom * float(rng.uniform(0.8, 1.3)))
    return Take(still(rng), start, (start, pan, nearer)[sort], float(rng.choice([0.0, 1.0])), None, int(rng.integers(1 << 30)))


def _judge(take: Take, sample: VisualSample) -> tuple[float, bool]:
    """Error of the speed in frame sizes per second, and whether the direction along each axis, or stillness, is right."""
    seconds = FRAMES / FPS
    share = (sample.t_s % seconds) / seconds
    zoom = take.start.zoom + (take.end.zoom - take.start.zoom) * share
    truth = (-(take.end.x - take.start.x) / seconds * zoom, -(take.end.y - take.start.y) / seconds * zoom)
    found = (sample.camera_x or 0.0, sample.camera_y or 0.0)
    blur = STILL_BELOW + 2 * take.shake / min(WIDTH, HEIGHT)
    same = all(t * f > 0 if abs(t) >= blur else abs(f) < 2 * blur for t, f in zip(truth, found, strict=True))
    return float(np.hypot(found[0] - truth[0], found[1] - truth[1])), same
