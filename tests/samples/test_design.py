"""The planted design: balanced, nearly uncorrelated, and the only thing that moves engagement."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from samples.design import Range, correlation, make_design
from samples.make import DEFAULT_SEED
from samples.storyboard import NUISANCE, PLANTED

SEEDS = (DEFAULT_SEED, 1, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_knobs_are_spread_evenly_and_uncorrelated(seed: int) -> None:
    design = make_design(PLANTED, NUISANCE, count=32, seed=seed)
    matrix = np.corrcoef(list(design.planted.values()))
    assert np.abs(matrix[np.triu_indices(3, 1)]).max() < 0.15
    for name, values in design.planted.items():
        assert np.allclose(np.sort(values), PLANTED[name][0].spread(32))


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_knobs_explain_their_share_of_log_engagement(seed: int) -> None:
    design = make_design(PLANTED, NUISANCE, count=32, seed=seed)
    target = np.log(design.engagement_rate)
    columns = np.column_stack([np.ones(32), *design.planted.values()])
    residual = target - columns @ np.linalg.lstsq(columns, target, rcond=None)[0]
    shares = sum(effect.share for _, effect in PLANTED.values())
    assert 1 - residual.var() / target.var() == pytest.approx(shares, abs=0.03)
    for name, (_, effect) in PLANTED.items():
        assert correlation(design.planted[name], target) * effect.sign > 0.35


@pytest.mark.parametrize("seed", SEEDS)
def test_other_knobs_say_nothing_about_engagement_or_the_planted_ones(seed: int) -> None:
    design = make_design(PLANTED, NUISANCE, count=32, seed=seed)
    for values in design.nuisance.values():
        for other in (design.engagement_rate, *design.planted.values()):
            assert abs(correlation(values, other)) < 0.25


def test_the_same_seed_gives_the_same_design_and_another_seed_another() -> None:
    one, same, other = (make_design(PLANTED, NUISANCE, count=12, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(one.engagement_rate, same.engagement_rate)
    assert not np.array_equal(one.engagement_rate, other.engagement_rate)


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_few_videos_still_get_a_design(count: int) -> None:
    design = make_design(PLANTED, NUISANCE, count=count, seed=3)
    assert design.engagement_rate.shape == (count,)
    assert (design.engagement_rate > 0).all()


@given(st.lists(st.integers(0, 6), min_size=3, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_correlation_is_spearmans(values: list[int], random: object) -> None:
    other = list(values)
    random.shuffle(other)  # type: ignore[attr-defined]
    expected = spearmanr(values, other).statistic if len(set(values)) > 1 else 0.0
    assert correlation(np.array(values, float), np.array(other, float)) == pytest.approx(expected, abs=1e-9)


def test_a_log_range_spreads_over_orders_of_magnitude() -> None:
    values = Range(10, 1000, log=True).spread(4)
    assert np.allclose(np.diff(np.log10(values)), 0.5)
