"""Onsets, tempo and beats from spectral flux, in numpy and scipy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, uniform_filter1d
from scipy.signal import find_peaks

from services.analyzer.sound import SPEECH_HZ, Samples

NOVELTY_HZ = 100
HOP, WINDOW = SPEECH_HZ // NOVELTY_HZ, 512
LOW_BINS = slice(1, 5)
"""31 to 125 Hz: kick and bass, which carry the beat while hats and voices divide it."""
LOW_WEIGHT, MULTIPLES = 2.0, 4
MIN_BPM, MAX_BPM, PRIOR_BPM, PRIOR_OCTAVES = 60.0, 214.0, 125.0, 0.8
LAGS = np.arange(int(NOVELTY_HZ * 60 / MAX_BPM), int(NOVELTY_HZ * 60 / MIN_BPM) + 1)
MIN_TEMPO_S, MIN_SALIENCE = 4.0, 0.17
TIGHTNESS = 100.0
PARAMETERS = {
    "novelty_hz": NOVELTY_HZ, "window": WINDOW, "low_bins": [LOW_BINS.start, LOW_BINS.stop], "low_weight": LOW_WEIGHT,
    "multiples": MULTIPLES, "bpm": [MIN_BPM, MAX_BPM], "prior_bpm": PRIOR_BPM, "prior_octaves": PRIOR_OCTAVES,
    "min_tempo_s": MIN_TEMPO_S, "min_salience": MIN_SALIENCE, "tightness": TIGHTNESS,
}  # fmt: skip
"""On 60 generated pieces, half beneath a voice, the weight on the low band and the comb of four multiples lift tempi that are
right to 4 % from 24 to 48 of 60; all but one of the rest are half or double. Salience is at most 0.14 for noise and for
voices of 10 s and more, at least 0.17 for music."""
Curve = NDArray[np.float64]


@dataclass(frozen=True)
class Novelty:
    """Half-wave rectified spectral flux of log magnitudes, 100 values per second; value k lies at k / 100 s."""

    full: Curve
    low: Curve

    @property
    def beat(self) -> Curve:
        """Both bands, each in its own spread, the low one counting double."""
        spread, deep = float(self.full.std()), float(self.low.std())
        curve = self.full / spread if spread > 0 else self.full
        return np.asarray(curve + (LOW_WEIGHT * self.low / deep if deep > 0 else 0.0))


def novelty(mono: Samples) -> Novelty:
    """The flux of 16 kHz samples."""
    padded = np.pad(mono, (WINDOW // 2, WINDOW))
    count = max(1, len(mono) // HOP)
    rows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP]
    spectrum = np.log1p(100 * np.abs(np.fft.rfft(rows * np.hanning(WINDOW).astype(np.float32), axis=1)))
    flux = np.maximum(np.diff(spectrum, axis=0, prepend=spectrum[:1]), 0)
    return Novelty(np.asarray(flux.mean(axis=1), np.float64), np.asarray(flux[:, LOW_BINS].mean(axis=1), np.float64))


def onsets(curve: Curve) -> list[float]:
    """Times in seconds of the peaks that stand out of their surroundings by 0.1 (about a note's attack)."""
    if len(curve) < 3:
        return []
    around = uniform_filter1d(curve, 41, mode="constant")
    peaks, _ = find_peaks(curve - around, height=0.1, distance=5)
    return [round(float(k) / NOVELTY_HZ, 3) for k in peaks]


def tempo(curve: Curve) -> float | None:
    """Beats per minute: the lag at which the curve repeats itself once, twice, three and four times, near 125 among equals.

    None without a clear beat, or under 4 s.
    """
    if len(curve) < MIN_TEMPO_S * NOVELTY_HZ or not np.any(curve > 0):
        return None
    repeats = autocorrelation(curve)
    scores = comb(repeats)
    if scores.max() < MIN_SALIENCE:
        return None
    prior = np.exp(-0.5 * (np.log2(60 * NOVELTY_HZ / LAGS / PRIOR_BPM) / PRIOR_OCTAVES) ** 2)
    best = int(LAGS[np.argmax(np.maximum(scores, 0) * prior)])
    return round(60 * NOVELTY_HZ / _exact(repeats, best), 1)


def salience(curve: Curve) -> float:
    """How well the curve repeats itself at its best tempo, 1 at most; 0 under 4 s or where nothing happens."""
    if len(curve) < MIN_TEMPO_S * NOVELTY_HZ or not np.any(curve > 0):
        return 0.0
    return max(0.0, float(comb(autocorrelation(curve)).max()))


def autocorrelation(curve: Curve) -> Curve:
    """Normalized, 1 at lag 0; long lags are raised to what they would be over the whole curve, fourfold at most."""
    centred = curve - curve.mean()
    count = len(centred)
    raw = np.fft.irfft(np.abs(np.fft.rfft(centred, 2 * count)) ** 2)[:count]
    return np.asarray(raw / max(1e-12, float(raw[0])) * count / np.maximum(count - np.arange(count), count / 4))


def comb(repeats: Curve) -> Curve:
    """Mean autocorrelation at each of LAGS and its multiples (there the best of three neighbours); 0 beyond the end."""
    total = repeats[LAGS].copy()
    padded = np.concatenate([repeats, np.zeros(int(LAGS[-1]) * MULTIPLES + 2)])
    for multiple in range(2, MULTIPLES + 1):
        total += np.maximum.reduce([padded[LAGS * multiple + shift] for shift in (-1, 0, 1)])
    return np.asarray(total / MULTIPLES)


def _exact(repeats: Curve, lag: int) -> float:
    """The lag to a fraction: from the peak at its fourth multiple where the curve reaches that far, else its own."""
    multiple = MULTIPLES if lag * MULTIPLES + 4 < len(repeats) else 1
    near = np.arange(lag * multiple - multiple + 1, lag * multiple + multiple)
    peak = int(near[np.argmax(repeats[near])])
    return (peak + _vertex(repeats[peak - 1 : peak + 2])) / multiple


def _vertex(three: Curve) -> float:
    """Where between three values the parabola through them peaks, as an offset from the middle one."""
    left, middle, right = (float(v) for v in three)
    bend = left - 2 * middle + right
    return 0.0 if bend >= 0 else max(-0.5, min(0.5, 0.5 * (left - right) / bend))


def beats(curve: Curve, bpm: float) -> list[float]:
    """Beat times in seconds: the evenly spaced chain through the strongest values (dynamic programming, Ellis 2007)."""
    period = 60 * NOVELTY_HZ / bpm
    strength = gaussian_filter1d(curve / max(1e-12, float(curve.std())), period / 32)
    lags = np.arange(round(period / 2), round(2 * period) + 1)
    cost = -TIGHTNESS * np.log(lags / period) ** 2
    score, link = strength.copy(), np.full(len(curve), -1)
    block = int(lags[0])  # values this far apart don't depend on each other
    for start in range(block, len(curve), block):
        at = np.arange(start, min(start + block, len(curve)))
        before = at[:, None] - lags
        chains = np.where(before >= 0, score[np.maximum(before, 0)] + cost, -np.inf)
        best = chains.argmax(axis=1)
        value = chains[np.arange(len(at)), best]
        better = value > 0
        score[at[better]] += value[better]
        link[at[better]] = at[better] - lags[best[better]]
    return [round(k / NOVELTY_HZ, 3) for k in _chain(score, link, lags[-1], strength)]


def _chain(score: Curve, link: NDArray[np.int64], reach: int, strength: Curve) -> list[int]:
    """The best chain back from the end, without weak beats at either end (under half the beats' own mean strength)."""
    tail = len(score) - min(len(score), int(reach))
    chain = [tail + int(np.argmax(score[tail:]))]
    while link[chain[-1]] >= 0:
        chain.append(int(link[chain[-1]]))
    chain.reverse()
    strong = np.flatnonzero(strength[chain] >= 0.5 * strength[chain].mean())
    return chain[int(strong[0]) : int(strong[-1]) + 1]
