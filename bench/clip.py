"""The clip that the analyzer is timed on, with its truth: hard cuts, texts, a moving face, speech-like sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from bench.accuracy.clips import write_clip

FPS, SHOT_S, RATE = 30, 3, 48_000
HANDLE = "@user_clip42"
TEXTS = ("WAIT FOR IT", "3 tips to save", "50% OFF today", "my honest review", "link in bio", "day 7 of 30", "before / after")


@dataclass(frozen=True)
class BenchClip:
    """A file and what is in it: times of the cuts, and (text, start, end) of every text, in seconds."""

    path: Path
    seconds: int
    cuts: tuple[float, ...]
    texts: tuple[tuple[str, float, float], ...]


def make_clip(path: Path, seconds: int, *, width: int = 720, height: int = 1280) -> BenchClip:
    """H.264 with B-frames at 30 fps and AAC; a cut every 3 s, a text in two of three shots, a face in every other.

    A small handle stands in the corner all the time, as in clips that TikTok hands out.
    """
    encoder = {"preset": "veryfast", "crf": "23", "bf": "2", "g": "150"}
    write_clip(path, _pictures(seconds, width, height), fps=Fraction(FPS), sound=_speech_like(seconds), encoder=encoder)
    shots = -(-seconds // SHOT_S)
    texts = tuple((_text(shot), shot * float(SHOT_S), min((shot + 1.0) * SHOT_S, seconds)) for shot in range(shots) if shot % 3)
    cuts = tuple(float(shot * SHOT_S) for shot in range(1, shots))
    return BenchClip(path, seconds, cuts, (*texts, (HANDLE, 0.0, float(seconds))))


def _text(shot: int) -> str:
    return TEXTS[shot % len(TEXTS)]


def _pictures(seconds: int, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng(7)
    photo = cv2.imread(str(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"))
    face = cv2.resize(photo, (width + 120, round(photo.shape[0] * (width + 120) / photo.shape[1])))
    for k in range(seconds * FPS):
        shot, at = divmod(k, SHOT_S * FPS)
        if at == 0:
            patches = rng.integers(20, 236, (9, 5, 3), np.uint8)
            background = cv2.resize(patches, (width, height + 200), interpolation=cv2.INTER_CUBIC)
        picture = background[at : at + height].copy()
        if shot % 2 == 0:
            top = height // 9
            room = min(len(face), height - top)
            picture[top : top + room] = face[:room, at : at + width]
        yield _signed(_lettered(picture, _text(shot)) if shot % 3 else picture)


def _signed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """With the handle at the lower left, letters of 1.4 % of the height, light with a dark rim."""
    height, width = picture.shape[:2]
    place = (round(width * 0.033), round(height * 0.95))
    for colour, thickness in ((40, 5), (235, 2)):
        cv2.putText(picture, HANDLE, place, cv2.FONT_HERSHEY_SIMPLEX, width / 850, (colour,) * 3, thickness, cv2.LINE_AA)
    return picture


def _lettered(picture: NDArray[np.uint8], text: str) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    scale = width / 400
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, scale, 4)
    x, y = (width - w) // 2, round(height * 0.845)
    cv2.rectangle(picture, (x - 20, y - h - 20), (x + w + 20, y + 24), (0, 0, 0), -1)
    cv2.putText(picture, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, scale, (255, 255, 255), 4, cv2.LINE_AA)
    return picture


def _speech_like(seconds: int) -> NDArray[np.float32]:
    """A buzzing voice (120 Hz with harmonics) in syllables of 5 Hz, with a pause every fourth second."""
    t = np.arange(seconds * RATE) / RATE
    voice = sum(np.sin(2 * np.pi * 120 * n * t + 2 * np.sin(2 * np.pi * 3 * t)) / n for n in range(1, 20))
    return np.asarray(0.08 * voice * np.abs(np.sin(np.pi * 5 * t)) * (t % 4 < 3), np.float32)
