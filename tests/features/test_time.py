"""Windows, intervals and curves: properties over any input."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.features.absent import NotDefined
from services.features.correlation import correlation
from services.features.curve import Curve
from services.features.grid import Grid
from services.features.intervals import complement, gaps, inside, intersect, length, merge, near, share
from services.features.series import busiest, front_back
from services.features.windows import Windows

durations = st.floats(min_value=0.01, max_value=200)
spans = st.lists(st.tuples(st.floats(0, 100), st.floats(0.001, 50)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=12)


@given(durations)
def test_hook_and_closing_never_overlap_and_stay_inside(duration_s: float) -> None:
    windows = Windows(duration_s)
    assert 0 == windows.hook[0] < windows.hook[1] <= windows.closing[0] < windows.closing[1] == duration_s
    assert windows.hook[1] <= 3
    assert duration_s - windows.closing[0] <= 3 + 1e-9


@given(durations)
def test_hook_middle_and_closing_cover_the_clip_once(duration_s: float) -> None:
    windows = Windows(duration_s)
    parts = [windows.hook, windows.closing]
    try:
        parts.insert(1, windows.middle)
    except NotDefined:
        assert duration_s <= 6 + 1e-9
    assert parts[0][1] == pytest.approx(parts[1][0])
    assert sum(end - start for start, end in parts) == pytest.approx(duration_s)


@pytest.mark.parametrize(
    ("duration_s", "hook", "closing"),
    [(5.0, (0, 2.5), (2.5, 5)), (6.0, (0, 3), (3, 6)), (6.001, (0, 3), (3.001, 6.001)), (119.0, (0, 3), (116, 119))],
)
def test_the_rule_at_its_limit(duration_s: float, hook: tuple[float, float], closing: tuple[float, float]) -> None:
    windows = Windows(duration_s)
    assert windows.hook == pytest.approx(hook)
    assert windows.closing == pytest.approx(closing)


@pytest.mark.parametrize(
    ("duration_s", "count"),
    [(5.0, 0), (8.999, 0), (9.0, 2), (15.0, 2), (15.9, 2), (16.0, 3), (30.9, 3), (31.0, 4), (119.0, 4), (120.9, 4), (300.0, 4)],
)
def test_the_number_of_segments_follows_the_bucket(duration_s: float, count: int) -> None:
    windows = Windows(duration_s)
    assert windows.segment_count == count
    with pytest.raises(NotDefined, match=f"has {count or 'no'} segments"):
        windows.segment(count + 1)


@given(st.floats(min_value=9, max_value=130))
def test_segments_cover_the_middle_once_and_are_equally_long(duration_s: float) -> None:
    windows = Windows(duration_s)
    segments = [windows.segment(number) for number in range(1, windows.segment_count + 1)]
    edges = [segments[0][0], *(end for _, end in segments)]
    assert (edges[0], edges[-1]) == windows.middle
    assert all(left[1] == right[0] for left, right in pairwise(segments))
    assert max(b - a for a, b in segments) - min(b - a for a, b in segments) < 1e-9


@given(durations, st.lists(st.floats(0, 200), max_size=20))
def test_thirds_share_every_moment_out(duration_s: float, times: list[float]) -> None:
    windows = Windows(duration_s)
    whole = inside(times, windows.whole)
    thirds = (windows.first_third, windows.middle_third, windows.last_third)
    assert sum(len(inside(times, third)) for third in thirds) == len(whole)


@given(spans)
def test_a_union_is_sorted_apart_and_as_long_as_its_gaps_leave(some: list[tuple[float, float]]) -> None:
    merged = merge(some)
    assert all(a[1] < b[0] for a, b in pairwise(merged))
    if merged:
        assert length(some) + length(gaps(some)) == pytest.approx(merged[-1][1] - merged[0][0])


@given(spans, spans, st.floats(1, 150))
def test_shares_are_shares(left: list[tuple[float, float]], right: list[tuple[float, float]], end_s: float) -> None:
    window = (0.0, end_s)
    assert 0 <= share(left, window) <= 1 + 1e-12
    assert share(left, window) + share(complement(left, window), window) == pytest.approx(1)
    both = length(intersect(left, right))
    assert both <= min(length(left), length(right)) + 1e-9
    assert both == pytest.approx(length(intersect(right, left)))


values = st.lists(st.floats(-100, 100), min_size=1, max_size=30)


def _held(samples: Iterable[tuple[float, float | None]], duration_s: float, *, name: str) -> Curve:
    times, measured = zip(*samples, strict=True)
    return Curve.over(Grid.of(times, duration_s), measured, name)


@given(values, st.floats(1, 60))
def test_a_curve_lies_between_its_extremes(some: list[float], duration_s: float) -> None:
    step = duration_s / len(some)
    curve = _held(((i * step, value) for i, value in enumerate(some)), duration_s, name="x")
    assert curve.measured_s == pytest.approx(duration_s)
    lowest = min(value for _, _, value in curve.cells)
    assert lowest - 1e-9 <= curve.mean() <= curve.maximum() + 1e-9
    assert lowest <= curve.quantile(0.1) <= curve.quantile(0.9) <= curve.maximum()
    assert curve.spread() <= (curve.maximum() - lowest) / 2 + 1e-9


@given(values)
def test_a_curve_goes_with_itself_and_against_its_mirror(some: list[float]) -> None:
    curve = _held(enumerate(some), float(len(some)), name="x")
    mirror = _held(((i, -value) for i, value in enumerate(some)), float(len(some)), name="y")
    try:
        assert correlation(curve, curve) == pytest.approx(1)
        assert correlation(curve, mirror) == pytest.approx(-1)
    except NotDefined:
        assert curve.spread() < 1e-5


@given(values, st.floats(0, 20), st.floats(0.1, 20))
def test_a_mean_in_a_window_is_that_of_the_curve_cut_to_it(some: list[float], start_s: float, length_s: float) -> None:
    curve = _held(((i, value if value > -50 else None) for i, value in enumerate(some)), float(len(some)), name="x")
    window = (start_s, start_s + length_s)
    try:
        assert curve.mean_in(window) == pytest.approx(curve.inside((window,)).mean(), abs=1e-6)
    except NotDefined:
        assert curve.inside([window]).measured_s < 1e-6


@given(st.lists(st.integers(0, 2), min_size=1, max_size=30))
def test_a_curve_switches_where_its_runs_end(codes: list[int]) -> None:
    curve = _held(((float(i), float(code)) for i, code in enumerate(codes)), float(len(codes)), name="x")
    ends = [float(i) for i, (before, after) in enumerate(pairwise(codes), start=1) if before != after]
    assert curve.switches(0.5) == tuple(ends)
    assert curve.measured_s == pytest.approx(sum(curve.seconds_at(code) for code in range(3)))


def test_a_value_that_does_not_hold_is_no_switch() -> None:
    cells = ((0.0, 2.0, 1.0), (2.0, 2.5, 2.0), (2.5, 5.0, 1.0), (7.0, 9.0, 2.0))
    assert Curve.of(cells, "x").switches(0.75) == (7.0,)


@given(st.lists(st.floats(0, 60), max_size=30).map(sorted), st.floats(-1, 61), st.floats(0, 2))
def test_near_is_near_to_any(times: list[float], t_s: float, tolerance_s: float) -> None:
    gaps_s = [abs(other - t_s) - tolerance_s for other in times]
    if all(abs(gap) > 1e-6 for gap in gaps_s):
        assert near(times, t_s, tolerance_s) == any(gap < 0 for gap in gaps_s)


def test_what_was_not_measured_has_no_value() -> None:
    curve = _held([(0.0, 1.0), (1.0, None), (2.0, 3.0)], 4.0, name="smile")
    assert curve.mean() == pytest.approx((1 + 3 + 3) / 3)
    with pytest.raises(NotDefined, match=r"no smile was measured from 1\.0 to 2\.0 s"):
        curve.mean_in((1.0, 2.0))


@given(st.lists(st.floats(0, 60), max_size=30).map(sorted), st.floats(0.5, 5))
def test_no_window_holds_more_than_the_busiest(times: list[float], window_s: float) -> None:
    start, most = busiest(times, window_s)
    assert most == max((sum(t <= other < t + window_s for other in times) for t in times), default=0)
    assert most == len(inside(times, (start, start + window_s)))


@pytest.mark.parametrize(
    ("times", "course"),
    [((), "even"), ((1,), "front_loaded"), ((9,), "back_loaded"), ((1, 9), "even"), ((1, 2, 3, 8, 9), "front_loaded")],
)
def test_front_or_back(times: tuple[float, ...], course: str) -> None:
    assert front_back(times, 10.0) == course
