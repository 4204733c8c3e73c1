"""What a video file is, and why a file is refused."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import cv2
import pytest

from services.analyzer.probe import probe
from shared.contracts.failure import FailureReason
from shared.errors import BadInput
from tests.analyzer.clips import portrait, solid, texture, tone, write_clip, write_sound


def _long(path: Path, frames: int, fps: Fraction, *, fragmented: bool = False) -> Path:
    options = {"movflags": "frag_keyframe+empty_moov"} if fragmented else None
    return write_clip(path, (solid((9, 9, 9), width=32, height=32) for _ in range(frames)), fps=fps, options=options)


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _text(path: Path) -> Path:
    path.write_text("<html>this video is private</html>\n" * 50)
    return path


def _sound_only(path: Path) -> Path:
    return write_sound(path, tone(440, 2))


def _cover_only(path: Path) -> Path:
    return write_sound(path, tone(440, 2), cover=texture(1))


def _cut_off(path: Path) -> Path:
    whole = write_clip(path, (texture(k) for k in range(60)), fps=Fraction(10), options={"movflags": "faststart"})
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return whole


def _cut_off_mkv(path: Path) -> Path:
    whole = write_clip(path.with_suffix(".mkv"), (texture(k) for k in range(60)), fps=Fraction(10), sound=tone(440, 6))
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return path


def _without_index(path: Path) -> Path:
    whole = write_clip(path, (texture(k) for k in range(20)), fps=Fraction(10))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return whole


def _picture(path: Path) -> Path:
    path.write_bytes(cv2.imencode(".png", texture(1))[1].tobytes())
    return path


def _playlist(path: Path) -> Path:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://localhost/secret.ts\n#EXT-X-ENDLIST\n")
    return path


def _gigantic(path: Path) -> Path:
    return write_clip(path, [solid((0, 0, 0), width=5000, height=64)])


def _gigantic_by_its_header(path: Path) -> Path:
    """None of its frames decodes, so only the header can give the size away."""
    data = bytearray(_gigantic(path).read_bytes())
    start, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    data[start:end] = b"\xff" * (end - start)
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path, FailureReason.FILE_NOT_FOUND),
        (_empty, FailureReason.EMPTY_FILE),
        (_text, FailureReason.CORRUPT_FILE),
        (_cut_off, FailureReason.CORRUPT_FILE),
        (_cut_off_mkv, FailureReason.CORRUPT_FILE),
        (_without_index, FailureReason.CORRUPT_FILE),
        (_picture, FailureReason.CORRUPT_FILE),
        (_playlist, FailureReason.CORRUPT_FILE),
        (_sound_only, FailureReason.NO_VIDEO_STREAM),
        (_cover_only, FailureReason.NO_VIDEO_STREAM),
        (_gigantic, FailureReason.UNSUPPORTED_MEDIA),
        (_gigantic_by_its_header, FailureReason.UNSUPPORTED_MEDIA),
        (lambda path: _long(path, 121, Fraction(1)), FailureReason.TOO_LONG),
        (lambda path: _long(path, 1210, Fraction(10), fragmented=True), FailureReason.TOO_LONG),
    ],
)
def test_refusals(make: Callable[[Path], Path], reason: FailureReason, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        probe(make(tmp_path / "7300000000000000000.mp4"))
    assert refused.value.reason is reason
    sentence = str(refused.value)
    assert "7300000000000000000.mp4" in sentence
    assert sentence.endswith(".")
    assert str(tmp_path) not in sentence


def test_a_container_rounded_up_by_a_block_is_not_too_long(tmp_path: Path) -> None:
    assert probe(_long(tmp_path / "v.mp4", 2401, Fraction(20))).info.duration_s == pytest.approx(120.05, abs=0.002)


def test_a_few_lost_frames_at_the_end_are_accepted(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "v.mp4", (texture(k) for k in range(60)), fps=Fraction(10), options={"movflags": "faststart"})
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.95)])
    assert 5.0 < probe(whole).info.duration_s < 6.0


def test_pictures_that_start_after_the_sound_are_no_lost_end(tmp_path: Path) -> None:
    times = [3.0 + k / 10 for k in range(20)]
    late = write_clip(tmp_path / "v.mkv", (texture(k) for k in range(20)), times=times, sound=tone(440, 2.0))
    assert probe(late).info.duration_s == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("fps", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)])
def test_the_facts_of_a_clip(fps: Fraction, tmp_path: Path) -> None:
    probed = probe(write_clip(tmp_path / "v.mp4", (texture(k % 3) for k in range(48)), fps=fps, sound=tone(440, 1)))
    info = probed.info
    assert (info.width, info.height, info.frames, info.codec, info.has_audio) == (180, 320, 48, "h264", True)
    assert info.fps == round(float(fps), 3)
    assert info.duration_s == pytest.approx(48 / float(fps), abs=0.002)
    assert probed.times_s[0] == 0
    assert probed.times_s[-1] == pytest.approx(47 / float(fps), abs=1e-4)


@pytest.mark.parametrize(("rotation", "size"), [(0, (180, 320)), (90, (320, 180)), (180, (180, 320)), (270, (320, 180))])
def test_rotation_turns_width_and_height(rotation: int, size: tuple[int, int], tmp_path: Path) -> None:
    info = probe(write_clip(tmp_path / "v.mp4", [texture(1)] * 5, rotation=rotation)).info
    assert (info.rotation, info.width, info.height) == (rotation, *size)


def test_width_is_as_displayed_when_pixels_are_not_square(tmp_path: Path) -> None:
    info = probe(write_clip(tmp_path / "v.mp4", [texture(1)] * 5, pixel_aspect=Fraction(4, 3))).info
    assert (info.width, info.height) == (240, 320)


def test_variable_frame_rate_keeps_the_true_times(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.5, 0.54, 2.0, 2.1]
    probed = probe(write_clip(tmp_path / "v.mp4", [texture(k) for k in range(6)], times=times))
    assert probed.times_s == pytest.approx(times, abs=0.001)
    assert probed.info.duration_s >= 2.1


def test_other_containers_and_no_sound(tmp_path: Path) -> None:
    info = probe(write_clip(tmp_path / "v.mkv", [portrait()] * 10)).info
    assert not info.has_audio
    assert info.duration_s == pytest.approx(1 / 3, abs=0.02)
