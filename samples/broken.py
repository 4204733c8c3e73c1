"""Deliberately bad media: what a real download folder contains sooner or later."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from samples.sound import SOUND_RATE_HZ, Music, mix

TOO_LONG_S = 121


def write_noise(path: Path, *, size: int = 40_000, seed: int = 0) -> None:
    """A file of random bytes under a video's name."""
    path.write_bytes(np.random.default_rng(seed).bytes(size))


def write_truncated(path: Path, whole: Path) -> None:
    """The first half of a real video: its index, which stands at the end, is missing."""
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def write_empty(path: Path) -> None:
    """A file of zero bytes."""
    path.write_bytes(b"")


def write_audio_only(path: Path, *, seconds: float = 4.0) -> None:
    """A valid MP4 with a sound track and no video stream."""
    samples = mix(seconds, Music(tempo_bpm=110, level_db=-20, start_s=0.0, end_s=seconds, seed=1), ())
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("aac", rate=SOUND_RATE_HZ, layout="mono")
        block = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        block.sample_rate, block.pts = SOUND_RATE_HZ, 0
        output.mux(stream.encode(block))
        output.mux(stream.encode(None))


def write_too_long(path: Path, *, seconds: int = TOO_LONG_S) -> None:
    """A valid video just over the longest bucket; tiny pictures at 5 fps, so that it is cheap to make."""
    rate = 5
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 72, 128, "yuv420p"
        for index in range(seconds * rate):
            luma = np.full((192, 72), index % 200 + 20, np.uint8)
            frame = av.VideoFrame.from_ndarray(luma, format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
