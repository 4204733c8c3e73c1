"""Clips with lettering whose words, times, sizes and kinds are known: captions, titles, stickers, and signs in the scene."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from bench.accuracy.clips import Picture
from bench.accuracy.footage import Rng, still

Kind = Literal["caption", "title", "sticker", "scene"]
Stage = Literal["soft", "busy", "held", "moving text", "signs"]
STAGES: tuple[Stage, ...] = ("soft", "busy", "held", "moving text", "signs")
"""Behind the texts: soft patches that move, a photo or noise before a moving camera, the same held still; and two more."""
WIDTH, HEIGHT, FPS, SECONDS = 360, 640, Fraction(15), 12.0
FONTS = ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSansMono-Bold.ttf", "STIXGeneralBol.ttf")
CAPTIONS = (
    "so today we try", "the new recipe", "it takes minutes", "and it is cheap", "first you chop", "two red onions",
    "add some salt", "wait for the end", "this is crazy", "nobody told me", "why is this free", "i was shocked",
    "let it rest", "now we mix it",
)  # fmt: skip
TITLES = (
    "WAIT FOR IT", "3 tips to save", "My honest review", "Day 7 of 30", "Before and after", "Top 10 hacks", "Rezept für Brot",
    "Qué pasó hoy", "Link in bio", "Follow for more", "Save this video", "Nur 5 Minuten", "STORY TIME", "Part 2", "POV: Monday",
)  # fmt: skip
STICKERS = ("NEW", "SALE", "50% OFF", "Shop now", "WOW", "Part 1", "GRATIS", "LIVE", "Tip 4")
SIGNS = ("BAKERY", "HOTEL CENTRAL", "EXIT 24", "COFFEE BAR", "STATION ROAD", "PHARMACY", "MUSEUM")


@dataclass(frozen=True)
class Lettering:
    """One text: `height` is the height of its ink as a share of the frame's, the place is that of its middle."""

    text: str
    kind: Kind
    start_s: float
    end_s: float
    x: float
    y: float
    height: float
    font: str
    colour: tuple[int, int, int]
    plate: tuple[int, int, int] | None = None
    tilt: float = 0.0
    towards: tuple[float, float] = (0.0, 0.0)
    """How far it travels, in frame sizes, from start to end."""

    def drawn(self) -> Picture:
        """BGRA, just as large as it is."""
        return _drawn(self)


@dataclass(frozen=True)
class Clip:
    """What is shown and what is true of it."""

    stage: Stage
    stills: tuple[Picture, ...]
    cuts: tuple[float, ...]
    speed: tuple[float, float]
    texts: tuple[Lettering, ...]
    signs: tuple[Lettering, ...] = field(default=())

    def pictures(self) -> Iterator[Picture]:
        """Every frame."""
        for k in range(round(SECONDS * FPS)):
            t_s = float(k / FPS)
            out = self._scene(t_s)
            for text in self.texts:
                if text.start_s <= t_s < text.end_s:
                    share = (t_s - text.start_s) / (text.end_s - text.start_s)
                    paste(
                        out,
                        text.drawn(),
                        (text.x + text.towards[0] * share) * WIDTH,
                        (text.y + text.towards[1] * share) * HEIGHT,
                    )
            yield out

    def _scene(self, t_s: float) -> Picture:
        shot = sum(t_s >= cut for cut in self.cuts)
        since = t_s - (0.0, *self.cuts)[shot]
        whole = self.stills[shot]
        x = np.clip(100 + self.speed[0] * since * WIDTH, 0, whole.shape[1] - WIDTH)
        y = np.clip(100 + self.speed[1] * since * HEIGHT, 0, whole.shape[0] - HEIGHT)
        return np.asarray(cv2.getRectSubPix(whole, (WIDTH, HEIGHT), (x + WIDTH / 2, y + HEIGHT / 2)), np.uint8)


