from dataclasses import replace

import numpy as np
import pytest

from services.trainer.audience import celebrities
from services.trainer.confounders import unheld
from services.trainer.discovery import Resampling
from services.trainer.procedure import sentences
from services.trainer.quality import prepare
from services.trainer.table import Table
from shared.contracts.findings import Check


def _table(values: np.ndarray, target: np.ndarray) -> Table:
    names = tuple(f"f{column:02d}" for column in range(values.shape[1]))
    ids = tuple(f"v{row:03d}" for row in range(len(target)))
    return Table(ids=ids, target_name="er", target=target, names=names, values=values)


def _codes(found: tuple[Check, ...]) -> dict[str, str]:
    return {check.code: check.sentence for check in found}


def test_gaps_that_go_with_the_target_are_named_and_chance_gaps_are_not() -> None:
    rng = np.random.default_rng(0)
    values, target = rng.normal(size=(40, 9)), rng.normal(size=40)
    values[rng.random(40) < 0.3, 2] = np.nan
    assert "RUM018" not in _codes(prepare(_table(values, target)).checks)
    values[target < np.quantile(target, 0.3), 5] = np.nan
    assert "1 column whose gaps go with the target" in _codes(prepare(_table(values, target)).checks)["RUM018"]


def test_unknown_followers_and_few_known_views_make_no_celebrity() -> None:
    unknown = np.array([np.nan, 2e6, 10.0])
    assert celebrities(3, None, unknown).tolist() == [False, True, False]
    assert not celebrities(3, np.array([1.0, 2.0, 1e9]), None).any()


def test_a_column_made_of_the_target_is_named_and_kept() -> None:
    rng = np.random.default_rng(0)
    values, target = rng.normal(size=(40, 9)), np.exp(rng.normal(size=40))
    assert "RUM022" not in _codes(prepare(_table(values, target)).checks)
    values[:, 3] = target * np.exp(0.1 * rng.normal(size=40))
    made = prepare(_table(values, target))
    assert "f03. What is computed from the outcome" in _codes(made.checks)["RUM022"]
    assert "f03" in made.names


@pytest.mark.parametrize(
    ("followers", "times", "words"),
    [
        (np.r_[np.full(10, np.nan), np.arange(30.0)], None, "followers held fixed: they are known in 30 of 40 rows, under 80%"),
        (None, np.full(40, 1e9), "posting times held fixed: they are the same in all rows"),
    ],
)
def test_what_is_given_and_can_not_be_held_is_said(followers: np.ndarray | None, times: np.ndarray | None, words: str) -> None:
    table = replace(_table(np.ones((40, 9)), np.arange(40.0)), followers=followers, times=times)
    assert words in _codes(tuple(unheld(table)))["RUM023"]
    assert not unheld(replace(table, followers=np.arange(40.0), times=np.arange(40.0)))


def test_weights_and_confounders_that_are_not_held_are_told_as_they_are() -> None:
    told = " ".join(sentences(40, 9, "er", Resampling(), weighted=True))
    assert "effects, p, q and the figures of the models count every row alike" in told
    assert "No confounder was held fixed" in told
    assert "weights" not in " ".join(sentences(40, 9, "er", Resampling(), held=["followers"]))
