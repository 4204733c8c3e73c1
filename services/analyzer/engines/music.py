"""Where music plays, speech over it included: a proxy from held tones and from a pulse, not a trained detector.

Held tones: partials that stay at one frequency for 2 s, as notes and chords do and voices and noise don't (continuous
frequency activation, Seyerlehner et al. 2007). Pulse: how much 8 s of onsets repeat themselves (see `rhythm.comb`). A hum or
a test tone passes for music; unpitched sound without a pulse doesn't.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from services.analyzer.engines import rhythm
from services.analyzer.sound import SPEECH_HZ, Samples
from shared.contracts.spans import Interval

STEP_S, WINDOW, HOP, AROUND, ABOVE_DB, FLOOR_DB = 0.5, 1024, 256, 21, 6.0, -30.0
BANDS, STRONGEST, HELD_S, TONE_S, PULSE_S = slice(4, 320), 5, 2.0, 4.0, 8.0
PULSE_WEIGHT, PULSE_MOST, THRESHOLD, GAP_S, SHORTEST_S = 1.2, 0.4, 0.82, 2.0, 3.0
PARAMETERS = {
    "step_s": STEP_S, "window": WINDOW, "hop": HOP, "around": AROUND, "above_db": ABOVE_DB, "floor_db": FLOOR_DB,
    "bands": [BANDS.start, BANDS.stop], "strongest": STRONGEST, "held_s": HELD_S, "tone_s": TONE_S, "pulse_s": PULSE_S,
    "pulse_weight": PULSE_WEIGHT, "pulse_most": PULSE_MOST, "threshold": THRESHOLD, "gap_s": GAP_S, "shortest_s": SHORTEST_S,
}  # fmt: skip
Curve = NDArray[np.float64]


def stretches(mono: Samples, onset: Curve, silences: Sequence[Interval], duration_s: float) -> tuple[Interval, ...]:
    """Stretches of at least 3 s on a grid of 0.5 s; `mono` is 16 kHz, `onset` is `Novelty.beat`. Silences are cut out."""
    middles = np.arange(0, duration_s, STEP_S) + STEP_S / 2
    pulse = np.minimum(pulses(onset, middles), PULSE_MOST)
    playing = tones(mono, middles) + PULSE_WEIGHT * pulse >= THRESHOLD
    quiet = np.zeros(len(middles), bool)
    for silence in silences:
        quiet |= (middles >= silence.start_s) & (middles < silence.end_s)
    runs = _runs(playing & ~quiet)
    joined = [run for run in _joined(runs, quiet) if (run[1] - run[0]) * STEP_S >= min(SHORTEST_S, duration_s / 2)]
    return tuple(Interval(start_s=a * STEP_S, end_s=min(b * STEP_S, duration_s)) for a, b in joined)


def tones(mono: Samples, at_s: Curve) -> Curve:
    """Share of the last and next second in which the five steadiest partials sound, averaged over 4 s; 0 to 1 per time."""
    count = max(1, len(mono) // HOP)
    rows = np.lib.stride_tricks.sliding_window_view(np.pad(mono, (WINDOW // 2, WINDOW)), WINDOW)[: count * HOP : HOP]
    level = 20 * np.log10(np.abs(np.fft.rfft(rows * np.hanning(WINDOW).astype(np.float32), axis=1)) + 1e-4)
    stands_out = level - uniform_filter1d(level, AROUND, axis=1, mode="nearest") > ABOVE_DB
    active = (stands_out & (level > FLOOR_DB))[:, BANDS].astype(np.float32)
    held = uniform_filter1d(active, round(HELD_S * SPEECH_HZ / HOP), axis=0, mode="nearest")
    steady = np.partition(held, -STRONGEST, axis=1)[:, -STRONGEST:].mean(axis=1)
    smooth = uniform_filter1d(steady, round(TONE_S * SPEECH_HZ / HOP), mode="nearest")
    return np.asarray(smooth[np.minimum((at_s * SPEECH_HZ / HOP).astype(int), count - 1)], np.float64)


def pulses(onset: Curve, at_s: Curve) -> Curve:
    """How well the onsets in the 8 s around each time repeat themselves at some tempo; 0 where there are under 4 s of them."""
    size = round(PULSE_S * rhythm.NOVELTY_HZ)
    starts = np.clip((at_s * rhythm.NOVELTY_HZ - size / 2).astype(int), 0, max(0, len(onset) - size))
    known = {int(start): rhythm.salience(onset[start : start + size]) for start in np.unique(starts)}
    return np.array([known[int(start)] for start in starts])


def _runs(playing: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], playing.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _joined(runs: list[tuple[int, int]], quiet: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs with gaps of up to 2 s between them are one, unless the gap is silent."""
    out: list[tuple[int, int]] = []
    for a, b in runs:
        if out and (a - out[-1][1]) * STEP_S <= GAP_S and not quiet[out[-1][1] : a].any():
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out
