"""Sampling by time: no duration and no frame rate leaves a stretch unseen."""

from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.sampling import AGAIN_S, HELD_S, Picker, again, choose, coverage, stretch

RATES = [Fraction(24000, 1001), 24, 25, Fraction(30000, 1001), 30, 50, Fraction(60000, 1001)]


def _times(duration_s: float, fps: float) -> list[float]:
    return [round(k / fps, 6) for k in range(max(1, round(duration_s * fps)))]


@given(duration_s=st.floats(0.2, 120), fps=st.sampled_from(RATES), rate_hz=st.sampled_from([1.0, 2.0, 3.0, 5.0]))
def test_constant_rate_is_covered_from_the_first_to_the_last_frame(duration_s: float, fps: Fraction, rate_hz: float) -> None:
    times = _times(duration_s, float(fps))
    chosen = choose(times, rate_hz)
    assert (chosen[0], chosen[-1]) == (times[0], times[-1])
    assert set(chosen) <= set(times)
    assert max((b - a for a, b in pairwise(chosen)), default=0) <= 1 / rate_hz + 1 / float(fps) + 1e-5


@given(st.lists(st.floats(0.005, 1.5), min_size=1, max_size=200), st.sampled_from([1.0, 2.0, 3.0]))
def test_variable_rate_is_covered_as_well_as_its_frames_allow(steps: list[float], rate_hz: float) -> None:
    times = [0.0, *(round(t, 6) for t in accumulate(steps))]
    chosen = choose(times, rate_hz)
    assert (chosen[0], chosen[-1]) == (times[0], times[-1])
    assert max(b - a for a, b in pairwise(chosen)) <= 1 / rate_hz + max(steps) + 1e-5


@pytest.mark.parametrize("fps", [float(rate) for rate in RATES])
@pytest.mark.parametrize("duration_s", [0.2, 1, 7, 25, 45, 59, 60, 79.9, 99, 120])
def test_first_and_last_second_are_seen(duration_s: float, fps: float) -> None:
    seen = coverage(choose(_times(duration_s, fps), 2.0), duration_s)
    assert seen is not None
    assert seen.first_s == 0
    assert duration_s - seen.last_s < 2 / fps
    assert seen.largest_gap_s <= 0.5 + 1 / fps + 0.001


def test_one_frame_is_one_sample() -> None:
    assert choose([0.0], 2.0) == (0.0,)


@given(st.sets(st.integers(0, 299), max_size=120))
def test_frames_that_do_not_decode_are_replaced_by_the_next(lost: set[int]) -> None:
    times = _times(10, 30)
    chosen = choose(times, 3.0)
    picker = Picker(chosen)
    taken = [t for k, t in enumerate(times) if k not in lost and picker.wants(t)]
    assert set(chosen) - {times[k] for k in lost} <= set(taken)
    assert len(taken) <= len(chosen)


@given(st.lists(st.floats(0.005, 9), max_size=30), st.floats(0.005, 9))
def test_a_frame_can_be_looked_at_again_while_it_is_shown_and_never_longer(steps: list[float], last_s: float) -> None:
    times = [0.0, *(round(t, 6) for t in accumulate(steps))]
    duration_s = times[-1] + last_s
    looks = {t: (t, *again(times, t, duration_s)) for t in times}
    for shown, until in pairwise([*times, duration_s]):
        assert all(a < b for a, b in pairwise([*looks[shown], until]))
        assert len(looks[shown]) == 1 or until - shown > HELD_S
    whole = [look for shown in times for look in looks[shown]]
    seen = coverage(choose(whole, 2.0), duration_s)
    assert seen is not None
    assert seen.largest_gap_s <= max(0.5 + AGAIN_S, HELD_S + 0.5) + 0.002


def test_coverage_counts_the_unseen_ends() -> None:
    seen = coverage([1.0, 1.5, 4.0], 10.0)
    assert seen is not None
    assert (seen.first_s, seen.last_s, seen.largest_gap_s, seen.samples) == (1.0, 4.0, 6.0, 3)
    assert coverage([], 10.0) is None


def test_what_the_last_sample_shows_lasts_to_the_end_only_where_that_was_seen() -> None:
    times = [0.0, 0.5, 1.0, 1.5]
    assert stretch(times, 0, 3, 2.25) == (0.0, 2.25)
    assert stretch(times, 2, 3, 2.26) == (0.75, 1.75)
    assert stretch(times, 1, 2, 9.0) == (0.25, 1.25)
    assert stretch([1.0, 1.5, 2.0], 0, 0, 2.1) == (0.75, 1.25), "nor does the first one back to a start that was lost"
    assert stretch([0.0], 0, 0, 3.0) == (0.0, 3.0), "a single frame is all there is"


@given(st.lists(st.floats(0.005, 1.5), max_size=60), st.floats(0.001, 2.0), st.data())
def test_a_stretch_holds_its_samples_and_no_others(steps: list[float], after_s: float, data: st.DataObject) -> None:
    times = [0.0, *(round(t, 6) for t in accumulate(steps))]
    first = data.draw(st.integers(0, len(times) - 1))
    last = data.draw(st.integers(first, len(times) - 1))
    start, end = stretch(times, first, last, times[-1] + after_s)
    assert [t for t in times if start <= t <= end] == times[first : last + 1]
    assert 0 <= start < end <= times[-1] + after_s
