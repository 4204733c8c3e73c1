"""What is printed of shuffled labels says how many shuffles it rests on and how far chance moves it."""

from dataclasses import replace

import numpy as np
import pytest

from services.trainer.learn import ShuffledLabels, sample_of, shuffled_labels
from services.trainer.models import regressors
from services.trainer.quality import prepare
from services.trainer.scoring import held_out, shuffled
from services.trainer.validation import plan
from tests.trainer.tables import QUICK, planted, table


@pytest.mark.parametrize("rows", [25, 36, 50])
def test_a_shuffled_baseline_rests_on_twenty_shuffles_or_more(rows: int) -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(rows, 6))
    goal = 3 * values[:, 0] + rng.normal(size=rows)
    tree, folds = regressors(rows, 0)["decision_tree"], plan(rows, None, 0)
    blind = shuffled(tree, values, goal, folds, seed=0, shuffles=20)
    assert blind.count >= 20
    assert blind.r2 < 0.2 < held_out(tree, values, goal, folds).r2
    assert (blind.r2_range is None) == (blind.count == len(folds.folds))
    if blind.r2_range and blind.spearman_range:
        assert blind.r2_range[0] < blind.r2 < blind.r2_range[1]
        assert -1 <= blind.spearman_range[0] < blind.spearman < blind.spearman_range[1] <= 1


def test_the_rate_of_patterns_on_shuffled_labels_has_the_interval_of_a_poisson_mean() -> None:
    """Garwood's table: no event, up to 3.689; three events, 0.6187 to 8.767."""
    assert ShuffledLabels((0,) * 20).interval == pytest.approx((0.0, 3.689 / 20), abs=1e-4)
    seen = ShuffledLabels((0, 2, 0, 1))
    assert seen.rate == 0.75
    assert seen.interval == pytest.approx((0.6187 / 4, 8.767 / 4), abs=1e-3)


def test_runs_on_shuffled_labels_hold_confounders_as_the_procedure_does() -> None:
    """A confounder that goes with every feature explains whatever a shuffle shows."""
    data = table(planted(rows=30, strength=0.0, seed=4))
    sample, goal = sample_of(prepare(data), data), np.log(data.target)
    told = replace(sample, confounders={"everything": sample.design.scores})
    assert shuffled_labels(sample, goal, seed=4, draws=QUICK, shuffles=3).rate > 0
    assert shuffled_labels(told, goal, seed=4, draws=QUICK, shuffles=3).rate == 0
