"""Compares the overlays that were read with the lettering that was there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bench.accuracy.lettering import Lettering
from shared.contracts.analysis import TextOverlay

SAME, TALL = 0.6, 0.03
"""Similarity of the words from which an overlay counts as read; height above which characters count."""


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


def edits(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein's distance, of characters or of words."""
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
