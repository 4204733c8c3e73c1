"""Sound tracks as files from anywhere have them: they change, jump, run backwards, hold nothing, or can't be decoded."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from services.analyzer.analysis import analyze
from services.analyzer.engines import default_engines
from services.analyzer.probe import probe
from services.analyzer.sound import FULL_HZ, SPEECH_HZ, Samples, decode_sound
from shared.contracts.analysis import EngineName
from shared.contracts.failure import FailureReason
from shared.errors import BadInput
from tests.analyzer.clips import texture, tone, write_clip

PCM_HZ = 16_000


def _with_pcm(path: Path, blocks: Sequence[tuple[float, float]], seconds: int = 2) -> Path:
    """Pictures, and blocks of 0.1 s of sound: when each is to be heard, and its constant level."""
    with av.open(str(path), "w", format="matroska") as container:
        video: Any = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio: Any = container.add_stream("pcm_s16le", rate=PCM_HZ, layout="mono")
        for k in range(seconds * 10):
            picture = av.VideoFrame.from_ndarray(texture(1, width=64, height=64), format="bgr24")
            picture.pts = k
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        for k, (_, level) in enumerate(blocks):
            samples = np.full((1, PCM_HZ // 10), level * 32767, np.int16)
            sound = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            sound.sample_rate, sound.time_base, sound.pts = PCM_HZ, Fraction(1, PCM_HZ), k * PCM_HZ // 10
            container.mux(audio.encode(sound))
    return _at(path, [at_s for at_s, _ in blocks])


def _at(path: Path, times_s: Sequence[float]) -> Path:
    """Overwrite the time stamps of the sound in the file's only cluster, since no muxer writes any that run backwards."""
    data = bytearray(path.read_bytes())
    for (at, _), time_s in zip(_sound_packets(path), times_s, strict=True):
        data[at + 1 : at + 3] = round(time_s * 1000).to_bytes(2, "big")  # after the track number, in ms
    path.write_bytes(bytes(data))
    return path


def _sound_packets(path: Path) -> list[tuple[int, int]]:
    """Where the block of each packet begins, and the packet's size."""
    with av.open(str(path)) as container:
        return [(packet.pos, packet.size) for packet in container.demux(audio=0) if packet.size and packet.pos is not None]


def _levels(sound: Samples, *times_s: float) -> list[float]:
    """The mean level within 20 ms around each time."""
    rate = FULL_HZ
    return [round(float(sound[round((t - 0.01) * rate) : round((t + 0.01) * rate)].mean()), 2) for t in times_s]


def _adts(rate: int, layout: str, seconds: float) -> list[tuple[float, bytes]]:
    """AAC packets with the head that lets a transport stream change its sound: start in seconds, bytes."""
    context: Any = av.CodecContext.create("aac", "w")
    context.sample_rate, context.layout, context.format, context.time_base = rate, layout, "fltp", Fraction(1, rate)
    channels = 1 if layout == "mono" else 2
    packets = []
    for k in range(int(seconds * rate / 1024)):
        wave = 0.2 * np.sin(2 * np.pi * 440 * (k * 1024 + np.arange(1024)) / rate)
        block = av.AudioFrame.from_ndarray(np.tile(wave, (channels, 1)).astype(np.float32), format="fltp", layout=layout)
        block.sample_rate, block.time_base, block.pts = rate, Fraction(1, rate), k * 1024
        packets += context.encode(block)
    index = {48_000: 3, 44_100: 4}[rate]
    out = []
    for packet in (*packets, *context.encode(None)):
        size = packet.size + 7
        sizes = bytes([(channels & 3) << 6 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 0x1F, 0xFC])
        out.append(
            (
                float(packet.pts * packet.time_base),
                bytes([0xFF, 0xF1, 1 << 6 | index << 2 | channels >> 2]) + sizes + bytes(packet),
            )
        )
    return out


def _changing(path: Path, rate: int, layout: str) -> Path:
    """44.1 kHz mono for one second, then something else: two recordings put one after the other."""
    with av.open(str(path), "w", format="mpegts") as container:
        video: Any = container.add_stream("libx264", rate=20)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio: Any = container.add_stream("aac", rate=44_100, layout="mono")
        for k in range(40):
            picture = av.VideoFrame.from_ndarray(texture(1, width=64, height=64), format="bgr24")
            picture.pts = k
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        parts = [(at, data) for at, data in _adts(44_100, "mono", 1.0)]
        parts += [(1.0 + at, data) for at, data in _adts(rate, layout, 1.0)]
        for at_s, data in parts:
            packet = av.Packet(data)
            packet.stream, packet.time_base = audio, Fraction(1, 44_100)
            packet.pts = packet.dts = round(at_s * 44_100)
            container.mux(packet)
    return path


