"""Files from anywhere: always an analysis or one sentence with a reason, never a hang, never a dead child process."""

import asyncio
import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from services.analyzer.app import LIMITS
from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.failure import FailureReason
from shared.errors import BadInput
from shared.worker import ChildWorker
from tests.analyzer.clips import RATE, add_sound, lettered, solid, texture, tone, write_clip, write_sound

PATIENCE = timedelta(seconds=60)
MUTANTS = int(os.environ.get("RUMIAI_FUZZ", "40"))
"""More with RUMIAI_FUZZ."""


class Child:
    """The analyzer's real child process with its real limits, kept over all files of this module."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._worker = ChildWorker("services.analyzer.worker", limits=LIMITS)

    def analyze(self, path: Path) -> Analysis:
        request = json.dumps({"path": str(path), "cache_url": None}).encode()
        answer = self._loop.run_until_complete(self._worker.call(request, timeout=PATIENCE))
        return Analysis.model_validate(json.loads(answer)["analysis"])

    def sentence(self, path: Path) -> str | None:
        """Why the file is refused, None where it is analyzed."""
        try:
            self.analyze(path)
        except BadInput as refused:
            return str(refused)
        return None

    @property
    def pid(self) -> int | None:
        return self._worker.pid

    def close(self) -> None:
        self._loop.run_until_complete(self._worker.close())
        self._loop.close()


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.close()


def _shown(frames: int = 20, **size: int) -> list[Any]:
    return [lettered(texture(k // 10, **size), "HELLO", scale=0.6) for k in range(frames)]


def _whole(path: Path, **more: Any) -> Path:
    return write_clip(path, _shown(), fps=Fraction(20), sound=tone(300, 1.0), **more)


def _ten_bit(path: Path) -> Path:
    return write_clip(path, _shown(), fps=Fraction(20), pixel_format="yuv420p10le")


def _hdr(path: Path) -> Path:
    """Ten bits with the marks of BT.2020 and PQ."""
    marks = {"preset": "ultrafast", "x264-params": "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"}
    return write_clip(path, _shown(), fps=Fraction(20), pixel_format="yuv420p10le", encoder=marks)


def _many_streams(path: Path) -> Path:
    """Two pictures and two sounds; the second of each is different in size and 30 dB quieter."""
    with av.open(str(path), "w", format="matroska") as container:
        videos: list[Any] = [container.add_stream("libx264", rate=20) for _ in range(2)]
        for video, (width, height) in zip(videos, ((180, 320), (90, 160)), strict=True):
            video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        sounds: list[Any] = [container.add_stream("aac", rate=RATE, layout="mono") for _ in range(2)]
        for k, picture in enumerate(_shown()):
            for video, shown in zip(videos, (picture, picture[::2, ::2].copy()), strict=True):
                frame = av.VideoFrame.from_ndarray(shown, format="bgr24")
                frame.pts = k
                container.mux(video.encode(frame))
        for video in videos:
            container.mux(video.encode(None))
        for audio, level_db in zip(sounds, (-20.0, -50.0), strict=True):
            add_sound(container, audio, tone(300, 1.0, level_db))
    return path


def _short(path: Path) -> Path:
    return write_clip(path, _shown(4), fps=Fraction(20), sound=tone(300, 0.2))


def _claiming(path: Path, seconds: float, *, fragmented: bool) -> Path:
    """A second of video whose headers say something else. Only a fragmented file has no table of frames to contradict them."""
    _whole(path, options={"movflags": "frag_keyframe+empty_moov"} if fragmented else None)
    data = bytearray(path.read_bytes())
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.find(box)
        while at >= 0:
            scale = 1000 if box == b"tkhd" else int.from_bytes(data[at + 16 : at + 20], "big")
            offset = at + (24 if box == b"tkhd" else 20)
            data[offset : offset + 4] = round(seconds * scale).to_bytes(4, "big")
            at = data.find(box, at + 4)
    path.write_bytes(bytes(data))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(_ten_bit, (180, 320), id="10-bit"),
        pytest.param(_hdr, (180, 320), id="hdr"),
        pytest.param(lambda p: _whole(p, rotation=90), (320, 180), id="rotated"),
        pytest.param(lambda p: _whole(p, pixel_aspect=Fraction(2, 1)), (360, 320), id="anamorphic"),
        pytest.param(lambda p: write_clip(p, _shown(), fps=Fraction(20)), (180, 320), id="no-sound"),
        pytest.param(_short, (180, 320), id="0.2-s"),
        pytest.param(lambda p: write_clip(p, [solid((9, 9, 9), width=64, height=64)]), (64, 64), id="one-frame"),
    ],
)
def test_odd_but_sound_files_are_analyzed(
    make: Callable[[Path], Path], size: tuple[int, int], child: Child, tmp_path: Path
) -> None:
    analysis = child.analyze(make(tmp_path / "odd.mp4"))
    assert (analysis.video.width, analysis.video.height) == size
    assert analysis.scenes
    assert analysis.scenes[-1].end_s == pytest.approx(analysis.video.duration_s, abs=0.001)
    assert analysis.engines[EngineName.TEXT].coverage


@pytest.mark.slow
def test_the_first_picture_and_the_first_sound_of_many_count(child: Child, tmp_path: Path) -> None:
    analysis = child.analyze(_many_streams(tmp_path / "many.mkv"))
    assert (analysis.video.width, analysis.video.height, analysis.video.frames) == (180, 320, 20)
    assert analysis.audio is not None
    assert analysis.audio.level_db[0] == pytest.approx(-20, abs=1)


def _zero_rate(path: Path) -> Path:
    """Every frame at the same time: a rate that no clock can have."""
    return write_clip(path, _shown(6), times=[0.0] * 6)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "duration_s", "frames"),
    [
        pytest.param(lambda p: _claiming(p, 10, fragmented=False), 1.0, 20, id="claims-ten-times-as-much"),
        pytest.param(lambda p: _claiming(p, 0.1, fragmented=False), 1.0, 20, id="claims-a-tenth"),
        pytest.param(lambda p: _claiming(p, 0.1, fragmented=True), 1.0, 20, id="fragmented-claims-a-tenth"),
        pytest.param(_zero_rate, 1 / 30, 1, id="zero-fps"),
    ],
)
def test_what_is_there_counts_and_not_what_the_header_says(
    make: Callable[[Path], Path], duration_s: float, frames: int, child: Child, tmp_path: Path
) -> None:
    video = child.analyze(make(tmp_path / "7300000000000000000.mp4")).video
    assert video.duration_s == pytest.approx(duration_s, abs=0.001)
    assert video.frames == frames


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda p: p.write_bytes(b""), FailureReason.EMPTY_FILE, id="zero-length"),
        pytest.param(lambda p: p.write_bytes(b"\x00" * 100_000), FailureReason.CORRUPT_FILE, id="zeros"),
        pytest.param(lambda p: p.write_bytes(random.Random(1).randbytes(100_000)), FailureReason.CORRUPT_FILE, id="noise"),
        pytest.param(lambda p: p.write_text("#!/bin/sh\nrm -rf /\n"), FailureReason.CORRUPT_FILE, id="renamed-script"),
        pytest.param(lambda p: p.write_bytes(_whole(p).read_bytes()[:3000]), FailureReason.CORRUPT_FILE, id="truncated"),
        pytest.param(lambda p: _claiming(p, 10, fragmented=True), FailureReason.CORRUPT_FILE, id="fragments-missing"),
        pytest.param(lambda p: write_sound(p, tone(300, 1.0)), FailureReason.NO_VIDEO_STREAM, id="sound-only"),
        pytest.param(
            lambda p: write_clip(p, [solid((0, 0, 0), width=64, height=5000)]), FailureReason.UNSUPPORTED_MEDIA, id="gigantic"
        ),
    ],
)
def test_broken_files_are_refused_in_one_sentence_with_the_reason(
    make: Callable[[Path], object], reason: FailureReason, child: Child, tmp_path: Path
) -> None:
    path = tmp_path / "7300000000000000000.mp4"
    make(path)
    with pytest.raises(BadInput) as refused:
        child.analyze(path)
    assert refused.value.reason is reason
    assert str(refused.value).endswith(".")
    assert str(tmp_path) not in str(refused.value)


def _mutant(whole: bytes, seed: int) -> bytes:
    """The file with a few bytes or a stretch of it overwritten, cut out, repeated, or its end missing."""
    rng, data = random.Random(seed), bytearray(whole)
    start, length = rng.randrange(len(data)), rng.choice((1, 4, 64, 2000))
    match rng.randrange(5):
        case 0:
            for _ in range(rng.choice((1, 5, 50))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        case 1:
            data[start : start + length] = rng.randbytes(length)
        case 2:
            del data[start : start + length]
        case 3:
            data[start:start] = data[max(0, start - length) : start]
        case _:
            del data[start:]
    return bytes(data)


@pytest.mark.slow
def test_mutated_files_never_kill_or_hang_the_child(child: Child, tmp_path: Path) -> None:
    whole = [_whole(tmp_path / name).read_bytes() for name in ("a.mp4", "b.mkv", "c.ts")]
    whole.append(_whole(tmp_path / "d.mp4", options={"movflags": "faststart"}).read_bytes())
    child.analyze(tmp_path / "a.mp4")
    pid, sentences = child.pid, []
    for seed in range(MUTANTS):
        path = tmp_path / f"mutant{seed}.{('mp4', 'mkv', 'ts', 'mp4')[seed % 4]}"
        path.write_bytes(_mutant(whole[seed % 4], seed))
        sentences.append(child.sentence(path))
        path.unlink()
    refused = [sentence for sentence in sentences if sentence is not None]
    assert child.pid == pid
    assert 0 < len(refused) < MUTANTS
    assert all(sentence.endswith(".") for sentence in refused)