def lettered_clip(stage: Stage, seed: int) -> Clip:
    """A clip of 12 s with one cut or two."""
    rng = np.random.default_rng([seed, *stage.encode()])
    cuts = tuple(float(v) for v in np.sort(rng.uniform(2.5, 9.5, int(rng.integers(1, 3)))))
    stills = tuple(_still(rng, stage) for _ in range(len(cuts) + 1))
    moving = stage in {"soft", "busy", "signs"} or (stage == "moving text" and rng.random() < 0.7)
    speed = (float(rng.choice([-1, 1]) * rng.uniform(0.03, 0.08)), float(rng.uniform(-0.02, 0.05))) if moving else (0.0, 0.0)
    if stage == "signs":
        signs = tuple(_sign(rng, str(word)) for word in rng.choice(SIGNS, len(stills), replace=False))
        for picture, sign in zip(stills, signs, strict=True):
            paste(picture, sign.drawn(), sign.x * WIDTH, sign.y * HEIGHT)
        texts = (_title(rng, 1.0, 4.5, 0.16),)
        edges = (0.0, *cuts, SECONDS)
        shown = tuple(_during(sign, a, b) for sign, a, b in zip(signs, edges, edges[1:], strict=False))
        return Clip(stage, stills, cuts, speed, texts, shown)
    return Clip(stage, stills, cuts, speed, _texts(rng, stage))


def _texts(rng: Rng, stage: Stage) -> tuple[Lettering, ...]:
    if stage == "moving text":
        return _moving(rng)
    start = float(rng.uniform(0.3, 1.5))
    titles = [_title(rng, start, start + float(rng.uniform(2, 4)), 0.16), _title(rng, 7.0, float(rng.uniform(9.5, 11.5)), 0.2)]
    return (*titles, *_captions(rng), _sticker(rng, float(rng.uniform(1, 5)), float(rng.uniform(2.5, 5))), _handle(rng))


def _captions(rng: Rng) -> list[Lettering]:
    """Phrases that follow each other in one place."""
    words, look = rng.choice(CAPTIONS, 7, replace=False), _look(rng)
    height, at, out = float(rng.uniform(0.025, 0.04)), float(rng.uniform(0.2, 2.0)), []
    for word in words:
        length = float(rng.uniform(0.9, 1.7))
        if at + length > SECONDS - 0.2:
            break
        out.append(Lettering(str(word), "caption", at, at + length, 0.5, 0.78, height, *look))
        at += length + float(rng.choice([0.0, 0.0, 0.2]))
    return out


def _title(rng: Rng, start_s: float, end_s: float, y: float) -> Lettering:
    """Two words on a plate would be a sticker."""
    text, height, (font, colour, plate) = str(rng.choice(TITLES)), float(rng.uniform(0.03, 0.1)), _look(rng)
    plate = plate if len(text.split()) > 2 else None
    return _fitting(Lettering(text, "title", start_s, end_s, 0.5, y, height, font, colour, plate))


def _sticker(rng: Rng, start_s: float, length_s: float) -> Lettering:
    plate = tuple(int(v) for v in rng.choice([[40, 40, 230], [30, 200, 250], [250, 250, 250], [200, 60, 160]]))
    colour = (20, 20, 20) if sum(plate) > 380 else (255, 255, 255)
    tilt = float(rng.choice([0.0, rng.uniform(8, 18), rng.uniform(-18, -8)]))
    x, y, height = float(rng.uniform(0.3, 0.7)), float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.03, 0.05))
    font = str(rng.choice(FONTS))
    return Lettering(str(rng.choice(STICKERS)), "sticker", start_s, start_s + length_s, x, y, height, font, colour, plate, tilt)  # type: ignore[arg-type]


def _handle(rng: Rng) -> Lettering:
    """Small and always there."""
    return Lettering(
        "@maria.cooks", "title", 0.0, SECONDS, 0.3, 0.93, float(rng.uniform(0.02, 0.026)), FONTS[0], (255, 255, 255)
    )


def _moving(rng: Rng) -> tuple[Lettering, ...]:
    """Two texts that travel, one after the other."""
    out = []
    for start in (0.8, 6.4):
        end, sign = start + float(rng.uniform(2.5, 4.5)), float(rng.choice([-1, 1]))
        path = (
            (0.0, sign * float(rng.uniform(0.15, 0.4))) if rng.random() < 0.5 else (sign * float(rng.uniform(0.1, 0.25)), 0.0)
        )
        made = _title(rng, start, end, 0.5)
        small = {"height": min(made.height, 0.05), "x": 0.5 - path[0] / 2, "y": 0.5 - path[1] / 2, "towards": path}
        out.append(_fitting(Lettering(**{**made.__dict__, **small}), 0.7))
    return tuple(out)


