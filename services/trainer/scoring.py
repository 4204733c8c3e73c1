"""Figures of predictions for rows a model had not seen: rank correlation, R squared and RMSE with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from services.trainer.models import MANY_ROWS
from services.trainer.ranks import FloatArray, spearman, tidy, weighted_spearman
from services.trainer.resampling import repeats
from services.trainer.validation import Plan
from services.trainer.weighted import fit_weighted

LEVEL = 0.95
RESAMPLES = 1000
Interval = tuple[float, float]


@dataclass(frozen=True)
class Predictions:
    """Of the rows that were held out: the goal (n,), the mean prediction, the mean squared error, and the error of a baseline.

    The baseline predicts the median of the training rows.
    """

    goal: FloatArray
    predicted: FloatArray
    squared: FloatArray
    baseline: FloatArray
    rows: NDArray[np.int64]

    @property
    def spearman(self) -> float:
        """Rank correlation of prediction and goal."""
        return tidy(spearman(self.predicted, self.goal))

    @property
    def r2(self) -> float:
        """Share of the variance that the predictions explain; negative when the mean would do better."""
        return tidy(_r2(self.squared, self.goal))

    @property
    def baseline_r2(self) -> float:
        """The same for the baseline."""
        return tidy(_r2(self.baseline, self.goal))

    @property
    def rmse(self) -> float:
        """Root mean squared error, on the scale of the goal."""
        return tidy(float(np.sqrt(self.squared.mean())))

    @property
    def baseline_rmse(self) -> float:
        """The same for the baseline."""
        return tidy(float(np.sqrt(self.baseline.mean())))

    def intervals(self, groups: Sequence[str] | None, seed: int) -> tuple[Interval, Interval, Interval]:
        """95 % bootstrap intervals of rank correlation, R squared and RMSE; rows of a group are drawn together."""
        own = None if groups is None else [groups[int(row)] for row in self.rows]
        draws = []
        for times in repeats(len(self.goal), own, rng=np.random.default_rng([seed, 1]), resamples=RESAMPLES):
            total = times.sum(axis=1)
            error = times @ self.squared
            mean = times @ self.goal / total
            spread = times @ self.goal**2 - total * mean**2
            r2 = 1 - np.divide(error, spread, out=np.full_like(error, np.nan), where=spread > 1e-12)
            draws.append(np.column_stack([weighted_spearman(self.predicted, self.goal, times), r2, np.sqrt(error / total)]))
        low, high = np.nanquantile(np.concatenate(draws), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        first, second, third = ((tidy(float(a)), tidy(float(b))) for a, b in zip(low, high, strict=True))
        return first, second, third


def held_out(
    make: Callable[[], Pipeline], values: FloatArray, goal: FloatArray, plan: Plan, weights: FloatArray | None = None
) -> Predictions:
    """Predict every row (n, p) that the plan holds out by models fitted without it; a row held out often has its mean error.

    Training rows have no say: weighted in by the .632 rule (Efron 1983), they gave a forest on pure noise an R squared of 0.15.
    """
    sums, squared, baseline, counts = np.zeros((4, len(goal)))
    for train, test in plan.folds:
        predicted = _fit(make, values, goal, train, weights).predict(values[test])
        sums[test] += predicted
        squared[test] += (goal[test] - predicted) ** 2
        baseline[test] += (goal[test] - np.median(goal[train])) ** 2
        counts[test] += 1
    rows = np.flatnonzero(counts)
    found = [own[rows] / counts[rows] for own in (sums, squared, baseline)]
    return Predictions(goal[rows], found[0], found[1], found[2], rows)


@dataclass(frozen=True)
class Shuffled:
    """The same figures where nothing can be learned: means and ranges over rounds, and how many shuffles there were.

    The ranges are None where there was only one round.
    """

    count: int
    spearman: float
    r2: float
    spearman_range: Interval | None
    r2_range: Interval | None


def shuffled(
    make: Callable[[], Pipeline],
    values: FloatArray,
    goal: FloatArray,
    plan: Plan,
    weights: FloatArray | None = None,
    *,
    seed: int,
    shuffles: int,
) -> Shuffled:
    """Judge models of (n, p) features and goals (n,) dealt out at random, anew for every fold of the plan.

    A round judges every fold once, so that its figures vary as those of the model itself do, at the cost of one validation
    for as many shuffles as it has folds: at least `shuffles` altogether, a round for many rows. Weights go with their goals.
    """
    rng = np.random.default_rng([seed, 2])
    rounds = 1 if len(goal) > MANY_ROWS else -(-shuffles // len(plan.folds))
    told: list[list[FloatArray]] = [[] for _ in range(rounds)]
    for train, test in plan.folds:
        # Only the last step looks at the goal, so what comes before it is fitted once for all shuffles.
        front = make()[:-1].fit(values[train])
        seen, unseen = front.transform(values[train]), front.transform(values[test])
        for own in told:
            order = rng.permutation(len(goal))
            dealt, mass = goal[order], None if weights is None else weights[order][train]
            predicted = make()[-1].fit(seen, dealt[train], sample_weight=mass).predict(unseen)
            own.append(np.stack([predicted, dealt[test]]))
    pairs = [np.concatenate(own, axis=1) for own in told]
    figures = [(spearman(*pair), _r2((pair[1] - pair[0]) ** 2, pair[1])) for pair in pairs]
    (ranks, r2), (low, high) = np.mean(figures, axis=0), (np.min(figures, axis=0), np.max(figures, axis=0))
    ranges = [(tidy(float(least)), tidy(float(most))) if rounds > 1 else None for least, most in zip(low, high, strict=True)]
    return Shuffled(rounds * len(plan.folds), tidy(float(ranks)), tidy(float(r2)), *ranges)


def _fit(
    make: Callable[[], Pipeline], values: FloatArray, goal: FloatArray, rows: NDArray[np.int64], weights: FloatArray | None
) -> Pipeline:
    return fit_weighted(make(), values[rows], goal[rows], None if weights is None else weights[rows])


def _r2(squared: FloatArray, goal: FloatArray) -> float:
    spread = float(((goal - goal.mean()) ** 2).sum())
    return float(1 - squared.sum() / spread) if spread > 0 else 0.0
