"""Decoding: every frame once, true times, displayed orientation and colours, sound aligned with the picture."""

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from services.analyzer.decode import frames
from services.analyzer.frames import SHARED_SIDE, picture
from services.analyzer.probe import probe
from services.analyzer.sound import FULL_HZ, SPEECH_HZ, decode_sound
from tests.analyzer.clips import clicks, solid, texture, tone, write_clip

COLOURS = [(30, 30, 200), (200, 40, 40), (40, 180, 40), (16, 16, 16), (235, 235, 235)]


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuvj420p", "yuv444p", "yuv422p", "yuv420p10le"])
def test_colours_survive_every_pixel_format(pixel_format: str, tmp_path: Path) -> None:
    pictures = [solid(colour) for colour in COLOURS]
    probed = probe(write_clip(tmp_path / "v.mkv", pictures, pixel_format=pixel_format))
    shown = [picture(frame, probed.geometry, SHARED_SIDE) for _, frame in frames(probed)]
    for seen, colour in zip(shown, COLOURS, strict=True):
        assert seen.shape == (320, 180, 3)
        assert np.abs(seen.reshape(-1, 3).mean(axis=0) - colour).max() < 6


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_the_picture_is_rotated_as_displayed(rotation: int, corner: tuple[int, int], tmp_path: Path) -> None:
    marked = solid((0, 0, 0))
    marked[:60, :60] = 255
    probed = probe(write_clip(tmp_path / "v.mp4", [marked] * 3, rotation=rotation))
    _, frame = next(frames(probed))
    seen = picture(frame, probed.geometry, SHARED_SIDE)
    assert seen.shape[:2] == (probed.info.height, probed.info.width)
    bright = {c: int(seen[c[0] * 20 or 5, c[1] * 20 or 5].mean()) for c in [(0, 0), (0, -1), (-1, -1), (-1, 0)]}
    assert max(bright, key=lambda c: bright[c]) == corner


@pytest.mark.parametrize(
    ("matrix", "corner"),
    [
        pytest.param((-1, 0, 0, 1), (0, -1), id="mirrored"),
        pytest.param((1, 0, 0, -1), (-1, 0), id="upside-down"),
        pytest.param((0, 1, 1, 0), (0, 0), id="transposed"),
        pytest.param((0, -1, -1, 0), (-1, -1), id="turned-and-mirrored"),
        pytest.param((0, 0, 0, 0), (0, 0), id="nothing"),
    ],
)
def test_the_picture_is_mirrored_as_displayed(matrix: tuple[int, ...], corner: tuple[int, int], tmp_path: Path) -> None:
    """As cameras write it that look at who holds them; the matrix is put in place of one that turns by 180 degrees."""
    marked = solid((0, 0, 0))
    marked[:60, :60] = 255
    path = write_clip(tmp_path / "v.mp4", [marked] * 3, rotation=180)
    data, (a, b, c, d) = bytearray(path.read_bytes()), (value * 65536 for value in matrix)
    at = data.index(b"tkhd") + 44
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(bytes(data))
    probed = probe(path)
    _, frame = next(frames(probed))
    seen = picture(frame, probed.geometry, SHARED_SIDE)
    assert seen.shape[:2] == (probed.info.height, probed.info.width) == ((180, 320) if a == d == 0 and b else (320, 180))
    bright = {c: int(seen[c[0] * 20 or 5, c[1] * 20 or 5].mean()) for c in [(0, 0), (0, -1), (-1, -1), (-1, 0)]}
    assert max(bright, key=lambda c: bright[c]) == corner


def test_odd_sizes_and_small_clips_are_not_enlarged(tmp_path: Path) -> None:
    probed = probe(write_clip(tmp_path / "v.mkv", [texture(1, width=99, height=177)] * 3, pixel_format="yuv444p"))
    _, frame = next(frames(probed))
    assert picture(frame, probed.geometry, SHARED_SIDE).shape == (177, 99, 3)


@pytest.mark.parametrize("times", [[k / 23.976 for k in range(40)], [0, 0.1, 0.15, 1.0, 1.02, 3.0, 3.3]])
def test_every_frame_comes_once_at_its_true_time(times: Sequence[float], tmp_path: Path) -> None:
    probed = probe(write_clip(tmp_path / "v.mp4", (texture(k) for k in range(len(times))), times=times))
    assert [t for t, _ in frames(probed)] == pytest.approx(list(times), abs=0.001)
    assert probed.times_s == tuple(t for t, _ in frames(probed))


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("mov", "libx264"), ("ts", "libx264"), ("flv", "libx264"), ("webm", "libvpx-vp9"), ("mp4", "libx265"), ("mp4", "mpeg4")],
)
def test_containers_and_codecs_keep_every_frame(suffix: str, codec: str, tmp_path: Path) -> None:
    shown = [texture(k) for k in range(20)]
    probed = probe(write_clip(tmp_path / f"v.{suffix}", shown, fps=Fraction(25), codec=codec))
    assert [t for t, _ in frames(probed)] == pytest.approx([k / 25 for k in range(20)], abs=0.001)
    assert (probed.info.frames, probed.info.fps) == (20, 25)


def test_sound_is_aligned_trimmed_and_padded_to_the_picture(tmp_path: Path) -> None:
    sound = clicks(60, 1.0)
    track = decode_sound(probe(write_clip(tmp_path / "v.mp4", [texture(1)] * 60, sound=sound)))
    assert track.speech.shape == (2 * SPEECH_HZ,)
    assert track.full.shape == (2 * FULL_HZ, 1)
    first = int(np.argmax(np.abs(track.full[:, 0]) > 0.1)) / FULL_HZ
    assert first == pytest.approx(0.25, abs=0.005)
    assert not track.full[int(1.2 * FULL_HZ) :].any()


def test_sound_follows_a_picture_that_starts_late(tmp_path: Path) -> None:
    times = [0.5 + k / 30 for k in range(30)]
    track = decode_sound(probe(write_clip(tmp_path / "v.mkv", [texture(1)] * 30, times=times, sound=clicks(60, 2.0))))
    first = int(np.argmax(np.abs(track.full[:, 0]) > 0.1)) / FULL_HZ
    assert first == pytest.approx(0.75, abs=0.005), "the click at 1.25 s of the file is 0.75 s after the first picture"


def test_stereo_stays_stereo(tmp_path: Path) -> None:
    left = tone(440, 1.0)
    both = np.stack([left, np.zeros_like(left)], axis=1)
    track = decode_sound(probe(write_clip(tmp_path / "v.mp4", [texture(1)] * 30, sound=both, fps=Fraction(30))))
    assert track.full.shape == (FULL_HZ, 2)
    assert np.abs(track.full[:, 0]).max() > 10 * np.abs(track.full[:, 1]).max()