def _sign(rng: Rng, word: str) -> Lettering:
    """Painted on a board in the scene, where the camera passes."""
    plate = tuple(int(v) for v in rng.integers(20, 120, 3))
    place = (100 / WIDTH + float(rng.uniform(0.45, 0.6)), 100 / HEIGHT + float(rng.uniform(0.45, 0.65)))
    height = float(rng.uniform(0.03, 0.06))
    return _fitting(Lettering(word, "scene", 0.0, SECONDS, *place, height, str(rng.choice(FONTS)), (240, 240, 235), plate), 0.6)  # type: ignore[arg-type]


def _during(sign: Lettering, start_s: float, end_s: float) -> Lettering:
    return Lettering(**{**sign.__dict__, "start_s": start_s, "end_s": end_s})


def _look(rng: Rng) -> tuple[str, tuple[int, int, int], tuple[int, int, int] | None]:
    """Font, colour, and in a third of cases a plate; letters without a plate get an outline."""
    colours = [(255, 255, 255), (255, 255, 255), (60, 230, 255), (120, 255, 120), (20, 20, 20)]
    colour = colours[int(rng.integers(len(colours)))]
    plate = None if rng.random() < 0.67 else ((0, 0, 0) if sum(colour) > 300 else (255, 255, 255))
    return str(rng.choice(FONTS)), colour, plate


def _fitting(text: Lettering, share: float = 0.9) -> Lettering:
    """The same, smaller where it is wider than this share of the frame."""
    wide = text.drawn().shape[1] / (share * WIDTH)
    return text if wide <= 1 else Lettering(**{**text.__dict__, "height": text.height / wide})


def _still(rng: Rng, stage: Stage) -> Picture:
    if stage == "soft":
        small = rng.integers(20, 236, (12, 8, 3), np.uint8)
        return np.asarray(cv2.resize(small, (WIDTH + 380, HEIGHT + 400), interpolation=cv2.INTER_CUBIC), np.uint8)
    return still(rng, width=WIDTH + 380, height=HEIGHT + 400)


@cache
def _drawn(text: Lettering) -> Picture:
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / text.font
    em = (
        text.height
        * HEIGHT
        * 100
        / (ImageFont.truetype(path, 100).getbbox("AHxg")[3] - ImageFont.truetype(path, 100).getbbox("AHxg")[1])
    )
    font = ImageFont.truetype(path, em)
    left, top, right, bottom = (round(v) for v in font.getbbox(text.text))
    pad = round(0.45 * text.height * HEIGHT) if text.plate else 3
    sheet = Pillow.new(
        "RGBA", (right - left + 2 * pad, bottom - top + 2 * pad), (*text.plate, 255) if text.plate else (0, 0, 0, 0)
    )
    outline = None if text.plate else ((0, 0, 0) if sum(text.colour) > 300 else (255, 255, 255))
    place = (pad - left, pad - top)
    ImageDraw.Draw(sheet).text(
        place, text.text, font=font, fill=(*text.colour, 255), stroke_width=2 if outline else 0, stroke_fill=outline
    )
    if text.tilt:
        sheet = sheet.rotate(text.tilt, expand=True, resample=Pillow.Resampling.BICUBIC)
    return np.asarray(sheet, np.uint8)


def paste(picture: Picture, patch: Picture, x: float, y: float) -> None:
    """Blend a BGRA patch into a picture, its middle at x, y in pixels; what lies outside is cut off."""
    left, top = round(x - patch.shape[1] / 2), round(y - patch.shape[0] / 2)
    a, b = max(0, -left), max(0, -top)
    part = patch[b : picture.shape[0] - top, a : picture.shape[1] - left]
    if part.size == 0:
        return
    ground = picture[top + b : top + b + part.shape[0], left + a : left + a + part.shape[1]]
    share: NDArray[np.float32] = part[:, :, 3:].astype(np.float32) / 255
    ground[:] = np.rint(part[:, :, :3] * share + ground * (1 - share)).astype(np.uint8)
