"""Moving pictures whose camera is known: photos, noise and graphics seen through a moving window."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import matplotlib as mpl
import numpy as np
import sklearn
from numpy.typing import NDArray

from bench.accuracy.clips import Picture

WIDTH, HEIGHT = 180, 320
STILL_WIDTH, STILL_HEIGHT = 360, 640
Rng = np.random.Generator


@dataclass(frozen=True)
class View:
    """Where the camera looks: the window's centre in frame sizes from the still's middle, and its magnification."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True)
class Take:
    """One camera take: the window moves evenly from `start` to `end` and trembles by `shake` pixels; a disc may cross."""

    still: Picture
    start: View = field(default_factory=View)
    end: View = field(default_factory=View)
    shake: float = 0.0
    disc: tuple[int, int, int] | None = None
    seed: int = 0

    def picture(self, share: float) -> Picture:
        """The picture at a share (0 to 1) of the take, HEIGHT x WIDTH x 3."""
        a, b = self.start, self.end
        tremble = self.shake * _tremble(self.seed, share)
        zoom = a.zoom + (b.zoom - a.zoom) * share
        x = (a.x + (b.x - a.x) * share) * WIDTH + tremble[0] + self.still.shape[1] / 2
        y = (a.y + (b.y - a.y) * share) * HEIGHT + tremble[1] + self.still.shape[0] / 2
        matrix = np.array([[1 / zoom, 0, x - WIDTH / 2 / zoom], [0, 1 / zoom, y - HEIGHT / 2 / zoom]])
        seen = cv2.warpAffine(
            self.still, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT
        )
        if self.disc:
            cv2.circle(seen, (round((1.4 * share - 0.2) * WIDTH), HEIGHT // 2), WIDTH // 5, self.disc, -1, cv2.LINE_AA)
        return np.asarray(seen, np.uint8)


def _tremble(seed: int, share: float) -> NDArray[np.float64]:
    """A hand's slow tremble: three sines per axis."""
    rng = np.random.default_rng(seed)
    rates, phases = rng.uniform(2, 14, (2, 3)), rng.uniform(0, 7, (2, 3))
    return np.asarray(np.sin(rates * share * 2 + phases).mean(axis=1))


def still(rng: Rng, *, width: int = STILL_WIDTH, height: int = STILL_HEIGHT) -> Picture:
    """A random still: half of them photos (cropped, mirrored, recoloured), a third noise, the rest flat graphics."""
    kind = rng.random()
    if kind < 0.5:
        return _photo(rng, width, height)
    return _noise(rng, width, height) if kind < 0.8 else _graphic(rng, width, height)


def take(rng: Rng, picture: Picture | None = None, *, calm: bool = False) -> Take:
    """A random take of a new still (or of `picture`): held still, panned, zoomed, trembling or crossed by a disc."""
    picture = still(rng) if picture is None else picture
    reach = 0.1 if calm else 0.4
    x, y, zoom = rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3), rng.uniform(1.0, 1.5)
    start = end = View(x, y, zoom)
    if rng.random() < 0.7:
        end = View(x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach), zoom * rng.uniform(0.85, 1.2))
    disc = tuple(int(v) for v in rng.integers(0, 256, 3)) if rng.random() < 0.2 and not calm else None
    return Take(picture, start, end, float(rng.choice([0.0, 1.0, 3.0])), disc, int(rng.integers(1 << 30)))  # type: ignore[arg-type]


def _photo(rng: Rng, width: int, height: int) -> Picture:
    photos = _photos()
    photo = photos[int(rng.integers(len(photos)))]
    rows, columns = photo.shape[:2]
    scale = float(rng.uniform(1.0, 1.6)) * max(width / columns, height / rows)
    big = cv2.resize(photo, (round(columns * scale) + 1, round(rows * scale) + 1), interpolation=cv2.INTER_LINEAR)
    y, x = (int(rng.integers(0, a - b + 1)) for a, b in ((big.shape[0], height), (big.shape[1], width)))
    part = big[y : y + height, x : x + width]
    part = part[:, ::-1] if rng.random() < 0.5 else part
    part = part[:, :, rng.permutation(3)] if rng.random() < 0.5 else part
    return np.asarray(np.clip(part * rng.uniform(0.6, 1.15) + rng.uniform(-15, 25), 0, 255), np.uint8)


@cache
def _photos() -> tuple[Picture, ...]:
    """Three photos that installed packages carry."""
    folder = Path(sklearn.__file__).parent / "datasets" / "images"
    paths = [Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg", folder / "china.jpg", folder / "flower.jpg"]
    return tuple(np.asarray(cv2.imread(str(path)), np.uint8) for path in paths)


def _noise(rng: Rng, width: int, height: int) -> Picture:
    """Noise whose amplitude falls with frequency as in photographs, one pattern per colour mixed with a common one."""
    fy, fx = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    fall = 1 / np.maximum(np.hypot(fy, fx), 1 / max(width, height)) ** 1.2
    planes = [np.fft.irfft2(np.fft.rfft2(rng.standard_normal((height, width))) * fall, (height, width)) for _ in range(4)]
    scaled = [(plane - plane.mean()) / plane.std() for plane in planes]
    mean, spread = rng.uniform(60, 190), rng.uniform(25, 55)
    colours = [mean + rng.uniform(-30, 30) + spread * (0.8 * scaled[0] + 0.6 * plane) for plane in scaled[1:]]
    return np.asarray(np.clip(np.stack(colours, axis=2), 0, 255), np.uint8)


def _graphic(rng: Rng, width: int, height: int) -> Picture:
    """A coloured ground with boxes and discs, as title cards and product shots have."""
    out: Any = np.full((height, width, 3), rng.integers(0, 256, 3), np.uint8)
    for _ in range(int(rng.integers(4, 12))):
        x, y, size = int(rng.integers(width)), int(rng.integers(height)), int(rng.integers(20, 140))
        colour = tuple(int(v) for v in rng.integers(0, 256, 3))
        if rng.random() < 0.5:
            cv2.rectangle(out, (x, y), (x + size, y + size // 2), colour, -1)
        else:
            cv2.circle(out, (x, y), size // 2, colour, -1, cv2.LINE_AA)
    return np.asarray(out, np.uint8)
