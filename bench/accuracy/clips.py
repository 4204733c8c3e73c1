"""Makes small video files on the spot, with everything about them known: for the accuracy table and for tests."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import matplotlib as mpl
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Sound = NDArray[np.float32]
RATE = 48_000
TICKS = 60_000
"""Time base of all clips: a multiple of 24, 25, 30, 60 and of 24000/1001 up to a rounding of 8 µs."""


def write_clip(  # noqa: PLR0913 - one call says everything about a file
    path: Path,
    pictures: Iterable[Picture],
    *,
    fps: Fraction = Fraction(30),
    times: Sequence[float] | None = None,
    sound: Sound | None = None,
    rotation: int = 0,
    pixel_aspect: Fraction | None = None,
    pixel_format: str = "yuv420p",
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    encoder: dict[str, str] | None = None,
) -> Path:
    """Encode BGR pictures (height x width x 3), at `fps` or at the given times; `sound` is 48 kHz, (n,) or (n, 2).

    `rotation` is clockwise and only written into the header. `options` go to the container, `encoder` to libx264 (fast and
    clean unless told otherwise).
    """
    with av.open(str(path), "w", options=options or {}) as container:
        video: Any = None
        audio: Any = container.add_stream("aac", rate=RATE) if sound is not None and codec == "libx264" else None
        for k, picture in enumerate(pictures):
            if video is None:
                video = _video_stream(container, codec, fps, picture, pixel_format)
                if codec == "libx264":
                    video.options = encoder or {"preset": "ultrafast", "crf": "18", "bf": "2"}
                if rotation:
                    video.set_display_rotation(-rotation)
                if pixel_aspect:
                    video.codec_context.sample_aspect_ratio = pixel_aspect
                if audio is not None:
                    audio.layout = "mono" if sound is not None and sound.ndim == 1 else "stereo"
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.time_base = Fraction(1, TICKS)
            frame.pts = round((times[k] if times is not None else k / fps) * TICKS)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if sound is not None:
            add_sound(container, audio, sound)
    return path


def solid(colour: tuple[int, int, int], *, width: int = 180, height: int = 320) -> Picture:
    """One colour, BGR."""
    return np.full((height, width, 3), colour, np.uint8)


def texture(seed: int, *, width: int = 180, height: int = 320) -> Picture:
    """A random picture of large soft patches: two seeds differ everywhere, and the codec keeps it."""
    small = np.random.default_rng(seed).integers(20, 236, (6, 4, 3), np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def lettered(picture: Picture, text: str, *, y: float = 0.3, scale: float = 1.0) -> Picture:
    """White text on a black bar across the picture at height `y` (fraction)."""
    out = picture.copy()
    height, width = out.shape[:2]
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, scale, 2)
    base = int(y * height)
    cv2.rectangle(out, ((width - w) // 2 - 12, base - h - 12), ((width + w) // 2 + 12, base + 14), (0, 0, 0), -1)
    cv2.putText(out, text, ((width - w) // 2, base), cv2.FONT_HERSHEY_DUPLEX, scale, (255, 255, 255), 2, cv2.LINE_AA)
    return out


def portrait(*, width: int = 360, height: int = 640, shift: int = 0) -> Picture:
    """The public-domain portrait of Grace Hopper that matplotlib ships, on grey, moved right by `shift` pixels."""
    photo = cv2.imread(str(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"))
    photo = cv2.resize(photo, (width, round(photo.shape[0] * width / photo.shape[1])))
    out = np.full((height, width, 3), 128, np.uint8)
    top = (height - photo.shape[0]) // 2
    out[top : top + photo.shape[0]] = np.roll(photo, shift, axis=1)
    return out


def tone(hz: float, seconds: float, level_db: float = -20.0) -> Sound:
    """A sine whose RMS is `level_db` dBFS."""
    amplitude = 10 ** (level_db / 20) * np.sqrt(2)
    return np.asarray(amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE), np.float32)


def clicks(bpm: float, seconds: float) -> Sound:
    """Short noise bursts on every beat, the first at 0.25 s."""
    out = np.zeros(round(seconds * RATE), np.float32)
    burst = (np.random.default_rng(1).standard_normal(1200) * np.exp(-np.arange(1200) / 250) * 0.5).astype(np.float32)
    for beat in np.arange(0.25, seconds - 0.1, 60 / bpm):
        at = round(beat * RATE)
        out[at : at + len(burst)] += burst
    return out


def add_sound(container: Any, audio: Any, sound: Sound) -> None:
    """Encode 48 kHz samples, shape (n,) or (n, channels), into an audio stream of an open container."""
    channels = sound.reshape(len(sound), -1).T
    layout = "mono" if len(channels) == 1 else "stereo"
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), format="fltp", layout=layout)
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    context = audio.codec_context
    resampler = AudioResampler(format=context.format, layout=layout, rate=RATE, frame_size=context.frame_size or 1024)
    for part in (*resampler.resample(frame), *resampler.resample(None)):
        container.mux(audio.encode(part))
    container.mux(audio.encode(None))


def _video_stream(container: Any, codec: str, fps: Fraction, picture: Picture, pixel_format: str) -> Any:
    video = container.add_stream(codec, rate=fps)
    video.height, video.width = picture.shape[:2]
    video.pix_fmt = pixel_format
    video.codec_context.time_base = Fraction(1, TICKS)
    return video
