"""Films with known transitions: takes joined by cuts, fades, dissolves, with flashes and other baits in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np

from bench.accuracy.clips import Picture, lettered
from bench.accuracy.footage import Rng, Take, take

Join = Literal["cut", "fade", "dissolve"]
RATES = (Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(50), Fraction(60))
MIXES: dict[str, tuple[Join, ...]] = {
    "cuts": ("cut",), "fast cuts": ("cut",), "flashes": ("cut",), "fades": ("fade", "cut"), "dissolves": ("dissolve", "cut"),
    "one take": (),
}  # fmt: skip
"""The kinds of film and the joins each draws from. In "cuts" every fourth join is a jump cut within the same still."""


@dataclass(frozen=True)
class Transition:
    """A join: the middle frame (of a cut: the first new one), half its length in frames, and the colour a fade passes."""

    kind: Join
    frame: int
    half: int = 0
    colour: int = 0


@dataclass(frozen=True)
class Film:
    """What is shown and what is true of it; frames count from 0."""

    fps: Fraction
    frames: int
    takes: tuple[Take, ...]
    joins: tuple[Transition, ...]
    flashes: tuple[tuple[int, int], ...]
    captions: tuple[tuple[int, int], ...]
    drift: float
    grain: int

    def times(self, kind: Join) -> list[float]:
        """The times of all joins of a kind in seconds."""
        return [float(join.frame / self.fps) for join in self.joins if join.kind == kind]

    def pictures(self) -> Iterator[Picture]:
        """Every frame."""
        grain = np.random.default_rng(self.grain).normal(0, 2, (400, 260, 3)).astype(np.int8)
        for k in range(self.frames):
            shown = self._flashed(self._joined(k), k)
            if any(a <= k < b for a, b in self.captions):
                shown = lettered(shown, "WAIT", y=0.7, scale=0.8)
            y, x = (k * 37) % 80, (k * 53) % 80
            part = grain[y : y + shown.shape[0], x : x + shown.shape[1]]
            yield cv2.add(shown, part, dtype=cv2.CV_8U)

    def _joined(self, k: int) -> Picture:
        at = sum(k >= join.frame for join in self.joins)
        for index, join in enumerate(self.joins):
            share = (k - join.frame) / join.half if join.half else 2.0
            if abs(share) >= 1:
                continue
            if join.kind == "dissolve":
                old, new = self._take(index, k), self._take(index + 1, k)
                weight = (share + 1) / 2
                return np.asarray(cv2.addWeighted(old, 1 - weight, new, weight, 0), np.uint8)
            weight = min(1.0, max(0.0, abs(share) * 1.25 - 0.25))  # the middle fifth shows the colour alone
            return np.asarray(cv2.convertScaleAbs(self._take(at, k), alpha=weight, beta=(1 - weight) * join.colour), np.uint8)
        return self._take(at, k)

    def _take(self, index: int, k: int) -> Picture:
        edges = [0, *(join.frame for join in self.joins), self.frames]
        halves = [0, *(join.half for join in self.joins), 0]
        first, last = edges[index] - halves[index], edges[index + 1] + halves[index + 1]
        shown = self.takes[index].picture((k - first) / max(1, last - first))
        gain = 1 + self.drift * float(np.sin(k / self.frames * 5))
        return np.asarray(cv2.convertScaleAbs(shown, alpha=gain), np.uint8) if self.drift else shown

    def _flashed(self, shown: Picture, k: int) -> Picture:
        lift = max((0.85 * (1 - (k - a) / (2 * (b - a))) for a, b in self.flashes if a <= k < b), default=0.0)
        return np.asarray(cv2.convertScaleAbs(shown, alpha=1 - lift, beta=255 * lift), np.uint8) if lift else shown


def film(kind: str, seed: int) -> Film:
    """A film of 3 to 12 s whose shots last 0.6 to 2 s, or 0.25 to 0.5 s where cuts are fast."""
    rng = np.random.default_rng([seed, *kind.encode()])
    fps = RATES[int(rng.integers(len(RATES)))]
    lengths = (0.25, 0.5) if kind == "fast cuts" else (0.6, 2.0)
    joins: list[Transition] = []
    at = round(float(rng.uniform(0.8, 2)) * fps)
    while MIXES[kind] and len(joins) < 5:
        join = _join(rng, str(rng.choice(MIXES[kind])), at, fps)
        shift = join.half
        joins.append(Transition(join.kind, at + shift, join.half, join.colour))
        at += 2 * shift + round(float(rng.uniform(*lengths)) * fps)
    frames = at if joins else round(6 * fps)
    takes = _takes(rng, joins, jumps=kind == "cuts")
    flashes = _flashes(rng, joins, frames, fps) if kind in {"flashes", "one take"} else ()
    captions = ((frames // 5, frames // 3), (frames // 2, frames * 2 // 3)) if rng.random() < 0.5 else ()
    drift = float(rng.choice([0.0, 0.0, 0.15]))
    return Film(fps, frames, takes, tuple(joins), flashes, captions, drift, int(rng.integers(1 << 30)))


def _join(rng: Rng, kind: str, at: int, fps: Fraction) -> Transition:
    if kind == "cut":
        return Transition("cut", at)
    half = round(float(rng.uniform(0.2, 0.6)) * fps)
    if kind == "dissolve":
        return Transition("dissolve", at, half)
    return Transition("fade", at, half, 255 if rng.random() < 0.3 else 0)


def _takes(rng: Rng, joins: list[Transition], *, jumps: bool) -> tuple[Take, ...]:
    calm = any(join.kind == "dissolve" for join in joins) and rng.random() < 0.5
    takes = [take(rng, calm=calm)]
    for number in range(len(joins)):
        takes.append(_jump(rng, takes[-1]) if jumps and number % 4 == 3 else take(rng, calm=calm))
    return tuple(takes)


def _jump(rng: Rng, before: Take) -> Take:
    """The same still seen so differently that a viewer notices."""
    for _ in range(20):
        after = take(rng, before.still)
        if np.abs(before.picture(1.0).astype(np.int16) - after.picture(0.0)).mean() > 15:
            return after
    return take(rng)


def _flashes(rng: Rng, joins: list[Transition], frames: int, fps: Fraction) -> tuple[tuple[int, int], ...]:
    """One flash of up to 0.15 s in the middle of every other shot."""
    edges = [0, *(join.frame for join in joins), frames]
    middles = [(a + b) // 2 for a, b in zip(edges[:-1:2], edges[1::2], strict=False)]
    return tuple((m, m + int(rng.integers(1, max(2, round(0.15 * fps) + 1)))) for m in middles)
