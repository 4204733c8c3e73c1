import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from services.trainer.ranks import normal_scores
from services.trainer.scale import FARTHEST, ModelScale, logarithm, target_scores

RNG = np.random.default_rng(0)
NORMAL = RNG.normal(size=60)


def test_engagement_is_seen_by_its_logarithm_whatever_its_unit() -> None:
    scores = target_scores(np.exp(NORMAL))
    assert np.corrcoef(scores, np.clip(NORMAL, -2.5, 2.5))[0, 1] > 0.995
    np.testing.assert_allclose(scores, target_scores(1000 * np.exp(NORMAL)), atol=1e-9)


def test_a_symmetric_target_is_seen_as_it_is() -> None:
    assert np.corrcoef(target_scores(20 + NORMAL), NORMAL)[0, 1] > 0.995
    assert np.corrcoef(target_scores(NORMAL), NORMAL)[0, 1] > 0.995


def test_a_target_that_is_normal_on_neither_scale_is_seen_by_its_order() -> None:
    tailed = np.concatenate([NORMAL[:40] * 0.01, [-50.0, -40, -30, -20, 20, 30, 40, 50, 60, 70]])
    np.testing.assert_allclose(target_scores(tailed), normal_scores(tailed), atol=1e-12)


def test_an_extreme_row_weighs_no_more_than_a_good_one_and_rows_aside_nothing() -> None:
    viral = np.exp(NORMAL)
    viral[3] = 1e9
    assert target_scores(viral)[3] <= 2 * FARTHEST
    aside = np.arange(60) == 3
    scores = target_scores(viral, aside)
    assert scores[3] == 0
    np.testing.assert_allclose(scores[~aside], target_scores(viral[~aside]), atol=1e-12)


def test_a_zero_does_not_turn_the_logarithm_off() -> None:
    logs = logarithm(np.array([0.0, 2.0, 4.0]))
    assert logs is not None
    np.testing.assert_allclose(logs, np.log([1.0, 2.0, 4.0]))
    assert logarithm(np.array([-1.0, 2.0])) is None
    assert logarithm(np.zeros(3)) is None


def test_mostly_equal_values_are_seen_by_their_order() -> None:
    target = np.array([1.0] * 29 + [2.0])
    np.testing.assert_allclose(target_scores(target), normal_scores(target), atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(arrays(float, st.integers(8, 40), elements=st.integers(-1000, 10_000).map(float)))
def test_scores_keep_the_order_are_centred_and_bounded(target: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    scores = target_scores(target)
    assert abs(scores.mean()) < 1e-9
    assert np.ptp(scores) <= 2 * FARTHEST + 1e-9
    assert (np.diff(scores[np.argsort(target)]) >= -1e-9).all()


def test_one_zero_does_not_take_the_logarithm_from_the_models() -> None:
    target = np.exp(NORMAL)
    target[5] = 0.0
    scale = ModelScale.of(target)
    assert scale.logarithm
    assert scale.values(target)[5] == pytest.approx(np.log(np.delete(target, 5).min() / 2))
    np.testing.assert_allclose(np.delete(scale.values(target), 5), np.delete(np.log(np.maximum(target, 1e-9)), 5))


@given(arrays(float, st.integers(8, 40), elements=st.integers(0, 10_000).map(float)), st.sampled_from(["views", "like_rate"]))
def test_every_target_comes_back_from_the_models_scale(target: np.ndarray[tuple[int], np.dtype[np.float64]], name: str) -> None:
    scale = ModelScale.of(target, name)
    back = [scale.target(float(value)) for value in scale.values(target)]
    np.testing.assert_allclose(back, target, rtol=1e-9)


def test_a_rate_is_predicted_between_nothing_and_all_and_a_count_is_not_bounded() -> None:
    rates, counts = np.exp(NORMAL - 3), np.exp(NORMAL + 3)
    assert ModelScale.of(rates, "engagement_rate").target(0.1) == 1.0
    assert ModelScale.of(np.array([0.1, 0.2, 0.3]), "share").target(-0.1) == 0.0
    assert ModelScale.of(counts, "views").target(9.0) == pytest.approx(np.exp(9.0))
    assert ModelScale.of(counts, "rate").target(9.0) == pytest.approx(np.exp(9.0))
