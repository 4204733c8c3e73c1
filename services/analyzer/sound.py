"""Decodes the sound track once: 16 kHz mono for speech, 48 kHz for loudness, aligned with the first displayed frame."""

from collections.abc import Iterator
from dataclasses import dataclass

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from services.analyzer.media import decoded, open_container, packets, reading, sound_stream
from services.analyzer.probe import Probe
from shared.contracts.failure import FailureReason
from shared.errors import BadInput

Samples = NDArray[np.float32]
SPEECH_HZ, FULL_HZ = 16_000, 48_000
GAP_S = 0.1
"""Time stamps that disagree with the samples by more are believed: the sound jumps to where they say."""


@dataclass(frozen=True)
class SoundTrack:
    """Samples in -1..1 from 0 s to the video's end, padded with silence where the track is shorter.

    `speech` is 16 kHz mono, shape (n,); `full` is 48 kHz, shape (n, channels) with one or two channels.
    """

    speech: Samples
    full: Samples
    duration_s: float


def decode_sound(probe: Probe) -> SoundTrack:
    """Decode the first sound track. Raises BadInput (corrupt_file) when it holds no sample that decodes.

    Every stretch lies where its time stamps say: a gap stays silent, and where they run backwards the later stretch counts.
    """
    name, duration = probe.path.name, probe.info.duration_s
    with open_container(probe.path) as container:
        stream = sound_stream(container)
        if stream is None:
            raise BadInput(FailureReason.CORRUPT_FILE, f"{name} has no sound track that can be decoded.")
        with reading(name):
            layout = "mono" if stream.codec_context.channels == 1 else "stereo"
            tracks = [_Track(SPEECH_HZ, "mono", duration), _Track(FULL_HZ, layout, duration)]
            heard = _fill(tracks, _frames(container, stream, name), probe.origin_s)
    if not heard:
        raise BadInput(FailureReason.CORRUPT_FILE, f"No sound of {name} can be decoded: its sound track is damaged.")
    speech, full = tracks
    return SoundTrack(speech.samples[:, 0], full.samples, duration)


def _frames(container: av.container.InputContainer, stream: av.AudioStream, name: str) -> Iterator[av.AudioFrame]:
    for packet in packets(container, name, stream):
        yield from decoded(packet, name) or ()


def _fill(tracks: "list[_Track]", frames: Iterator[av.AudioFrame], origin_s: float) -> bool:
    """Put every frame where it belongs; False when there was none. A new format, layout or rate needs new resamplers."""
    setup, end_s = None, origin_s
    for frame in frames:
        at_s = end_s if frame.time is None else frame.time
        if setup is None or abs(at_s - end_s) > GAP_S:
            end_s = at_s
            for track in tracks:
                track.jump(at_s - origin_s)
        elif setup != _setup(frame):
            for track in tracks:
                track.jump(end_s - origin_s)
        setup = _setup(frame)
        end_s += frame.samples / frame.sample_rate
        for track in tracks:
            track.add(frame)
    for track in tracks:
        track.add(None)
    return setup is not None


def _setup(frame: av.AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


class _Track:
    """One resampled version of the track, from 0 s to the video's end: silence where nothing was added."""

    def __init__(self, rate: int, layout: str, duration_s: float) -> None:
        self._rate, self._layout = rate, layout
        self.samples: Samples = np.zeros((round(duration_s * rate), 1 if layout == "mono" else 2), np.float32)
        self._at = 0
        self._resampler: AudioResampler | None = None

    def jump(self, to_s: float) -> None:
        """What comes next starts at `to_s`, which may lie outside the video."""
        self.add(None)
        self._at = round(to_s * self._rate)
        self._resampler = AudioResampler(format="flt", layout=self._layout, rate=self._rate)

    def add(self, frame: av.AudioFrame | None) -> None:
        """The next frame, or the rest that the resampler holds back."""
        for out in self._resampler.resample(frame) if self._resampler else ():
            if out is not None:  # all that a resampler with nothing to do has to give at the end
                self._paint(out.to_ndarray().astype(np.float32).reshape(-1, self.samples.shape[1]))

    def _paint(self, part: Samples) -> None:
        start, stop = max(0, self._at), min(len(self.samples), self._at + len(part))
        if start < stop:
            self.samples[start:stop] = part[start - self._at : stop - self._at]
        self._at += len(part)
