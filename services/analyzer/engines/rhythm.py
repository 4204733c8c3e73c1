"""Onsets and tempo from spectral flux, in numpy and scipy only."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import find_peaks

from services.analyzer.sound import SPEECH_HZ, Samples

NOVELTY_HZ = 100
HOP, WINDOW = SPEECH_HZ // NOVELTY_HZ, 512
MIN_BPM, MAX_BPM, PRIOR_BPM = 60.0, 200.0, 120.0
MIN_TEMPO_S, MIN_SALIENCE = 4.0, 0.15
Curve = NDArray[np.float64]


def novelty(mono: Samples) -> Curve:
    """Half-wave rectified spectral flux of log magnitudes, 100 values per second; value k lies at k / 100 s."""
    padded = np.pad(mono, (WINDOW // 2, WINDOW))
    count = max(1, len(mono) // HOP)
    rows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP]
    spectrum = np.log1p(100 * np.abs(np.fft.rfft(rows * np.hanning(WINDOW).astype(np.float32), axis=1)))
    flux = np.maximum(np.diff(spectrum, axis=0, prepend=spectrum[:1]), 0).mean(axis=1)
    return np.asarray(flux, np.float64)


def onsets(curve: Curve) -> list[float]:
    """Times in seconds of the peaks that stand out of their surroundings by 0.1 (about a note's attack)."""
    if len(curve) < 3:
        return []
    around = uniform_filter1d(curve, 41, mode="constant")
    peaks, _ = find_peaks(curve - around, height=0.1, distance=5)
    return [round(float(k) / NOVELTY_HZ, 3) for k in peaks]


def tempo(curve: Curve) -> float | None:
    """Beats per minute from the autocorrelation of the novelty, nearest to 120 among equals; None without a clear beat."""
    if len(curve) < MIN_TEMPO_S * NOVELTY_HZ or not np.any(curve > 0):
        return None
    centred = curve - curve.mean()
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[: len(centred)]
    lags = np.arange(int(NOVELTY_HZ * 60 / MAX_BPM), int(NOVELTY_HZ * 60 / MIN_BPM) + 1)
    prior = np.exp(-0.5 * (np.log2(60 * NOVELTY_HZ / lags / PRIOR_BPM) / 0.9) ** 2)
    best = int(lags[np.argmax(correlation[lags] * prior)])
    if correlation[best] < MIN_SALIENCE * correlation[0]:
        return None
    return round(60 * NOVELTY_HZ / (best + _vertex(correlation[best - 1 : best + 2])), 1)


def _vertex(three: Curve) -> float:
    """Where between three values the parabola through them peaks, as an offset from the middle one."""
    left, middle, right = (float(v) for v in three)
    bend = left - 2 * middle + right
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, 0.5 * (left - right) / bend))
