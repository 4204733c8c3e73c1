"""Opens a video file, measures it by walking its packets, and refuses what can't be analyzed with a coded reason.

Rules, in this order:
- `file_not_found`, `empty_file`: no file, or no byte in it.
- `corrupt_file`: not a container we read; or no frame decodes; or the packets that are there span less than 90 % of what
  the stream claims (or the container, where streams claim nothing) and more than 1 s less: a truncated download. A shorter
  loss at the end is accepted: what can be watched is analyzed, and the duration is that of the packets, never the claim.
- `no_video_stream`: sound only, or the only picture is a cover (attached picture).
- `unsupported_media`: a codec without decoder, or a frame that is too small, too large or too fast to be a short video.
- `too_long`: pictures or sound run for more than 120 s + 0.1 s. Encoders round a 120 s video up by a frame or an AAC
  block (23 ms), so 120.05 s passes.

A sound track that is empty or uses an unknown codec is no reason to refuse: the video counts as one without sound.
The duration is that of the pictures: from the first displayed frame to the end of the last.
"""

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, cast

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from services.analyzer.media import MAX_SIDE, decoded, open_container, packets, reading, sound_stream, video_stream
from shared.artifacts import file_sha256
from shared.contracts.analysis import VideoInfo
from shared.contracts.bucket import MAX_DURATION_S
from shared.contracts.failure import FailureReason
from shared.errors import BadInput

DURATION_TOLERANCE_S = 0.1
MAX_PIXELS, MIN_SIDE, MAX_FPS = 4096 * 2304, 16, 240.0
EMPTY_SOUND = "the file's sound track is empty"
UNKNOWN_SOUND = "the file's sound track uses a codec that can't be decoded here"
CLAIM_SHARE, CLAIM_SLACK_S = 0.9, 1.0


@dataclass(frozen=True)
class Geometry:
    """How a coded frame becomes the displayed one: stretch to `width` x `height`, after a clockwise `rotation` and, where it is
    `mirrored`, an exchange of left and right."""

    width: int
    height: int
    rotation: Literal[0, 90, 180, 270]
    mirrored: bool = False


@dataclass(frozen=True)
class Probe:
    """A file that can be analyzed: its facts, when each frame is displayed, and where its time line starts.

    `times_s` are sorted, the first is 0. `origin_s` is the first frame's time on the container's clock: sound is
    aligned with it. `silent_because` says why a sound track that is there gives no sound.
    """

    path: Path
    info: VideoInfo
    geometry: Geometry
    times_s: tuple[float, ...]
    origin_s: float
    silent_because: str | None = None


@dataclass(frozen=True)
class _Walk:
    """What the packets say: display times and end of the pictures, seconds stored (edited-out ones too), end of the sound, and
    whether there is any: a frame that decodes, or one that is damaged."""

    times: list[Fraction]
    end: Fraction
    stored_s: float
    audio_end: float
    sound: bool


def probe(path: Path) -> Probe:
    """Measure a video file without decoding more than its first frame. Raises BadInput with the reasons above."""
    if not path.is_file():
        raise BadInput(FailureReason.FILE_NOT_FOUND, f"The video file {path.name} does not exist.")
    if path.stat().st_size == 0:
        raise BadInput(FailureReason.EMPTY_FILE, f"The video file {path.name} is empty.")
    with open_container(path) as container, reading(path.name):
        stream = video_stream(container, path.name)
        _check_claimed_size(stream, path.name)
        first = _first_frame(container, stream, path.name)
        geometry = _geometry(stream, first, path.name)
        claimed, container_claimed, begins = _claims_s(container, stream)
        codec, rate = stream.codec_context.name, stream.average_rate
        tracks, sound = len(container.streams.audio), sound_stream(container)
    with open_container(path) as container, reading(path.name):
        walk = _walk(container, video_stream(container, path.name), path.name)
    origin = walk.times[0] if walk.times else Fraction(0)
    duration = float(walk.end - origin)
    longest = max(duration, walk.audio_end - float(origin))
    _check_duration(path.name, duration, longest)
    _check_whole(
        path.name, walk.stored_s if claimed else max(float(walk.end), walk.audio_end) - begins, claimed or container_claimed
    )
    info = VideoInfo(
        sha256=file_sha256(path), duration_s=round(duration, 3), fps=_fps(rate, len(walk.times), duration, path.name),
        width=geometry.width, height=geometry.height, frames=len(walk.times), rotation=geometry.rotation, codec=codec,
        has_audio=walk.sound,
    )  # fmt: skip
    silent = None if walk.sound or not tracks else EMPTY_SOUND if sound else UNKNOWN_SOUND
    return Probe(path, info, geometry, tuple(round(float(t - origin), 6) for t in walk.times), float(origin), silent)


