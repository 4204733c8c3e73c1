"""The fundamental frequency of whatever sounds, by the normalized square difference function (McLeod and Wyvill 2005)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from services.analyzer.sound import SPEECH_HZ, Samples
from shared.contracts.analysis import VoicePitch
from shared.contracts.spans import Interval

HOP_S, WINDOW_S, LOW_HZ, HIGH_HZ = 0.02, 0.05, 60.0, 400.0
HIGH_PASS_HZ = 150.0
VOICED, FIRST, QUIET_DB, MIN_VOICED_S, CHUNK = 0.85, 0.9, -50.0, 0.5, 512
PARAMETERS = {
    "hop_s": HOP_S, "window_s": WINDOW_S, "hz": [LOW_HZ, HIGH_HZ], "high_pass_hz": HIGH_PASS_HZ,
    "voiced": VOICED, "first": FIRST, "quiet_db": QUIET_DB, "min_voiced_s": MIN_VOICED_S, "chunk": CHUNK,
}  # fmt: skip
_HZ = SPEECH_HZ // 2
_HIGH_PASS = butter(4, HIGH_PASS_HZ, "highpass", fs=_HZ, output="sos")
"""Takes kick and bass away and leaves a voice its harmonics, whose common period is its pitch. Over music 4 dB below the voice,
frames wrong by more than 20 % fall from 27 % to 0.5 % and the median pitch errs by 1.6 % instead of 10 % (30 babbles)."""
Curve = NDArray[np.float64]


def fundamentals(mono: Samples) -> tuple[float, ...]:
    """Hz per 0.02 s of 16 kHz samples, value k around (k + 0.5) * 0.02 s; 0 where nothing periodic sounds.

    Periodic is a frame whose likeness to itself one period later reaches 0.85 within 60 to 400 Hz; of several periods
    nearly as good (0.9 of the best) the shortest counts. It may be a voice or an instrument.
    """
    size, hop = round(WINDOW_S * _HZ), round(HOP_S * _HZ)
    halved = sosfilt(_HIGH_PASS, mono[: len(mono) // 2 * 2].reshape(-1, 2).mean(axis=1))
    count = len(halved) // hop
    lead = (size - hop) // 2
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(halved, (lead, size)), size)[: count * hop : hop]
    found = [_of(frames[k : k + CHUNK].astype(np.float64)) for k in range(0, count, CHUNK)]
    return tuple(round(float(hz), 1) for part in found for hz in part)


def _of(frames: Curve) -> Curve:
    """One chunk of frames."""
    shortest, longest = int(_HZ / HIGH_HZ), int(np.ceil(_HZ / LOW_HZ))
    likeness = _likeness(frames - frames.mean(axis=1, keepdims=True), longest + 1)
    inner = likeness[:, shortest : longest + 1]
    peaks = (inner >= likeness[:, shortest - 1 : longest]) & (inner > likeness[:, shortest + 1 : longest + 2])
    heights = np.where(peaks, inner, 0.0)
    best = heights.max(axis=1)
    lag = shortest + np.argmax(heights >= FIRST * best[:, None], axis=1)
    rows = np.arange(len(frames))
    left, middle, right = (likeness[rows, lag + shift] for shift in (-1, 0, 1))
    bend = np.minimum(left - 2 * middle + right, -1e-9)
    exact = lag + np.clip(0.5 * (left - right) / bend, -0.5, 0.5)
    loud = np.square(frames).mean(axis=1) > 10 ** (QUIET_DB / 10)
    return np.where((best >= VOICED) & loud, _HZ / exact, 0.0)


def _likeness(frames: Curve, longest: int) -> Curve:
    """Normalized square difference per lag 0..longest: 1 where a frame repeats itself, whatever its level."""
    size = frames.shape[1]
    spectrum = np.fft.rfft(frames, 2 * size, axis=1)
    products = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : longest + 1]
    energy = np.cumsum(np.square(frames), axis=1)
    lags = np.arange(longest + 1)
    head = energy[:, size - 1 - lags]
    tail = energy[:, -1:] - np.concatenate([np.zeros((len(frames), 1)), energy[:, :longest]], axis=1)
    return np.asarray(2 * products / np.maximum(head + tail, 1e-12))


def voice_pitch(hz: Sequence[float] | None, speech: Sequence[Interval] | None) -> VoicePitch | None:
    """Over the periodic frames of what another engine heard as speech: music alone never counts as a voice.

    None where either was not looked for, or where such frames make less than 0.5 s.
    """
    if hz is None or speech is None:
        return None
    middles = (np.arange(len(hz)) + 0.5) * HOP_S
    within = np.zeros(len(hz), bool)
    for segment in speech:
        within |= (middles >= segment.start_s) & (middles < segment.end_s)
    voiced = np.asarray(hz)[within & (np.asarray(hz) > 0)]
    if len(voiced) * HOP_S < MIN_VOICED_S:
        return None
    low, median, high = (round(float(v), 1) for v in np.percentile(voiced, (10, 50, 90)))
    return VoicePitch(median_hz=median, low_hz=low, high_hz=high, voiced_s=round(len(voiced) * HOP_S, 2))
