"""Loudness after ITU-R BS.1770-4 and EBU Tech 3342, of a 48 kHz track: momentary, integrated, and its range.

The two filters are the standard's own coefficients: a full-scale 997 Hz sine in one channel reads -3.01 LUFS to 0.01, where
pyloudnorm's approximation of the filters reads -3.05 in four times the time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from services.analyzer.sound import FULL_HZ, Samples

FLOOR_LUFS = -90.0
K_WEIGHTING = np.array([
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
    [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
])  # fmt: skip
"""BS.1770-4, tables 1 and 2: the head's shelf and the high-pass, for 48 kHz."""
BIN_S, MOMENTARY_S, HOP_S, SHORT_S, SHORT_HOP_S = 0.005, 0.4, 0.1, 3.0, 0.1
ABSOLUTE_GATE, INTEGRATED_GATE, RANGE_GATE, LOW, HIGH = -70.0, -10.0, -20.0, 10, 95
PARAMETERS = {
    "floor_lufs": FLOOR_LUFS, "k_weighting": K_WEIGHTING.tolist(),
    "windows_s": [BIN_S, MOMENTARY_S, HOP_S, SHORT_S, SHORT_HOP_S],
    "gates": [ABSOLUTE_GATE, INTEGRATED_GATE, RANGE_GATE], "range": [LOW, HIGH],
}  # fmt: skip
Curve = NDArray[np.float64]


@dataclass(frozen=True)
class Loudness:
    """`momentary` has one value per step, at least FLOOR_LUFS; None where the track is too short or too quiet to say."""

    momentary: tuple[float, ...] | None
    integrated: float | None
    range_lu: float | None


def loudness(full: Samples, step_s: float) -> Loudness:
    """Measure samples of shape (n, 1 or 2).

    Momentary values cover 0.4 s around the middle of each step, moved inside at the ends; the range needs 3 s of sound.
    """
    sums = _cumulated_power(full)
    steps = -(-len(full) // round(step_s * FULL_HZ))
    return Loudness(_momentary(sums, steps, step_s), _integrated(sums), _range(sums))


def _cumulated_power(full: Samples) -> Curve:
    """K-weighted mean square per 5 ms, summed over the channels and cumulated, with a leading 0."""
    size = round(BIN_S * FULL_HZ)
    count = len(full) // size
    power = np.zeros(count)
    for channel in full.T:
        weighted = sosfilt(K_WEIGHTING, channel.astype(np.float64))[: count * size]
        power += np.square(weighted).reshape(count, size).mean(axis=1)
    return np.concatenate([[0.0], np.cumsum(power)])


def _blocks(sums: Curve, starts: NDArray[np.int64], seconds: float) -> Curve:
    """Mean square of the blocks of this length that start at these 5 ms bins."""
    size = round(seconds / BIN_S)
    return np.asarray(np.maximum(0.0, sums[starts + size] - sums[starts]) / size)


def _every(sums: Curve, seconds: float, hop_s: float) -> NDArray[np.int64]:
    """The starts of all whole blocks."""
    return np.arange(0, len(sums) - round(seconds / BIN_S), round(hop_s / BIN_S))


def _lufs(power: Curve) -> Curve:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))


def _momentary(sums: Curve, steps: int, step_s: float) -> tuple[float, ...] | None:
    last = len(sums) - 1 - round(MOMENTARY_S / BIN_S)
    if last < 0:
        return None
    starts = np.rint((np.arange(steps) + 0.5) * step_s / BIN_S - MOMENTARY_S / BIN_S / 2).astype(np.int64)
    values = _lufs(_blocks(sums, np.clip(starts, 0, last), MOMENTARY_S))
    return tuple(round(max(FLOOR_LUFS, float(value)), 2) for value in values)


def _integrated(sums: Curve) -> float | None:
    """Mean of the 0.4 s blocks (75 % overlap) above -70 LUFS that are no more than 10 LU below the mean of those."""
    blocks = _blocks(sums, _every(sums, MOMENTARY_S, HOP_S), MOMENTARY_S)
    loud = blocks[_lufs(blocks) >= ABSOLUTE_GATE]
    if not len(loud):
        return None
    gated = loud[_lufs(loud) > _lufs(loud.mean()) + INTEGRATED_GATE]
    return round(float(_lufs(gated.mean())), 2)


def _range(sums: Curve) -> float | None:
    """Tech 3342: 10th to 95th percentile of the 3 s blocks no more than 20 LU below the mean of those above -70 LUFS."""
    blocks = _blocks(sums, _every(sums, SHORT_S, SHORT_HOP_S), SHORT_S)
    loud = blocks[_lufs(blocks) >= ABSOLUTE_GATE]
    if not len(loud):
        return None
    levels = _lufs(loud[_lufs(loud) >= _lufs(loud.mean()) + RANGE_GATE])
    return round(float(np.percentile(levels, HIGH) - np.percentile(levels, LOW)), 2)