def _first_frame(container: InputContainer, stream: VideoStream, name: str) -> av.VideoFrame:
    for packet in packets(container, name, stream):
        for frame in decoded(packet, name) or ():
            return cast("av.VideoFrame", frame)
    raise BadInput(FailureReason.CORRUPT_FILE, f"No frame of {name} can be decoded: the file is damaged.")


def _geometry(stream: VideoStream, frame: av.VideoFrame, name: str) -> Geometry:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    rotation, mirrored = _turn(frame)
    width, height = round(frame.width * aspect) if aspect > 0 else frame.width, frame.height
    if rotation in (90, 270):
        width, height = height, width
    _check_size(width, height, name)
    return Geometry(width, height, rotation, mirrored)


def _turn(frame: av.VideoFrame) -> tuple[Literal[0, 90, 180, 270], bool]:
    """What the display matrix says, to the nearest quarter; one that leaves nothing of the picture says nothing.

    Its layout and the order, turned before it is mirrored, are those of FFmpeg's libavutil/display.h.
    """
    matrix = frame.side_data.get("DISPLAYMATRIX")
    a, b, _, c, d = struct.unpack("=5i", bytes(cast("Any", matrix))[:20]) if matrix else (1, 0, 0, 0, 1)
    spread = a * d - b * c
    clockwise = math.degrees(math.atan2(b, -a if spread < 0 else a)) if spread else 0.0
    return cast("Literal[0, 90, 180, 270]", round(clockwise / 90) * 90 % 360), spread < 0


def _check_claimed_size(stream: VideoStream, name: str) -> None:
    """Before anything is decoded, for a frame of the size that a header may claim takes gigabytes."""
    coded = stream.codec_context
    if coded.width and coded.height:
        _check_size(coded.width, coded.height, name)


def _check_size(width: int, height: int, name: str) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS or min(width, height) < MIN_SIDE:
        raise BadInput(
            FailureReason.UNSUPPORTED_MEDIA,
            f"{name} has frames of {width}x{height} pixels: {MIN_SIDE} to {MAX_SIDE} per side can be analyzed.",
        )


def _claims_s(container: InputContainer, stream: VideoStream) -> tuple[float, float, float]:
    """Duration by the stream's header and by the container's, 0 without; and when its first picture or sound comes, which the
    container's does not count."""
    own = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    whole, begins = ((ticks or 0) / av.time_base for ticks in (container.duration, container.start_time))
    return own, whole - max(0.0, begins), max(0.0, begins)


def _walk(container: InputContainer, video: VideoStream, name: str) -> _Walk:
    times: set[Fraction] = set()
    stored: set[Fraction] = set()
    end, audio_end, sound = Fraction(0), 0.0, False
    step = 1 / video.average_rate if video.average_rate else Fraction(1, 30)
    track = sound_stream(container)
    for packet in packets(container, name, video, *([track] if track else [])):
        if packet.stream_index != video.index and not sound:
            sound = decoded(packet, name) != []
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.size == 0:
            continue
        start = stamp * packet.time_base
        stop = start + (packet.duration * packet.time_base if packet.duration else step)
        if packet.stream_index != video.index:
            audio_end = max(audio_end, float(stop))
            continue
        stored |= {start, stop}
        if not packet.is_discard:
            times.add(start)
            end = max(end, stop)
    return _Walk(sorted(times), end, float(max(stored) - min(stored)) if stored else 0.0, audio_end, sound)


def _check_duration(name: str, pictures_s: float, longest_s: float) -> None:
    if longest_s > MAX_DURATION_S + DURATION_TOLERANCE_S:
        raise BadInput(
            FailureReason.TOO_LONG, f"{name} runs for {longest_s:.1f} s: at most {MAX_DURATION_S:.0f} s are analyzed."
        )
    if pictures_s <= 0:
        raise BadInput(FailureReason.CORRUPT_FILE, f"{name} has no frame with a usable time stamp.")


def _check_whole(name: str, present_s: float, claimed_s: float) -> None:
    if present_s < CLAIM_SHARE * claimed_s and claimed_s - present_s > CLAIM_SLACK_S:
        raise BadInput(
            FailureReason.CORRUPT_FILE,
            f"{name} holds only {present_s:.1f} s of the {claimed_s:.1f} s it claims: it is truncated, get it again.",
        )


def _fps(nominal: Fraction | None, frames: int, duration_s: float, name: str) -> float:
    """The nominal rate where the frames agree with it within 1 %, else the measured mean."""
    measured = frames / duration_s
    fps = float(nominal) if nominal and abs(float(nominal) - measured) <= 0.01 * measured else measured
    if fps > MAX_FPS:
        raise BadInput(FailureReason.UNSUPPORTED_MEDIA, f"{name} shows {fps:.0f} frames per second: at most {MAX_FPS:.0f}.")
    return round(fps, 3)
