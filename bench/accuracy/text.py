"""Scores the lettering that was read: overlays found, times, characters, kinds; with and without the gate, in one table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import fmean

from bench.accuracy.clips import write_clip
from bench.accuracy.lettering import FPS, SECONDS, STAGES, Clip, Lettering, lettered_clip
from bench.accuracy.score import Score
from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines.text import TextEngine
from shared.contracts.analysis import EngineName, TextOverlay

ENGINE = EngineName.TEXT.value
SAME, NEAR_S, TALL = 0.6, 0.4, 0.03
"""Similarity of the words from which an overlay counts as read; tolerance in seconds; height above which characters count."""


@dataclass
class Tally:
    """What came out over many clips."""

    there: int = 0
    found: int = 0
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    wrong: int = 0
    characters: int = 0
    false: int = 0
    seconds: float = 0.0
    kinds: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    moves: Counter[tuple[bool, bool | None]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0


def score(folder: Path, seeds: range) -> list[Score]:
    """Every stage with the gate; all stages together with and without it."""
    lines: list[Score] = []
    gated, ungated = Tally(), Tally()
    for stage in STAGES:
        here = Tally()
        for seed in seeds:
            clip = lettered_clip(stage, seed)
            path = write_clip(folder / "clip.mp4", clip.pictures(), fps=FPS)
            judge(path, clip, here)
            judge(path, clip, gated)
            judge(path, clip, ungated, gate=False)
        lines += _found(f"{stage}", here)
    lines += _found("all generated", gated, target=True)
    lines += _found("all generated, ungated", ungated)
    return lines + _details(gated) + _cost("gated", gated) + _cost("ungated", ungated)


_ENGINES: dict[bool, TextEngine] = {}


def judge(path: Path, clip: Clip, tally: Tally, *, gate: bool = True) -> None:
    """Run the engine over one clip and add what came out."""
    engine = _ENGINES.setdefault(gate, TextEngine(ungated=not gate))
    engine.load()
    counters = Counters()
    overlays = analyze(path, engines=[engine], counters=counters).text or ()
    tally.calls.update(counters.calls)
    tally.cpu_s += counters.cpu_s[ENGINE]
    tally.seconds += SECONDS
    compare(clip.texts, clip.signs, overlays, tally)


def compare(texts: Sequence[Lettering], signs: Sequence[Lettering], overlays: Sequence[TextOverlay], tally: Tally) -> None:
    """One clip's overlays against its truth; signs in the scene need not be read, but count for their kind."""
    pairs = match([*texts, *signs], overlays)
    for text in texts:
        tally.there += 1
        if text not in pairs:
            tally.characters += len(text.text) if text.height > TALL else 0
            tally.wrong += len(text.text) if text.height > TALL else 0
            continue
        _add(text, pairs[text], tally)
    for text, overlay in pairs.items():
        tally.kinds[text.kind, overlay.kind] += 1
    known = [*texts, *signs]
    tally.false += sum(
        overlay not in pairs.values() and not _part_of_sign(overlay, known[len(texts) :]) for overlay in overlays
    )


def _add(text: Lettering, overlay: TextOverlay, tally: Tally) -> None:
    tally.found += 1
    tally.starts.append(abs(overlay.start_s - text.start_s))
    tally.ends.append(abs(overlay.end_s - text.end_s))
    tally.moves[text.towards != (0.0, 0.0), overlay.moves] += 1
    if text.height > TALL:
        tally.characters += len(text.text)
        tally.wrong += edits(overlay.text.replace("\n", " "), text.text)


def match(texts: Sequence[Lettering], overlays: Sequence[TextOverlay]) -> dict[Lettering, TextOverlay]:
    """One overlay for each text: most alike first, at the same time, and where the text is."""
    pairs = sorted(
        ((-_alike(t.text, o.text), i, k) for i, t in enumerate(texts) for k, o in enumerate(overlays) if _meet(t, o)),
    )
    out: dict[Lettering, TextOverlay] = {}
    used: set[int] = set()
    for likeness, i, k in pairs:
        if -likeness >= SAME and texts[i] not in out and k not in used:
            out[texts[i]] = overlays[k]
            used.add(k)
    return out


def edits(a: str, b: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, two in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != two))
    return row[-1]


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a.casefold().replace(" ", ""), b.casefold().replace(" ", ""), autojunk=False).ratio()


def _meet(text: Lettering, overlay: TextOverlay) -> bool:
    """Whether they share time, and the overlay's middle lies on the text's way."""
    y = overlay.box.y + overlay.box.height / 2
    on_its_way = (
        text.kind == "scene" or min(text.y, text.y + text.towards[1]) - 0.08 < y < max(text.y, text.y + text.towards[1]) + 0.08
    )
    return on_its_way and min(text.end_s, overlay.end_s) > max(text.start_s, overlay.start_s)


def _part_of_sign(overlay: TextOverlay, signs: Sequence[Lettering]) -> bool:
    """A sign that leaves the frame is read in parts: no false overlay."""
    return any(_meet(sign, overlay) and overlay.text.casefold().strip() in sign.text.casefold() for sign in signs)


def _found(clips: str, tally: Tally, *, target: bool = False) -> list[Score]:
    near = [sum(e <= NEAR_S for e in errors) for errors in (tally.starts, tally.ends)]
    goal = 0.95 if target else None
    return [
        Score.share(ENGINE, clips, "overlay recall", tally.found, tally.there, target=goal),
        Score.share(ENGINE, clips, f"start within {NEAR_S:g} s", near[0], tally.found, target=goal),
        Score.share(ENGINE, clips, f"end within {NEAR_S:g} s", near[1], tally.found),
        Score(ENGINE, clips, f"character errors, above {TALL:.0%} of the height", tally.wrong / max(1, tally.characters),
              tally.characters, target=0.05 if target else None, sense="at most"),
        Score(ENGINE, clips, "false overlays per minute", tally.false / tally.seconds * 60, tally.false),
    ]  # fmt: skip


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
        "detector calls": tally.calls["text.detector"],
        "recognizer calls": tally.calls["text.recognizer"],
        "CPU s": tally.cpu_s,
    }
    lines = [Score(ENGINE, f"all generated, {how}", f"{what} per minute", n / minutes, int(n)) for what, n in costs.items()]
    shown = max(1, tally.there)
    return [
        *lines,
        Score(ENGINE, f"all generated, {how}", "recognizer calls per text", tally.calls["text.recognizer"] / shown, shown),
    ]
