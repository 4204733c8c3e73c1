"""Clips with stickers and inserts whose places and times are known, and the same clips without them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import cv2
import numpy as np

from bench.accuracy.clips import Picture
from bench.accuracy.footage import Rng, still
from bench.accuracy.lettering import FPS, HEIGHT, WIDTH, Clip, Lettering, lettered_clip, paste

Kind = Literal["sticker", "insert"]
STAGES = ("soft", "busy", "held")
SHAPES = ("face", "heart", "star", "arrow", "blob")
BOUNCE_HZ = 0.9


@dataclass(frozen=True)
class Picture2D:
    """A picture laid over the video: its middle and its width as shares of the frame; it may bounce."""

    kind: Kind
    look: str
    start_s: float
    end_s: float
    x: float
    y: float
    width: float
    bounce: float = 0.0
    seed: int = 0

    def drawn(self) -> Picture:
        """BGRA."""
        return _drawn(self)

    def place(self, t_s: float) -> tuple[float, float]:
        """Its middle in pixels."""
        return self.x * WIDTH, (self.y + self.bounce * float(np.sin(2 * np.pi * BOUNCE_HZ * t_s))) * HEIGHT

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shares of the frame, at rest."""
        height, width = (size / whole / 2 for size, whole in zip(self.drawn().shape[:2], (HEIGHT, WIDTH), strict=True))
        return self.x - width, self.y - height, self.x + width, self.y + height


@dataclass(frozen=True)
class Stickered:
    """A scene with lettering, and pictures laid over it."""

    scene: Clip
    graphics: tuple[Picture2D, ...]

    def pictures(self) -> Iterator[Picture]:
        """Every frame."""
        for k, out in enumerate(self.scene.pictures()):
            t_s = float(k / FPS)
            for graphic in self.graphics:
                if graphic.start_s <= t_s < graphic.end_s:
                    paste(out, graphic.drawn(), *graphic.place(t_s))
            yield out


def stickered_clip(stage: str, seed: int, *, plain: bool = False) -> Stickered:
    """A clip of 12 s with a sticker in its upper half and an insert or a second sticker below; `plain` has none of them."""
    rng = np.random.default_rng([seed, 7, *stage.encode()])
    scene = lettered_clip(stage, seed + 1000)  # type: ignore[arg-type]
    scene = Clip(scene.stage, scene.stills, scene.cuts, scene.speed, _captions(scene.texts))
    if plain:
        return Stickered(scene, ())
    lower = _insert(rng) if rng.random() < 0.6 else _sticker(rng, 0.55)
    return Stickered(scene, (_sticker(rng, 0.2), lower))


def _captions(texts: tuple[Lettering, ...]) -> tuple[Lettering, ...]:
    """Lettering that the graphics leave free: below three quarters of the frame."""
    return tuple(text for text in texts if text.y > 0.7)


def _times(rng: Rng) -> tuple[float, float]:
    start = float(rng.uniform(0.5, 6))
    return start, start + float(rng.uniform(1.5, 5.5))


def _sticker(rng: Rng, y: float) -> Picture2D:
    bounce = float(rng.choice([0.0, 0.0, 0.012]))
    x, width = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.12, 0.26))
    return Picture2D("sticker", str(rng.choice(SHAPES)), *_times(rng), x, y, width, bounce, int(rng.integers(1 << 30)))


def _insert(rng: Rng) -> Picture2D:
    look, x, width = str(rng.choice(["photo", "framed"])), float(rng.uniform(0.35, 0.65)), float(rng.uniform(0.35, 0.65))
    return Picture2D("insert", look, *_times(rng), x, 0.5, width, 0.0, int(rng.integers(1 << 30)))


@cache
def _drawn(graphic: Picture2D) -> Picture:
    rng = np.random.default_rng(graphic.seed)
    side = round(graphic.width * WIDTH)
    if graphic.kind == "insert":
        return _photo(rng, side, framed=graphic.look == "framed")
    big = 4 * side
    colours = [(60, 210, 250), (50, 50, 230), (230, 120, 40), (90, 220, 90), (220, 90, 220)]
    colour = colours[0] if graphic.look == "face" else colours[int(rng.integers(len(colours)))]
    mask = _shape(graphic.look, big, rng)
    inner = cv2.erode(mask, np.ones((big // 24 + 1, big // 24 + 1), np.uint8))
    out = np.zeros((big, big, 4), np.uint8)
    out[:, :, :3] = (255, 255, 255) if rng.random() < 0.5 else (30, 30, 30)
    out[inner > 0, :3] = colour
    if graphic.look == "face":
        for x in (0.35, 0.65):
            cv2.circle(out, (round(x * big), round(0.4 * big)), big // 14, (40, 60, 90, 0), -1)
        cv2.ellipse(out, (big // 2, round(0.55 * big)), (big // 4, big // 5), 0, 15, 165, (40, 60, 90, 0), big // 20)
    out[:, :, 3] = mask
    return np.asarray(cv2.resize(out, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def _shape(look: str, side: int, rng: Rng) -> Picture:
    mask = np.zeros((side, side), np.uint8)
    middle, radius = side / 2, 0.48 * side
    angles = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    if look == "face":
        distance = np.full_like(angles, radius)
    elif look == "star":
        distance = radius * (0.7 + 0.3 * np.cos(5 * angles))
    elif look == "blob":
        distance = radius * (0.8 + 0.1 * np.cos(3 * angles + rng.uniform(0, 6)) + 0.1 * np.cos(2 * angles + rng.uniform(0, 6)))
    elif look == "heart":
        x, y = (
            16 * np.sin(angles) ** 3,
            -(13 * np.cos(angles) - 5 * np.cos(2 * angles) - 2 * np.cos(3 * angles) - np.cos(4 * angles)),
        )
        return _filled(mask, np.stack([middle + x * radius / 17, middle + y * radius / 17], axis=1))
    else:
        arrow = np.array([[0, -0.2], [0.45, -0.2], [0.45, -0.45], [1, 0], [0.45, 0.45], [0.45, 0.2], [0, 0.2]]) * 0.96
        return _filled(mask, middle + (arrow - [0.48, 0]) * side)
    return _filled(mask, np.stack([middle + distance * np.sin(angles), middle - distance * np.cos(angles)], axis=1))


def _filled(mask: Picture, points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Picture:
    cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 255, cv2.LINE_AA)
    return mask


def _photo(rng: Rng, width: int, *, framed: bool) -> Picture:
    height = round(width * float(rng.uniform(0.6, 1.2)))
    out = np.full((height, width, 4), 255, np.uint8)
    edge = max(2, width // 30) if framed else 0
    out[edge : height - edge, edge : width - edge, :3] = still(rng, width=width - 2 * edge, height=height - 2 * edge)
    return out
