"""Expected target of a new row with an interval, by cross-validation+ (Barber, Candès, Ramdas, Tibshirani 2021).

A random forest is fitted without each of five folds in turn (rows of one group share a fold), and each calibrated on the rows
outside its fold: a line from prediction to goal, so that features which tell nothing give the mean. A new row is predicted by
every fold's model, and shifted by the residual of every row that model had not seen; quantiles of these are the interval.
Each group counts once, however many rows it has (Lee, Barber, Willett 2023), so it holds for rows of a new group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline

from services.trainer import conformal
from services.trainer.models import MANY_ROWS, forest, pipeline
from services.trainer.ranks import FloatArray, tidy
from services.trainer.scale import ModelScale
from services.trainer.weighted import fit_weighted
from shared.contracts.diagnostics import Calibration, OutOfFold

FOLDS = 5
LEVEL = 0.9
TREES = 100
MAX_SLOPE = 2.0
"""Forests predict too near to the mean; a steeper line than this would come from chance."""


@dataclass(frozen=True)
class Goal:
    """What is predicted: ids, the goal (n,) on the models' scale, that scale, groups and row weights."""

    ids: tuple[str, ...]
    values: FloatArray
    scale: ModelScale
    groups: tuple[str, ...] | None = None
    weights: FloatArray | None = None


@dataclass(frozen=True)
class Forecaster:
    """The fitted folds: each row's fold and out-of-fold expectation, lines and residuals on the models' scale."""

    goal: Goal
    fold: NDArray[np.int64]
    expected: FloatArray
    lines: tuple[tuple[float, float], ...]
    models: tuple[Pipeline, ...]

    @property
    def residuals(self) -> FloatArray:
        """How far off each row was."""
        return np.asarray(np.abs(self.goal.values - self.expected))


def forecaster(values: FloatArray, goal: Goal, *, seed: int) -> Forecaster | None:
    """Fit on (n, p) features; None with fewer than two groups."""
    fold = folds(len(goal.values), goal.groups, seed)
    if fold is None:
        return None
    raw, models = np.empty(len(fold)), []
    for own in range(int(fold.max()) + 1):
        rest = fold != own
        model = _forest(int(rest.sum()), seed)
        fit_weighted(model, values[rest], goal.values[rest], None if goal.weights is None else goal.weights[rest])
        raw[~rest] = model.predict(values[~rest])
        models.append(model)
    lines = tuple(_line(raw[fold != own], goal.values[fold != own]) for own in range(len(models)))
    expected = np.array([lines[own][0] + lines[own][1] * one for own, one in zip(fold, raw, strict=True)])
    return Forecaster(goal, fold, expected, lines, tuple(models))


def folds(rows: int, groups: Sequence[str] | None, seed: int) -> NDArray[np.int64] | None:
    """The fold of each row (n,): five, or as many as there are groups; None where there is but one group."""
    codes = np.unique(np.array(groups), return_inverse=True)[1] if groups is not None else np.arange(rows)
    count = min(FOLDS, len(np.unique(codes)))
    if count < 2:
        return None
    fold = np.empty(rows, dtype=np.int64)
    splits = GroupKFold(count, shuffle=True, random_state=seed).split(np.zeros((rows, 1)), groups=codes)
    for own, (_, held_out) in enumerate(splits):
        fold[held_out] = own
    return fold


def calibration(made: Forecaster) -> Calibration:
    """Every row beside what was expected of it; its interval comes from the residuals of the other folds."""
    goal, weights, points = made.goal, conformal.weights(made.goal.groups, len(made.fold)), []
    for row, row_id in enumerate(goal.ids):
        others = made.fold != made.fold[row]
        shifted = made.expected[row]
        reach = conformal.reach(made.residuals[others], weights[others], LEVEL)
        low, high = (None, None) if reach is None else (shifted - reach, shifted + reach)
        points.append(
            OutOfFold(
                row_id=row_id,
                observed=goal.scale.target(float(goal.values[row])),
                expected=goal.scale.target(float(shifted)),
                low=None if low is None else goal.scale.target(low),
                high=None if high is None else goal.scale.target(high),
            )
        )
    held = [point.low <= point.observed <= point.high for point in points if point.low is not None and point.high is not None]
    total = float(((goal.values - goal.values.mean()) ** 2).sum())
    return Calibration(
        level=LEVEL,
        sentence=_sentence(len(made.models), goal),
        r2=tidy(1 - float((made.residuals**2).sum()) / total),
        covered=sum(held) if len(held) == len(points) else None,
        points=tuple(points),
    )


def _forest(rows: int, seed: int) -> Pipeline:
    if rows > MANY_ROWS:
        return pipeline(forest(rows, seed))
    return pipeline(
        RandomForestRegressor(n_estimators=TREES, max_features=0.33, min_samples_leaf=3, random_state=seed, n_jobs=1)
    )


def _line(raw: FloatArray, goal: FloatArray) -> tuple[float, float]:
    """Intercept and slope of least squares, the slope within 0 and `MAX_SLOPE`."""
    spread = float(((raw - raw.mean()) ** 2).sum())
    slope = float(((raw - raw.mean()) * (goal - goal.mean())).sum()) / spread if spread > 0 else 0.0
    slope = min(MAX_SLOPE, max(0.0, slope))
    return float(goal.mean() - slope * raw.mean()), slope


def _sentence(count: int, goal: Goal) -> str:
    together = ", groups kept together" if goal.groups is not None and len(set(goal.groups)) < len(goal.groups) else ""
    return f"Random forests of {count} folds{together}, each calibrated and judged on rows it had not seen."
