"""Loudness against the signals of EBU Tech 3341 and 3342, which state what a meter must read, and against another meter."""

from collections.abc import Sequence

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.engines.loudness import loudness
from services.analyzer.sound import FULL_HZ, Samples

STEP_S = 0.25


def _tones(parts: Sequence[tuple[float, float]], *, hz: float = 1000.0, channels: int = 2) -> Samples:
    """A sine in every channel with (peak in dBFS, seconds) one after the other."""
    gains = np.concatenate([np.full(round(seconds * FULL_HZ), 10 ** (level / 20)) for level, seconds in parts])
    tone = gains * np.sin(2 * np.pi * hz * np.arange(len(gains)) / FULL_HZ)
    return np.repeat(tone[:, None], channels, axis=1).astype(np.float32)


def test_a_full_scale_sine_in_one_channel_reads_minus_3_01() -> None:
    assert loudness(_tones([(0, 5)], hz=997, channels=1), STEP_S).integrated == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_the_integrated_loudness_of_ebu_tech_3341(parts: list[tuple[float, float]], expected: float) -> None:
    assert loudness(_tones(parts), STEP_S).integrated == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-20, 20), (-30, 20)], 10.0),
        ([(-20, 20), (-15, 20)], 5.0),
        ([(-40, 20), (-20, 20)], 20.0),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15.0),
    ],
)
def test_the_loudness_range_of_ebu_tech_3342(parts: list[tuple[float, float]], expected: float) -> None:
    assert loudness(_tones(parts), STEP_S).range_lu == pytest.approx(expected, abs=1.0)


def test_momentary_loudness_follows_the_level_with_0_4_s() -> None:
    measured = loudness(_tones([(-23, 1), (-33, 1)]), STEP_S).momentary
    assert len(measured) == 8
    assert measured[:3] == pytest.approx([-23] * 3, abs=0.1)
    assert measured[5:] == pytest.approx([-33] * 3, abs=0.1)
    assert -33 < measured[4] < measured[3] < -23


def test_too_short_or_silent_is_not_said() -> None:
    short = loudness(_tones([(-23, 0.3)]), STEP_S)
    assert (short.momentary, short.integrated, short.range_lu) == (None, None, None)
    silent = loudness(np.zeros((FULL_HZ * 4, 1), np.float32), STEP_S)
    assert (silent.integrated, silent.range_lu) == (None, None)
    assert set(silent.momentary) == {-90.0}
    assert loudness(_tones([(-23, 2)]), STEP_S).range_lu is None


@given(st.integers(0, 1000), st.integers(4, 40), st.integers(1, 2))
def test_another_meter_agrees(seed: int, tenths: int, channels: int) -> None:
    rng = np.random.default_rng(seed)
    samples = (rng.standard_normal((tenths * FULL_HZ // 10, channels)) * rng.uniform(0.02, 0.2)).astype(np.float32)
    theirs = pyloudnorm.Meter(FULL_HZ).integrated_loudness(samples.astype(np.float64))
    assert loudness(samples, STEP_S).integrated == pytest.approx(theirs, abs=0.15)
