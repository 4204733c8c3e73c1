"""The sound track of a sample video: a synthetic beat, sentences laid over it, and silence where nothing plays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from samples.voice import SPEECH_RATE_HZ, Samples

SOUND_RATE_HZ = 44100
_SPEECH_PEAK = 0.5
_CHORD_HZ = (110.0, 130.8, 98.0, 146.8)


@dataclass(frozen=True)
class Music:
    """A beat: tempo in beats per minute, level in dBFS (RMS of the bed), and the stretch in seconds in which it plays."""

    tempo_bpm: float
    level_db: float
    start_s: float
    end_s: float
    seed: int


@dataclass(frozen=True)
class Speech:
    """One spoken sentence and when it starts, in seconds."""

    start_s: float
    samples: Samples

    @property
    def end_s(self) -> float:
        """When it ends."""
        return self.start_s + len(self.samples) / SPEECH_RATE_HZ


def mix(duration_s: float, music: Music | None, speech: Sequence[Speech]) -> npt.NDArray[np.int16]:
    """The track as mono 16-bit samples at 44100 Hz, exactly `duration_s` long."""
    track = np.zeros(round(duration_s * SOUND_RATE_HZ), np.float32)
    if music is not None:
        begin, end = (round(second * SOUND_RATE_HZ) for second in (music.start_s, music.end_s))
        bed = _beat(music, len(track[begin:end]))
        track[begin:end] += bed
    for sentence in speech:
        voice = resample_poly(sentence.samples, SOUND_RATE_HZ, SPEECH_RATE_HZ).astype(np.float32)
        voice *= _SPEECH_PEAK / max(float(np.abs(voice).max()), 1e-6)
        begin = round(sentence.start_s * SOUND_RATE_HZ)
        part = track[begin : begin + len(voice)]
        part += voice[: len(part)]
    return np.asarray(np.clip(track, -0.98, 0.98) * 32767, np.int16)


def _beat(music: Music, length: int) -> Samples:
    random = np.random.default_rng(music.seed)
    bed = _bass(length, music.tempo_bpm)
    period = 60.0 / music.tempo_bpm
    kick, hat = _kick(), _hat(random)
    for index in range(int(length / SOUND_RATE_HZ / period) + 1):
        _add(bed, kick, index * period)
        _add(bed, hat, (index + 0.5) * period)
    gain = 10 ** (music.level_db / 20) / max(float(np.sqrt(np.mean(bed**2))), 1e-6)
    return np.clip(bed * gain, -0.7, 0.7)


def _bass(length: int, tempo_bpm: float) -> Samples:
    seconds = np.arange(length, dtype=np.float64) / SOUND_RATE_HZ
    bar = (seconds * tempo_bpm / 240.0).astype(int) % len(_CHORD_HZ)
    phase = 2 * np.pi * np.cumsum(np.take(_CHORD_HZ, bar)) / SOUND_RATE_HZ
    return np.asarray(0.12 * np.sin(phase) + 0.06 * np.sin(2 * phase), np.float32)


def _kick() -> Samples:
    seconds = np.arange(int(0.16 * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    sweep = np.sin(2 * np.pi * (55 + 60 * np.exp(-seconds * 30)) * seconds)
    return np.asarray(0.9 * sweep * np.exp(-seconds * 22), np.float32)


def _hat(random: np.random.Generator) -> Samples:
    seconds = np.arange(int(0.05 * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    return np.asarray(0.2 * random.standard_normal(len(seconds)) * np.exp(-seconds * 90), np.float32)


def _add(bed: Samples, sound: Samples, at_s: float) -> None:
    part = bed[round(at_s * SOUND_RATE_HZ) :][: len(sound)]
    part += sound[: len(part)]
