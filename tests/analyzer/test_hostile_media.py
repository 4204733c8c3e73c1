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
from shared.contracts.analysis import Analysis
from shared.errors import BadInput
from shared.worker import ChildWorker
from tests.analyzer.clips import lettered, solid, texture, tone, write_clip

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
    """Two pictures, two sounds: the first of each counts."""
    with av.open(str(path), "w", format="matroska") as container:
        videos: list[Any] = [container.add_stream("libx264", rate=20) for _ in range(2)]
        for video in videos:
            video.width, video.height, video.pix_fmt = 180, 320, "yuv420p"
        for k, picture in enumerate(_shown()):
            for video in videos:
                frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
                frame.pts = k
                container.mux(video.encode(frame))
        for video in videos:
            container.mux(video.encode(None))
    return path


def _short(path: Path) -> Path:
    return write_clip(path, _shown(4), fps=Fraction(20), sound=tone(300, 0.2))


def _wrong_duration(path: Path) -> Path:
    """The header of a fragmented file says ten times what is there; what is there counts."""
    _whole(path)
    data = bytearray(path.read_bytes())
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.find(box)
        while at >= 0:
            offset = at + (24 if box == b"tkhd" else 20)
            value = int.from_bytes(data[offset : offset + 4], "big")
            data[offset : offset + 4] = min(value * 2, 2**32 - 1).to_bytes(4, "big")
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
        pytest.param(_many_streams, (180, 320), id="many-streams"),
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
    assert analysis.engines["text"].coverage


def _zero_rate(path: Path) -> Path:
    """Every frame at the same time: a rate that no clock can have."""
    return write_clip(path, _shown(6), times=[0.0] * 6)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda p: p.write_bytes(b""), id="zero-length"),
        pytest.param(lambda p: p.write_bytes(b"\x00" * 100_000), id="zeros"),
        pytest.param(lambda p: p.write_bytes(random.Random(1).randbytes(100_000)), id="noise"),
        pytest.param(lambda p: p.write_text("#!/bin/sh\nrm -rf /\n"), id="renamed-script"),
        pytest.param(lambda p: p.write_bytes(_whole(p).read_bytes()[:3000]), id="truncated"),
        pytest.param(_wrong_duration, id="wrong-duration-in-the-header"),
        pytest.param(_zero_rate, id="zero-fps"),
    ],
)
def test_broken_files_are_refused_in_one_sentence_or_analyzed_as_far_as_they_go(
    make: Callable[[Path], object], child: Child, tmp_path: Path
) -> None:
    path = tmp_path / "7300000000000000000.mp4"
    make(path)
    sentence = child.sentence(path)
    if sentence is None:
        assert child.analyze(path).video.duration_s <= 1.05
    else:
        assert sentence.endswith(".")
        assert str(tmp_path) not in sentence


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
    whole = [_whole(tmp_path / name).read_bytes() for name in ("a.mp4", "b.mkv")]
    whole.append(_whole(tmp_path / "c.mp4", options={"movflags": "faststart"}).read_bytes())
    child.analyze(tmp_path / "a.mp4")
    pid, sentences = child.pid, []
    for seed in range(MUTANTS):
        path = tmp_path / f"mutant{seed}.{'mkv' if seed % 3 == 1 else 'mp4'}"
        path.write_bytes(_mutant(whole[seed % 3], seed))
        sentences.append(child.sentence(path))
        path.unlink()
    refused = [sentence for sentence in sentences if sentence is not None]
    assert child.pid == pid
    assert 0 < len(refused) < MUTANTS
    assert all(sentence.endswith(".") for sentence in refused)
