"""Scores stickers and inserts on generated clips, and false alarms on clips that only have lettering, and on real ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.accuracy.clips import write_clip
from bench.accuracy.lettering import FPS, SECONDS
from bench.accuracy.score import Matches, Score
from bench.accuracy.stickers import STAGES, Picture2D, stickered_clip
from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines.graphics import GraphicsEngine
from shared.contracts.analysis import EngineName, Graphic

ENGINE = EngineName.GRAPHICS.value
OVERLAP, NEAR_S = 0.3, 0.4
"""Intersection over union from which a graphic counts as found; tolerance of its start in seconds."""
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "video"
WITHOUT = (
    "cuts_testvideo.mp4",
    "lectern_speech.mp4",
    "vertical_beat_music.mp4",
    "generated/clip15.mp4",
    "generated/talk20.mp4",
)
"""Real clips beside the checkout in which nobody put a sticker, as far as one can see."""


@dataclass
class Tally:
    """What came out over many clips."""

    matches: Matches = field(default_factory=Matches)
    starts: int = 0
    kinds: int = 0
    cpu_s: float = 0.0
    seconds: float = 0.0

    def add(self, graphics: Sequence[Picture2D], found: Sequence[Graphic]) -> None:
        """One clip."""
        pairs = match(graphics, found)
        self.matches += Matches(len(pairs), len(found) - len(pairs), len(graphics) - len(pairs))
        self.starts += sum(abs(graphics[i].start_s - found[k].start_s) <= NEAR_S for i, k in pairs)
        self.kinds += sum(graphics[i].kind == found[k].kind for i, k in pairs)


def score(folder: Path, seeds: range) -> list[Score]:
    """Every stage, all of them, the plain clips, the real clips."""
    lines: list[Score] = []
    every, plain = Tally(), Tally()
    for stage in STAGES:
        here = Tally()
        for seed in seeds:
            clip = stickered_clip(stage, seed)
            path = write_clip(folder / "clip.mp4", clip.pictures(), fps=FPS)
            found = see(path, every)
            here.add(clip.graphics, found)
            every.add(clip.graphics, found)
            bare = write_clip(folder / "plain.mp4", stickered_clip(stage, seed, plain=True).pictures(), fps=FPS)
            plain.add((), see(bare, plain))
        lines += here.matches.scores(ENGINE, stage)
    hits = every.matches.hits
    return [
        *lines, *every.matches.scores(ENGINE, "all generated"),
        Score.share(ENGINE, "all generated", f"start within {NEAR_S:g} s", every.starts, hits),
        Score.share(ENGINE, "all generated", "kind right", every.kinds, hits),
        Score(ENGINE, "generated without graphics", "false alarms per minute", plain.matches.false / plain.seconds * 60,
              plain.matches.false),
        Score(ENGINE, "all generated", "CPU s per minute", every.cpu_s / every.seconds * 60, round(every.seconds)), *_real(),
    ]  # fmt: skip


def see(path: Path, tally: Tally, seconds: float = SECONDS) -> tuple[Graphic, ...]:
    """What the engine finds; its cost goes to the tally."""
    counters, engine = Counters(), GraphicsEngine()
    engine.load()
    found = analyze(path, engines=[engine], counters=counters).graphics or ()
    tally.cpu_s += counters.cpu_s[ENGINE]
    tally.seconds += seconds
    return found


def match(graphics: Sequence[Picture2D], found: Sequence[Graphic]) -> list[tuple[int, int]]:
    """One to one: those that overlap most first, at the same time."""
    pairs = sorted((-_overlap(one, other), i, k) for i, one in enumerate(graphics) for k, other in enumerate(found))
    out: list[tuple[int, int]] = []
    for overlap, i, k in pairs:
        if -overlap >= OVERLAP and all(i != a and k != b for a, b in out):
            out.append((i, k))
    return out


def _overlap(one: Picture2D, other: Graphic) -> float:
    if min(one.end_s, other.end_s) <= max(one.start_s, other.start_s):
        return 0.0
    (a, b, c, d), box = one.box(), other.box
    across = max(0.0, min(c, box.x + box.width) - max(a, box.x))
    down = max(0.0, min(d, box.y + box.height) - max(b, box.y))
    return across * down / ((c - a) * (d - b) + box.width * box.height - across * down)


def _real() -> list[Score]:
    tally = Tally()
    for name in WITHOUT:
        if (REAL / name).is_file():
            tally.add((), see(REAL / name, tally))
    return [Score(ENGINE, "real, none in sight", "false alarms", float(tally.matches.false), tally.matches.false)]
