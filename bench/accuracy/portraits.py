"""Faces of known place and size: cut out of photos, moved over other photos. One portrait comes with a package."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import cv2
import matplotlib as mpl
import numpy as np
import sklearn

from bench.accuracy.clips import Picture
from services.analyzer.engines.boxes import Rect

GENERATED = Path(__file__).resolve().parents[3] / "shared" / "data" / "video" / "generated"
"""Clips made of photos, with hand-annotated face boxes; more portraits are taken from them where they are present."""
WIDTH, HEIGHT = 720, 1280
MARGIN = (0.6, 0.5, 0.6, 1.0)
"""What is cut out around a face, in face widths and heights: left, above, right, below."""
Rng = np.random.Generator


@dataclass(frozen=True)
class Portrait:
    """A photo with the box of a face in pixels; `expression` where the photo leaves no doubt."""

    name: str
    photo: Picture
    box: Rect
    expression: str | None = None


@dataclass(frozen=True)
class Placed:
    """A portrait on its way over the frame: middle of the face at the start and the end, and its width, in frame sizes."""

    portrait: Portrait
    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    mirrored: bool = False
    gain: float = 1.0

    def box(self, share: float) -> Rect:
        """The face at a share (0 to 1) of the way."""
        x, y = (a + (b - a) * share for a, b in zip(self.start, self.end, strict=True))
        height = self.width * WIDTH * self.portrait.box.height / self.portrait.box.width / HEIGHT
        return Rect(x - self.width / 2, y - height / 2, self.width, height)

    def draw(self, picture: Picture, share: float) -> None:
        """Paste it with soft edges."""
        patch, (x, y), mask = self._patch()
        box = self.box(share)
        left, top = round(box.centre[0] * WIDTH - x), round(box.centre[1] * HEIGHT - y)
        a, b = max(0, -left), max(0, -top)
        c, d = min(patch.shape[1], WIDTH - left), min(patch.shape[0], HEIGHT - top)
        under = picture[top + b : top + d, left + a : left + c]
        soft = mask[b:d, a:c, None]
        under[:] = np.clip(under * (1 - soft) + patch[b:d, a:c] * soft, 0, 255).astype(np.uint8)

    def _patch(self) -> tuple[Any, tuple[float, float], Any]:
        """Pixels, where the middle of the face is in them, and their opacity."""
        box, photo = self.portrait.box, self.portrait.photo
        left, top = max(0, int(box.x - MARGIN[0] * box.width)), max(0, int(box.y - MARGIN[1] * box.height))
        right = min(photo.shape[1], int(box.x + (1 + MARGIN[2]) * box.width))
        bottom = min(photo.shape[0], int(box.y + (1 + MARGIN[3]) * box.height))
        scale = self.width * WIDTH / box.width
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        patch = cv2.resize(photo[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how) * self.gain
        x, y = (box.centre[0] - left) * scale, (box.centre[1] - top) * scale
        soft = max(1, round(0.1 * self.width * WIDTH))
        mask = np.zeros(patch.shape[:2], np.float32)
        mask[soft:-soft, soft:-soft] = 1
        mask = np.asarray(cv2.blur(mask, (2 * soft + 1, 2 * soft + 1)), np.float32)
        return (patch[:, ::-1], (patch.shape[1] - x, y), mask) if self.mirrored else (patch, (x, y), mask)


@dataclass(frozen=True)
class Shot:
    """Faces before a background for a number of frames."""

    background: Picture
    faces: tuple[Placed, ...]
    frames: int

    def pictures(self) -> Iterator[Picture]:
        """The frames, HEIGHT x WIDTH x 3; the background drifts by a pixel per frame, so that no two are the same."""
        for k in range(self.frames):
            picture = np.roll(self.background, k, axis=1)
            for face in self.faces:
                face.draw(picture, k / self.frames)
            yield picture


@cache
def portraits() -> tuple[Portrait, ...]:
    """The portrait that matplotlib ships, and those in the annotated clips where they are present."""
    photo = np.asarray(cv2.imread(str(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg")), np.uint8)
    return (Portrait("hopper", photo, Rect(170, 135, 180, 200), "neutral"), *_annotated())


_ANNOTATED = (
    ("collins", 0, 0, "smile"), ("shouting man", 140, 0, None), ("man in a suit", 205, 0, "neutral"),
    ("man at a bus", 250, 0, None), ("man with dark glasses", 250, 1, None),
)  # fmt: skip


def _annotated() -> tuple[Portrait, ...]:
    if not (GENERATED / "clip15.mp4").is_file():
        return ()
    truth = json.loads((GENERATED / "clip15.frames.json").read_text())
    wanted = {frame for _, frame, _, _ in _ANNOTATED}
    pictures: dict[int, Picture] = {}
    with av.open(str(GENERATED / "clip15.mp4")) as container:
        for k, frame in enumerate(container.decode(video=0)):
            if k in wanted:
                pictures[k] = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
    boxes = {(name, frame): truth[frame]["faces"][place] for name, frame, place, _ in _ANNOTATED}
    return tuple(
        Portrait(name, pictures[frame], Rect(a, b, c - a, d - b), expression)
        for name, frame, _, expression in _ANNOTATED
        for a, b, c, d in [boxes[name, frame]]
    )


@cache
def _photos() -> tuple[Picture, ...]:
    folder = Path(sklearn.__file__).parent / "datasets" / "images"
    return tuple(np.asarray(cv2.imread(str(folder / name)), np.uint8) for name in ("china.jpg", "flower.jpg"))


def background(rng: Rng) -> Picture:
    """A random part of a photo without people (a temple by a lake, a flower), HEIGHT x WIDTH x 3."""
    photo = _photos()[int(rng.integers(2))]
    scale = max(WIDTH / photo.shape[1], HEIGHT / photo.shape[0]) * rng.uniform(1.0, 1.8)
    big = cv2.resize(photo[:, :: int(rng.choice([-1, 1]))], None, fx=scale, fy=scale)
    y, x = (int(rng.integers(0, a - b + 1)) for a, b in zip(big.shape[:2], (HEIGHT, WIDTH), strict=True))
    return np.asarray(np.clip(big[y : y + HEIGHT, x : x + WIDTH] * rng.uniform(0.6, 1.1), 0, 255), np.uint8)


def place(
    rng: Rng,
    portrait: Portrait,
    width: float,
    *,
    across: tuple[float, float] = (0, 1),
    room: float = 0.55,
    mirrored: bool | None = None,
) -> Placed:
    """Somewhere inside a strip of the frame (fractions of its width), moving a little, at its own brightness.

    `room` is left beside the middle of the face, in face widths: 0.55 keeps the face in the strip, 1.1 all of the cut-out.
    """
    height = width * WIDTH / HEIGHT * portrait.box.height / portrait.box.width
    x, y = (across[0] + room * width, across[1] - room * width), (0.6 * height, 1 - 0.6 * height)
    starts = [float(rng.uniform(low, max(low, high))) for low, high in (x, y)]
    ends = [min(max(a + float(rng.uniform(-0.08, 0.08)), low), high) for a, (low, high) in zip(starts, (x, y), strict=True)]
    turned = bool(rng.random() < 0.5) if mirrored is None else mirrored
    return Placed(portrait, (starts[0], starts[1]), (ends[0], ends[1]), width, turned, float(rng.uniform(0.6, 1.15)))