@pytest.mark.parametrize(("rate", "layout"), [(48_000, "mono"), (44_100, "stereo"), (48_000, "stereo")])
def test_sound_that_changes_on_the_way_is_heard_to_its_end(rate: int, layout: str, tmp_path: Path) -> None:
    track = decode_sound(probe(_changing(tmp_path / "v.ts", rate, layout)))
    second = 0.141 * (2 if layout == "stereo" else 1) ** 0.5  # two channels that agree carry twice the energy
    for samples, hz in ((track.full[:, 0], FULL_HZ), (track.speech, SPEECH_HZ)):
        parts = [samples[round(a * hz) : round(b * hz)] for a, b in ((0.2, 0.8), (1.2, 1.8))]
        assert [float(np.sqrt((part**2).mean())) for part in parts] == pytest.approx([0.141, second], abs=0.01)
        assert [np.abs(np.fft.rfft(part)).argmax() / 0.6 for part in parts] == pytest.approx([440, 440], abs=2)


def test_a_gap_stays_silent_and_what_follows_is_heard_when_it_says(tmp_path: Path) -> None:
    clip = _with_pcm(tmp_path / "v.mkv", [(0.0, 0.1), (0.1, 0.1), (1.0, 0.3), (1.1, 0.3)])
    assert _levels(decode_sound(probe(clip)).full, 0.1, 0.5, 0.9, 1.1, 1.5) == [0.1, 0, 0, 0.3, 0]


def test_many_small_gaps_do_not_add_up(tmp_path: Path) -> None:
    clip = _with_pcm(tmp_path / "v.mkv", [(k * 0.16, 0.8 if k == 10 else 0.1) for k in range(12)])
    loud = np.flatnonzero(decode_sound(probe(clip)).full[:, 0] > 0.5) / FULL_HZ
    assert loud[0] == pytest.approx(1.6, abs=0.1)


def test_sound_whose_time_runs_backwards_does_not_shift_what_follows(tmp_path: Path) -> None:
    blocks = (
        [(k / 10, 0.1) for k in range(8)] + [(0.4 + k / 10, 0.3) for k in range(4)] + [(0.8 + k / 10, 0.5) for k in range(8)]
    )
    sound = decode_sound(probe(_with_pcm(tmp_path / "v.mkv", blocks))).full
    assert _levels(sound, 0.2, 0.5, 0.7, 0.9, 1.4, 1.8) == [0.1, 0.3, 0.3, 0.5, 0.5, 0]


def test_a_single_wrong_stamp_only_costs_its_own_sound(tmp_path: Path) -> None:
    blocks = [(1.9 if k == 5 else k / 10, 0.2) for k in range(15)]
    sound = decode_sound(probe(_with_pcm(tmp_path / "v.mkv", blocks))).full
    assert _levels(sound, 0.3, 0.55, 0.8, 1.3, 1.7) == [0.2, 0, 0.2, 0.2, 0]


def test_sound_that_needs_no_resampling_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "v.mkv"
    samples = np.stack([tone(440, 1.0), tone(880, 1.0)])
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio: Any = container.add_stream("pcm_f32le", rate=FULL_HZ, layout="stereo")
        for k in range(10):
            picture = av.VideoFrame.from_ndarray(texture(1, width=64, height=64), format="bgr24")
            picture.pts = k
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        block = av.AudioFrame.from_ndarray(samples.T.reshape(1, -1).copy(), format="flt", layout="stereo")
        block.sample_rate, block.pts, block.time_base = FULL_HZ, 0, Fraction(1, FULL_HZ)
        container.mux(audio.encode(block))
    assert np.array_equal(decode_sound(probe(path)).full, samples.T)


def _unknown_codec(path: Path) -> Path:
    write_clip(path, [texture(1)] * 30, fps=Fraction(20), sound=tone(300, 1.5))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"A_AAC", b"A_NEW", 1))
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(_unknown_codec, "the file's sound track uses a codec that can't be decoded here", id="unknown codec"),
        pytest.param(lambda path: _with_pcm(path, []), "the file's sound track is empty", id="empty track"),
        pytest.param(lambda path: write_clip(path, [texture(1)] * 30), "the file has no sound track", id="no track"),
    ],
)
def test_a_video_without_sound_that_can_be_heard_is_analyzed_without(make: Any, reason: str, tmp_path: Path) -> None:
    engines = [engine for engine in default_engines() if engine.spec.name in {"audio", "visuals"}]
    analysis = analyze(make(tmp_path / "v.mkv"), engines=engines)
    assert not analysis.video.has_audio
    assert analysis.audio is None
    assert analysis.engines[EngineName.AUDIO].reason == reason
    assert analysis.visuals


def test_a_damaged_sound_track_refuses_the_video(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "v.mkv", [texture(1)] * 30, fps=Fraction(20), sound=tone(300, 1.5))
    data = bytearray(path.read_bytes())
    for at, size in _sound_packets(path):
        data[at + 4 : at + 4 + size] = b"\xff" * size
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput) as refused:
        decode_sound(probe(path))
    assert refused.value.reason is FailureReason.CORRUPT_FILE
