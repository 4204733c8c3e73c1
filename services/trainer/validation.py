"""Out-of-fold figures of the regression models beside a baseline; how many folds depends on the number of rows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import Pipeline

from services.trainer.ranks import FloatArray, spearman
from services.trainer.weighted import fit_weighted

Folds = list[tuple[NDArray[np.int64], NDArray[np.int64]]]


@dataclass(frozen=True)
class Scores:
    """Rank correlation and R squared of predictions for rows the model had not seen; the baseline predicts the median."""

    spearman: float
    r2: float
    baseline_r2: float


@dataclass(frozen=True)
class Plan:
    """Which rows are held out when, and a sentence for people."""

    folds: Folds
    sentence: str


def plan(rows: int, groups: tuple[str, ...] | None, seed: int) -> Plan:
    """Five folds from 50 rows on, three below; groups stay together when there are enough of them."""
    splits = 5 if rows >= 50 else 3
    if groups is not None and splits <= len(set(groups)) < rows:
        codes = np.unique(np.array(groups), return_inverse=True)[1]
        folds = GroupKFold(splits, shuffle=True, random_state=seed).split(np.zeros((rows, 1)), groups=codes)
        return Plan(list(folds), f"{splits}-fold cross-validation, groups kept together")
    return Plan(
        list(KFold(splits, shuffle=True, random_state=seed).split(np.zeros((rows, 1)))), f"{splits}-fold cross-validation"
    )


def out_of_fold(
    make: Callable[[], Pipeline], values: FloatArray, goal: FloatArray, folds: Folds, weights: FloatArray | None = None
) -> Scores:
    """Predict every row by a model fitted without it."""
    predicted, baseline = np.empty_like(goal), np.empty_like(goal)
    for train, test in folds:
        own = None if weights is None else weights[train]
        predicted[test] = fit_weighted(make(), values[train], goal[train], own).predict(values[test])
        baseline[test] = np.median(goal[train])
    return Scores(spearman(predicted, goal), _r2(goal, predicted), _r2(goal, baseline))


def _r2(goal: FloatArray, predicted: FloatArray) -> float:
    return float(1 - ((goal - predicted) ** 2).sum() / ((goal - goal.mean()) ** 2).sum())
