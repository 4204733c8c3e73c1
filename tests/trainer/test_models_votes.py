import numpy as np

from services.trainer.models import fit_models
from services.trainer.rules import rules_of


def test_a_cluster_rule_points_from_the_worst_cluster_to_the_best_with_its_threshold_between_them() -> None:
    """Few worst rows are low, the best are in the middle, many poor ones are high: over all rows the goal falls."""
    sizes = [8, 12, 20]
    values = np.tile(np.repeat([0.0, 10.0, 20.0], sizes)[:, None], (1, 6))
    goal = np.repeat([0.0, 5.0, 0.6], sizes) + np.random.default_rng(0).normal(0, 0.05, 40)
    assert np.corrcoef(values[:, 0], goal)[0, 1] < 0
    clusters = fit_models(values, goal, seed=0)[-1]
    rules = rules_of(clusters, values)
    assert rules
    assert all(rule.direction == 1 and 0 <= rule.threshold <= 10 for rule in rules.values())
