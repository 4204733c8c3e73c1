"""Clips for the analyzer's tests: those of the accuracy table, and files with sound only."""

from pathlib import Path
from typing import Any

import av

from bench.accuracy.clips import (
    RATE,
    Picture,
    Sound,
    add_sound,
    clicks,
    lettered,
    portrait,
    solid,
    texture,
    tone,
    write_clip,
)

__all__ = [
    "RATE",
    "Picture",
    "Sound",
    "add_sound",
    "clicks",
    "lettered",
    "portrait",
    "solid",
    "texture",
    "tone",
    "write_clip",
    "write_sound",
]


def write_sound(path: Path, sound: Sound, codec: str = "aac", cover: Picture | None = None) -> Path:
    """A file with sound only, or with a cover picture beside it."""
    with av.open(str(path), "w") as container:
        audio = container.add_stream(codec, rate=RATE)
        audio.layout = "mono"
        if cover is not None:
            _add_cover(container, cover)
        add_sound(container, audio, sound)
    return path


def _add_cover(container: Any, cover: Picture) -> None:
    stream = container.add_stream("mjpeg", rate=1)
    stream.height, stream.width = cover.shape[:2]
    stream.pix_fmt = "yuvj420p"
    stream.disposition = av.stream.Disposition.attached_pic
    frame = av.VideoFrame.from_ndarray(cover, format="bgr24")
    frame.pts = 0
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
