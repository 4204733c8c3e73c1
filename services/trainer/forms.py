"""The forms in which a feature can matter: by its order, by being above a value, or together with another feature.

Every form is a column that the search may choose, and everything that could have been tried is paid for: a feature's prior is
shared out among its forms, and pairs share a prior of their own, though only the most promising of them are worth computing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.design import Design, basis_of, residual, unit
from services.trainer.ranks import FloatArray

EXPECTED = 4.0
ORDER_SHARE = 0.75
QUANTILES = (0.35, 0.5, 0.65)
EXPECTED_PAIRS = 0.7
PAIRS_COMPUTED = 60
MOST_PAIRED = 1000
LEAST_SIDE = 0.15
_LEAST_TOGETHER = 0.1
_LEAST_APART = 3

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Condition:
    """The value of a feature exceeds the threshold (`above`), or does not."""

    feature: int
    threshold: float
    above: bool = True


@dataclass(frozen=True)
class Form:
    """One column of the search. Without conditions: the order of its one feature; else whether all conditions are met."""

    features: tuple[int, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Forms:
    """Columns (n, c) before any likeness is removed, the form of each, and its log prior odds of being in the model."""

    columns: FloatArray
    forms: tuple[Form, ...]
    log_prior: FloatArray

    def __add__(self, other: "Forms") -> "Forms":
        """Both, side by side."""
        columns = np.column_stack([self.columns, other.columns])
        return Forms(columns, self.forms + other.forms, np.concatenate([self.log_prior, other.log_prior]))


def single_forms(scores: FloatArray, values: FloatArray) -> Forms:
    """The order of every feature, and whether it is above the values that part the rows at `QUANTILES`.

    `scores` (n, p) have no gaps; `values` (n, p) are as measured. A feature of two values has its order only.
    """
    count = scores.shape[1]
    columns, forms, shares = [*scores.T], [Form((feature,)) for feature in range(count)], [1.0] * count
    for feature in range(count):
        cuts = thresholds(values[:, feature], QUANTILES)
        shares[feature] = ORDER_SHARE if cuts else 1.0
        for cut in cuts:
            columns.append(_above(scores[:, feature], values[:, feature], cut))
            forms.append(Form((feature,), (Condition(feature, cut),)))
            shares.append((1 - ORDER_SHARE) / len(cuts))
    return Forms(np.column_stack(columns), tuple(forms), np.log(shares) + math.log(EXPECTED / max(count, EXPECTED + 1)))


def thresholds(values: FloatArray, quantiles: Sequence[float]) -> list[float]:
    """Values half-way between neighbours that part the known rows nearest to the quantiles, at least 15 % on either side."""
    known = np.sort(values[~np.isnan(values)])
    steps = np.flatnonzero(np.diff(known) > 0) + 1
    steps = steps[np.minimum(steps, len(known) - steps) >= LEAST_SIDE * len(known)]
    if not len(steps) or len(np.unique(known)) < 3:
        return []
    at = sorted({int(steps[np.abs(steps - quantile * len(known)).argmin()]) for quantile in quantiles})
    return [float((known[step - 1] + known[step]) / 2) for step in at]


def parting(values: FloatArray) -> float:
    """The value between two neighbours that parts the known rows most evenly. The values must not all be the same."""
    known = np.sort(values[~np.isnan(values)])
    steps = np.flatnonzero(np.diff(known) > 0) + 1
    step = int(steps[np.abs(steps - len(known) / 2).argmin()])
    return float((known[step - 1] + known[step]) / 2)


def met(values: FloatArray, conditions: Sequence[Condition]) -> FloatArray:
    """Per row of (n, p) 1 where all conditions are met, 0 where not, NaN where one of the values is unknown."""
    result = np.ones(len(values))
    for condition in conditions:
        own = values[:, condition.feature]
        result = np.where(np.isnan(own), np.nan, result * ((own > condition.threshold) == condition.above))
    return result


def halves(scores: FloatArray, values: FloatArray) -> tuple[tuple[Condition, ...], FloatArray]:
    """Both sides of every feature that can be parted near its median, or has two values: conditions, and columns (n, c)."""
    conditions, columns = [], []
    for feature in range(scores.shape[1]):
        kinds = np.unique(values[~np.isnan(values[:, feature]), feature])
        cuts = [float(kinds.mean())] if len(kinds) == 2 else thresholds(values[:, feature], (0.5,))
        for cut in cuts:
            above = _above(scores[:, feature], values[:, feature], cut)
            conditions += [Condition(feature, cut), Condition(feature, cut, above=False)]
            columns += [above, 1 - above]
    return tuple(conditions), np.column_stack(columns) if columns else np.empty((len(scores), 0))


@dataclass(frozen=True)
class Pairs:
    """Every pair of two conditions on two features that parts the rows and differs from either condition alone."""

    conditions: tuple[Condition, ...]
    columns: FloatArray
    together: FloatArray
    possible: Bools

    @classmethod
    def of(cls, scores: FloatArray, values: FloatArray) -> "Pairs":
        """All pairs of the halves of the features; `together` (c, c) counts the rows that meet both."""
        conditions, columns = halves(scores[:, :MOST_PAIRED], values[:, :MOST_PAIRED])
        together, alone = columns.T @ columns, columns.sum(axis=0)
        rows, feature = len(scores), np.array([condition.feature for condition in conditions], dtype=int)
        share = together / rows
        possible = (feature[:, None] < feature) & (share >= _LEAST_TOGETHER) & (share <= 1 - _LEAST_TOGETHER)
        possible &= np.minimum(alone[:, None], alone) - together >= _LEAST_APART
        return cls(conditions, columns, together, possible)

    def fit(self, design: Design, rest: FloatArray) -> FloatArray:
        """How well each pair (c, c) goes with what is left of the target, as an absolute correlation; 0 if not possible."""
        pull = design.likeness.removed(rest)
        found = self.columns.T @ (pull[:, None] * self.columns) - self.together * pull.mean()
        spread = np.sqrt(np.maximum(self.together * (1 - self.together / len(rest)), 1.0))
        return np.where(self.possible, np.abs(found) / spread, 0.0)

    def promising(self, design: Design) -> Forms:
        """The pairs that go best with the target; all possible ones share the prior of `EXPECTED_PAIRS`."""
        rest = unit(residual(basis_of(design), design.target[:, None]))[:, 0]
        fit = np.round(self.fit(design, rest), 9)
        least = np.partition(fit, -PAIRS_COMPUTED, axis=None)[-PAIRS_COMPUTED] if fit.size > PAIRS_COMPUTED else 0.0
        places = np.flatnonzero((fit >= least) & (fit > 0))
        best = [int(place) for place in places[np.argsort(-fit.flat[places], kind="stable")][:PAIRS_COMPUTED]]
        forms = []
        for place in best:
            first, second = (self.conditions[side] for side in divmod(place, len(self.conditions)))
            forms.append(Form((first.feature, second.feature), (first, second)))
        columns = [self.columns[:, a] * self.columns[:, b] for a, b in (divmod(place, len(self.conditions)) for place in best)]
        prior = math.log(EXPECTED_PAIRS / max(int(self.possible.sum()), 1))
        shape = (len(design.target), len(best))
        return Forms(np.column_stack(columns) if columns else np.empty(shape), tuple(forms), np.full(len(best), prior))


def _above(scores: FloatArray, values: FloatArray, cut: float) -> FloatArray:
    """1 above the cut and 0 elsewhere; where the value is missing, what the filled score says."""
    gaps = np.isnan(values)
    above = np.where(gaps, 0.0, values > cut)
    if gaps.any():
        above[gaps] = scores[gaps] > np.quantile(scores[~gaps], 1 - above[~gaps].mean())
    return np.asarray(above)
