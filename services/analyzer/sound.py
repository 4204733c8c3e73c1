"""Decodes the sound track once: 16 kHz mono for speech, 48 kHz for loudness, aligned with the first displayed frame."""

from collections.abc import Iterator
from dataclasses import dataclass

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from services.analyzer.probe import Probe, open_container
from shared.contracts.failure import FailureReason
from shared.errors import BadInput

Samples = NDArray[np.float32]
SPEECH_HZ, FULL_HZ = 16_000, 48_000
GAP_S = 0.1


@dataclass(frozen=True)
class SoundTrack:
    """Samples in -1..1 from 0 s to the video's end, padded with silence where the track is shorter.

    `speech` is 16 kHz mono, shape (n,); `full` is 48 kHz, shape (n, channels) with one or two channels.
    """

    speech: Samples
    full: Samples
    duration_s: float


def decode_sound(probe: Probe) -> SoundTrack:
    """Decode the first sound track. Raises BadInput (corrupt_file) when it holds no sample that decodes."""
    with open_container(probe.path) as container:
        stream = container.streams.audio[0]
        layout = "mono" if stream.codec_context.channels == 1 else "stereo"
        speech, full = _Track(SPEECH_HZ, "mono"), _Track(FULL_HZ, layout)
        start: float | None = None
        expected = 0.0
        for frame in _frames(container, stream):
            at = frame.time if frame.time is not None else expected
            if start is None:
                start = at
            elif at - expected > GAP_S:
                speech.silence(at - expected)
                full.silence(at - expected)
            expected = at + frame.samples / frame.sample_rate
            speech.add(frame)
            full.add(frame)
    if start is None:
        raise BadInput(FailureReason.CORRUPT_FILE, f"No sound of {probe.path.name} can be decoded: its sound track is damaged.")
    offset, duration = start - probe.origin_s, probe.info.duration_s
    return SoundTrack(speech.fit(offset, duration)[:, 0], full.fit(offset, duration), duration)


def _frames(container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
    try:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                continue  # one damaged packet: the gap is filled with silence
    except av.error.FFmpegError:
        return  # a damaged tail: the video stream was already judged by the probe


class _Track:
    """Collects one resampled version of the track."""

    def __init__(self, rate: int, layout: str) -> None:
        self._rate, self._channels = rate, 1 if layout == "mono" else 2
        self._resampler = AudioResampler(format="flt", layout=layout, rate=rate)
        self._parts: list[Samples] = []

    def add(self, frame: av.AudioFrame | None) -> None:
        for out in self._resampler.resample(frame):
            self._parts.append(out.to_ndarray().astype(np.float32).reshape(-1, self._channels))

    def silence(self, seconds: float) -> None:
        self._parts.append(np.zeros((round(seconds * self._rate), self._channels), np.float32))

    def fit(self, offset_s: float, duration_s: float) -> Samples:
        """Everything between 0 s and `duration_s`, when the first sample lies at `offset_s`."""
        self.add(None)
        samples = np.concatenate(self._parts)
        skip = round(offset_s * self._rate)
        samples = samples[-skip:] if skip < 0 else np.concatenate([np.zeros((skip, self._channels), np.float32), samples])
        wanted = round(duration_s * self._rate)
        missing = max(0, wanted - len(samples))
        return np.concatenate([samples[:wanted], np.zeros((missing, self._channels), np.float32)])
