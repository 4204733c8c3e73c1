"""The rules of the four models in one form: above or below a threshold of a feature, the target is higher."""

from dataclasses import dataclass

import numpy as np

from services.trainer.models import Fitted
from services.trainer.ranks import FloatArray


@dataclass(frozen=True)
class Rule:
    """`direction` is 1 where the model's predictions are higher above the threshold, -1 where they are lower."""

    direction: int
    threshold: float


def rules_of(model: Fitted, values: FloatArray) -> dict[int, Rule]:
    """The rule of every top feature of a model, in the units of the values (n, p) it was fitted on.

    Trees and forests split a feature at several values: theirs is the median over the splits, weighted by the rows that pass.
    Clusters are told apart half-way between the centre of the best and that of the worst; a linear model knows no threshold,
    and is stated at the median.
    """
    cuts = {"random_forest": _splits, "decision_tree": _splits, "kmeans": _between_centres}
    found = cuts[model.name](model, values) if model.name in cuts else {}
    return {
        feature: Rule(direction, found.get(feature, float(np.nanmedian(values[:, feature]))))
        for feature, direction in model.votes().items()
        if direction
    }


def _splits(model: Fitted, _: FloatArray) -> dict[int, float]:
    trees = [tree.tree_ for tree in getattr(model.pipeline[-1], "estimators_", [model.pipeline[-1]])]
    feature = np.concatenate([tree.feature for tree in trees])
    threshold, rows = (np.concatenate([getattr(tree, name) for tree in trees]) for name in ("threshold", "n_node_samples"))
    scaler = model.pipeline[-2]
    cuts = {}
    for column in range(len(model.scores)):
        own = feature == column
        if own.any():
            middle = _weighted_median(threshold[own], rows[own])
            cuts[column] = float(middle * scaler.scale_[column] + scaler.center_[column])
    return cuts


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values, kind="stable")
    passed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(passed, passed[-1] / 2)])


def _between_centres(model: Fitted, values: FloatArray) -> dict[int, float]:
    """Centres are scaled percentiles: half-way between two of them is a percentile, and so a value."""
    if model.extremes is None:
        return {}
    best, worst = model.extremes
    kept = model.pipeline[-2].get_support(indices=True)
    centres, scaler = model.pipeline[-1].cluster_centers_, model.pipeline[-3][-1]
    middle = (centres[best] + centres[worst]) / 2 * scaler.scale_[kept] + scaler.center_[kept]
    return {
        int(column): float(np.nanquantile(values[:, column], np.clip(share, 0, 1)))
        for column, share in zip(kept, middle, strict=True)
        if column < len(model.scores)
    }
