"""Figures of models rest on rows the model had not seen, whatever the plan of validation."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import RandomForestRegressor
from sklearn.pipeline import make_pipeline

from services.trainer.scoring import held_out
from services.trainer.validation import plan, timed, untimed


def _forest_on(rows: int, seed: int, *, strength: float) -> tuple[float, float]:
    """R squared of a small forest and of its baseline on a table of 10 columns, the first of which moves the goal."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 10))
    goal = strength * values[:, 0] + rng.normal(size=rows)
    made = held_out(
        lambda: make_pipeline(RandomForestRegressor(n_estimators=10, random_state=0)), values, goal, plan(rows, None, seed)
    )
    return made.r2, made.baseline_r2


@pytest.mark.parametrize("rows", [25, 36])
def test_on_noise_no_model_beats_the_baseline_and_on_an_effect_it_does(rows: int) -> None:
    noise = np.array([_forest_on(rows, seed, strength=0.0) for seed in range(4)])
    effect = np.array([_forest_on(rows, seed, strength=3.0) for seed in range(2)])
    assert noise[:, 0].mean() < noise[:, 1].mean() + 0.05 < 0.05
    assert effect[:, 0].mean() > 0.3


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 80), st.integers(2, 40), st.integers(0, 5))
def test_no_plan_judges_a_row_by_a_model_that_saw_it_or_its_creator(rows: int, creators: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = [f"c{creator}" for creator in rng.integers(creators, size=rows)]
    made = plan(rows, groups, seed)
    kept_together = "groups kept together" in made.sentence or "leave one group out" in made.sentence
    judged: Counter[int] = Counter()
    for train, test in made.folds:
        assert not set(train.tolist()) & set(test.tolist())
        assert not kept_together or not {groups[row] for row in train} & {groups[row] for row in test}
        judged.update(test.tolist())
    assert set(judged) == set(range(rows))


def test_the_plan_adapts_to_the_number_of_rows() -> None:
    words = [plan(rows, None, 0).sentence for rows in (50, 30, 20, 19)]
    assert words[0] == "5-fold cross-validation"
    assert words[1] == "3-fold cross-validation"
    assert words[2].startswith("bootstrap")
    assert words[3] == "leave one row out"
    assert plan(60, [f"c{row // 2}" for row in range(60)], 0).sentence == "5-fold cross-validation, groups kept together"
    assert plan(60, ["a", "b"] * 30, 0).sentence == "5-fold cross-validation"


def test_in_order_of_time_every_row_is_judged_by_models_of_earlier_rows_only() -> None:
    times = np.random.default_rng(0).permutation(50).astype(float)
    made = timed(times)
    assert made is not None
    for train, test in made.folds:
        assert times[train].max() < times[test].min()
    assert sorted(times[np.concatenate([test for _, test in made.folds])]) == list(range(20, 50))


@pytest.mark.parametrize(
    ("times", "why"),
    [
        (np.arange(39.0), "there are 39 rows, and at least 40 are needed"),
        (np.r_[np.nan, np.arange(49.0)], "1 of 50 rows have no time"),
        (np.repeat([1.0, 2.0], 25), "too many rows have the same time"),
    ],
)
def test_where_there_is_no_order_to_judge_by_the_reason_is_said(times: np.ndarray, why: str) -> None:
    assert timed(times) is None
    assert why in str(untimed(times))


def test_rows_without_times_are_not_missing_an_order() -> None:
    assert timed(None) is None
    assert untimed(np.arange(40.0)) is None
