"""Scores the lettering that was read: overlays found, times, characters, kinds; with and without the gate, in one table."""

import json
from functools import cache
from pathlib import Path
from statistics import fmean

from bench.accuracy.clips import write_clip
from bench.accuracy.lettering import FPS, SECONDS, STAGES, Clip, Lettering, lettered_clip
from bench.accuracy.reading import TALL, Tally, compare
from bench.accuracy.score import Score
from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines.text import TextEngine
from shared.contracts.analysis import EngineName, TextOverlay
from shared.language import words

ENGINE = EngineName.TEXT.value
NEAR_S = 0.4
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "video"
"""Real clips beside the checkout, scored where they are present."""


def score(folder: Path, seeds: range) -> list[Score]:
    """Every stage with the gate; all stages together with and without it; the real clips."""
    lines: list[Score] = []
    gated, ungated = Tally(), Tally()
    for stage in STAGES:
        here = Tally()
        for seed in seeds:
            clip = lettered_clip(stage, seed)
            path = write_clip(folder / "clip.mp4", clip.pictures(), fps=FPS)
            _judge(path, clip, gated, here)
            _judge(path, clip, ungated, gate=False)
        lines += [*_found(stage, here), _false(stage, here)]
    lines += [*_found("all generated", gated, target=True), _false("all generated", gated)]
    lines += [*_found("all generated, ungated", ungated), _false("all generated, ungated", ungated)]
    return lines + _details(gated) + _cost("gated", gated) + _cost("ungated", ungated) + _photos() + _karaoke()


@cache
def _engine(*, gate: bool) -> TextEngine:
    return TextEngine(ungated=not gate)


def _judge(path: Path, clip: Clip, *tallies: Tally, gate: bool = True) -> None:
    """Read one clip and add what came out to the tallies."""
    overlays, counters = _read(path, gate=gate)
    for tally in tallies:
        tally.calls.update(counters.calls)
        tally.cpu_s += counters.cpu_s[ENGINE]
        tally.seconds += SECONDS
        compare(clip.texts, clip.signs, overlays, tally)


def _read(path: Path, *, gate: bool = True) -> tuple[tuple[TextOverlay, ...], Counters]:
    engine, counters = _engine(gate=gate), Counters()
    engine.load()  # before it is timed
    return analyze(path, engines=[engine], counters=counters).text or (), counters


def _photos() -> list[Score]:
    """Two clips made from photos with their own truth; places are pixels of 720x1280, signs in the photos are not listed."""
    tally = Tally()
    for name in ("clip15", "talk20"):
        path = REAL / "generated" / f"{name}.mp4"
        if path.is_file():
            truth = json.loads(path.with_suffix(".json").read_text())["texts"]
            texts = [_listed(text) for text in truth]
            compare(texts, (), _read(path)[0], tally)
    return _found("photos", tally)


def _listed(text: dict[str, object]) -> Lettering:
    shown = str(text["text"])
    size, y = float(str(text["size"])) / 1280, float(str(text["y"])) / 1280
    middle = y + size * (shown.count("\n") + 1) * 0.6
    return Lettering(
        shown.replace("\n", " "),
        "title",
        float(str(text["start"])),
        float(str(text["end"])),
        0.5,
        middle,
        0.72 * size,
        "",
        (0, 0, 0),
    )


def _karaoke() -> list[Score]:
    """Words of a voice-over that are shown as they are said: how many are among the captions."""
    path = REAL / "vertical_captions_voice.mp4"
    if not path.is_file():
        return [Score(ENGINE, "spoken captions", "words read", None, 0)]
    spoken = [word["word"] for word in json.loads(path.with_suffix(".words.json").read_text())["word_timestamps"]]
    lines = []
    for gate in (True, False):
        read = [word for overlay in _read(path, gate=gate)[0] for word in words(overlay.text)]
        hits = sum(word in read for word in spoken)
        lines.append(Score.share(ENGINE, f"spoken captions{'' if gate else ', ungated'}", "words read", hits, len(spoken)))
    return lines


def _found(clips: str, tally: Tally, *, target: bool = False) -> list[Score]:
    near = [sum(e <= NEAR_S for e in errors) for errors in (tally.starts, tally.ends)]
    goal = 0.95 if target else None
    return [
        Score.share(ENGINE, clips, "overlay recall", tally.found, tally.there, target=goal),
        Score.share(ENGINE, clips, f"start within {NEAR_S:g} s", near[0], tally.found, target=goal),
        Score.share(ENGINE, clips, f"end within {NEAR_S:g} s", near[1], tally.found),
        Score(ENGINE, clips, f"character errors, above {TALL:.0%} of the height", tally.wrong / max(1, tally.characters),
              tally.characters, target=0.05 if target else None, sense="at most"),
    ]  # fmt: skip


def _false(clips: str, tally: Tally) -> Score:
    return Score(ENGINE, clips, "false overlays per minute", tally.false / tally.seconds * 60, tally.false)


def _details(tally: Tally) -> list[Score]:
    lines = [
        Score(ENGINE, "all generated", "mean start error in s", fmean(tally.starts), tally.found),
        Score(ENGINE, "all generated", "mean end error in s", fmean(tally.ends), tally.found),
    ]
    right = sum(n for (true, said), n in tally.kinds.items() if true == said)
    decided = sum(n for (_, said), n in tally.kinds.items() if said)
    lines.append(Score.share(ENGINE, "all generated", "kind determined", decided, sum(tally.kinds.values())))
    lines.append(Score.share(ENGINE, "all generated", "kind right where determined", right, decided))
    for kind in ("caption", "title", "sticker", "scene"):
        said = {other: n for (true, other), n in tally.kinds.items() if true == kind and other}
        lines.append(
            Score.share(ENGINE, f"all generated: {kind}", "kind right where determined", said.get(kind, 0), sum(said.values()))
        )
    moving = {moves: n for (true, moves), n in tally.moves.items() if true}
    still = {moves: n for (true, moves), n in tally.moves.items() if not true}
    lines.append(Score.share(ENGINE, "all generated", "moving text said to move", moving.get(True, 0), sum(moving.values())))
    lines.append(Score.share(ENGINE, "all generated", "standing text said to move", still.get(True, 0), sum(still.values())))
    return lines


def _cost(how: str, tally: Tally) -> list[Score]:
    minutes = tally.seconds / 60
    costs = {
        "megapixels searched": tally.calls["text.detector_kilopixels"] / 1000,
        "recognizer calls": tally.calls["text.recognizer"],
        "CPU s": tally.cpu_s,
    }
    lines = [Score(ENGINE, f"all generated, {how}", f"{what} per minute", n / minutes, int(n)) for what, n in costs.items()]
    shown = max(1, tally.there)
    return [
        *lines,
        Score(ENGINE, f"all generated, {how}", "recognizer calls per text", tally.calls["text.recognizer"] / shown, shown),
    ]
