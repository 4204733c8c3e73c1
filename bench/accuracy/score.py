"""One line of the accuracy table: what was scored, the figure with its n and interval, and the target it must reach."""

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.intervals import wilson

Sense = Literal["at least", "at most"]
_HOLDS: dict[Sense, Callable[[float, float], bool]] = {"at least": operator.ge, "at most": operator.le}


@dataclass(frozen=True)
class Score:
    """`value` over `n` cases of `what` on `clips`; `low` and `high` are a 95 % interval where the figure is a share.

    `value` is None where there was nothing to score (n is 0). Without a target the line is information only.
    """

    engine: str
    clips: str
    what: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    target: float | None = None
    sense: Sense = "at least"

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without a target. A target without a single case is missed: nothing proves it."""
        if self.target is None:
            return None
        return self.value is not None and _HOLDS[self.sense](self.value, self.target)

    @classmethod
    def share(
        cls, engine: str, clips: str, what: str, hits: int, n: int, *, target: float | None = None, sense: Sense = "at least"
    ) -> "Score":
        """A share of n cases with its Wilson interval."""
        low, high = wilson(hits, n) if n else (None, None)
        return cls(engine, clips, what, hits / n if n else None, n, low, high, target, sense)


@dataclass(frozen=True)
class Matches:
    """True positives, false positives and misses of a detector; sums over clips with `+`."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Matches") -> "Matches":
        return Matches(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    def scores(self, engine: str, clips: str, *, f1: float | None = None) -> list[Score]:
        """Precision, recall and F1 as lines; `f1` is F1's target."""
        found, there = self.hits + self.false, self.hits + self.missed
        both = found + there
        return [
            Score.share(engine, clips, "precision", self.hits, found),
            Score.share(engine, clips, "recall", self.hits, there),
            Score(engine, clips, "F1", 2 * self.hits / both if both else None, there, target=f1),
        ]


def match_times(found: Sequence[float], true: Sequence[float], tolerance_s: float) -> Matches:
    """Greedy one-to-one matching in time, nearest pairs first (the TRECVID convention); times in seconds."""
    pairs = sorted((abs(f - t), i, j) for i, f in enumerate(found) for j, t in enumerate(true) if abs(f - t) <= tolerance_s)
    used_found: set[int] = set()
    used_true: set[int] = set()
    for _, i, j in pairs:
        if i not in used_found and j not in used_true:
            used_found.add(i)
            used_true.add(j)
    hits = len(used_true)
    return Matches(hits, len(found) - hits, len(true) - hits)


def table(scores: Iterable[Score]) -> str:
    """The lines as text, aligned."""
    rows: list[tuple[str, ...]] = [("engine", "clips", "what", "value", "95 % interval", "n", "target", "")]
    rows += [_row(score) for score in scores]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _row(score: Score) -> tuple[str, ...]:
    value = "nothing to score" if score.value is None else f"{score.value:.3f}"
    interval = "" if score.low is None or score.high is None else f"{score.low:.3f} to {score.high:.3f}"
    target = "" if score.target is None else f"{score.sense} {score.target:g}"
    verdict = {True: "reached", False: "MISSED", None: ""}[score.reached]
    return score.engine, score.clips, score.what, value, interval, str(score.n), target, verdict
