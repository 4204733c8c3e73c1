import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from services.trainer.effects import Adjustment, interval_of
from services.trainer.grouping import Likeness
from services.trainer.ranks import benjamini_hochberg, normal_scores, spearman, spearman_matrix, weighted_spearman

_numbers = st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=5, max_size=40)


@given(_numbers, st.integers(0, 2**32 - 1))
def test_spearman_agrees_with_scipy_and_ignores_monotone_transforms(values: list[float], seed: int) -> None:
    x = np.array(values)
    y = np.random.default_rng(seed).normal(size=len(x))
    if np.ptp(x) == 0:
        assert spearman(x, y) == 0
        return
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
    assert spearman(np.arctan(x) * 5 + x * 3, y) == pytest.approx(spearman(x, y), abs=1e-9)


def test_missing_cells_are_left_out_pair_by_pair() -> None:
    x = np.array([1, 2, np.nan, 4, 5, 3.0])
    y = np.array([2, 1, 9, 4, 5, 3.0])
    seen = ~np.isnan(x)
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x[seen], y[seen]).statistic)
    assert spearman_matrix(np.column_stack([y, y]))[0, 1] == pytest.approx(1)
    assert normal_scores(x)[2] == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_benjamini_hochberg_agrees_with_scipy(p_values: list[float]) -> None:
    np.testing.assert_allclose(benjamini_hochberg(np.array(p_values)), stats.false_discovery_control(p_values), atol=1e-12)


def test_the_bootstrap_interval_covers_the_true_correlation_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    true = 6 / np.pi * np.arcsin(0.25)
    hits = 0
    for _ in range(200):
        x, noise = rng.normal(size=(2, 50))
        low, high = interval_of(x, 0.5 * x + np.sqrt(0.75) * noise, None, rng=rng, resamples=300)
        hits += low <= true <= high
    assert 0.89 <= hits / 200 <= 0.99


def test_the_interval_is_wider_when_rows_come_from_few_creators() -> None:
    """Eight creators with ten rows each, feature and target both the creator's: the rows say little more than eight would."""
    rng = np.random.default_rng(3)
    own = rng.normal(size=(2, 8)).repeat(10, axis=1) + 0.3 * rng.normal(size=(2, 80))
    groups = [f"c{row // 10}" for row in range(80)]
    alone = interval_of(own[0], own[1], None, rng=rng, resamples=400)
    together = interval_of(own[0], own[1], groups, rng=rng, resamples=400)
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])


@given(st.integers(0, 2**32 - 1))
def test_a_weighted_rank_correlation_is_that_of_the_repeated_rows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, 6, size=(2, 15)).astype(float)
    times = rng.integers(0, 3, size=(1, 15))
    expected = spearman(x.repeat(times[0]), y.repeat(times[0]))
    assert weighted_spearman(x, y, times.astype(float))[0] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.integers(0, 1000))
def test_removing_the_likeness_undoes_the_covariance_of_groups(size: int, seed: int) -> None:
    groups = [f"c{row // size}" for row in range(24)]
    codes = np.array([row // size for row in range(24)])
    offsets = np.random.default_rng(seed).normal(size=24)[codes]
    like = Likeness.of(2 * offsets + np.random.default_rng(seed + 1).normal(size=24), groups)
    covariance = np.where(codes[:, None] == codes, like.share, 0.0) + (1 - like.share) * np.eye(24)
    matrix = like.removed(np.eye(24))
    np.testing.assert_allclose(matrix @ covariance @ matrix.T, np.eye(24), atol=1e-9)


def test_likeness_is_estimated_near_its_truth_and_not_from_rows_of_their_own() -> None:
    rng = np.random.default_rng(8)
    groups = [f"c{row // 4}" for row in range(400)]
    target = rng.normal(size=100).repeat(4) + rng.normal(size=400)
    assert Likeness.of(target, groups).share == pytest.approx(0.5, abs=0.12)
    assert Likeness.of(target, None).share == 0
    assert Likeness.of(target, [str(row) for row in range(400)]).share == 0


@pytest.mark.parametrize(
    ("with_it", "limit", "explained"),
    [(0.4, 0.05, False), (0.4, 0.001, False), (0.35, 0.05, False), (0.35, 0.001, True), (0.2, 0.05, True), (-0.4, 0.05, True)],
)
def test_a_confounder_explains_what_halves_turns_or_shrinks_to_what_could_be_chance(
    with_it: float, limit: float, explained: bool
) -> None:
    assert Adjustment("followers", 0.5, with_it, p_value=0.01, limit=limit).explains is explained
