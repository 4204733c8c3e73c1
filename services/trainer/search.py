"""The search: how probable is it that a feature moves the target, averaged over the models that explain the ranks.

A feature is not judged alone: three effects that each hide in the noise of the others show clearly together, and a
neighbour of the right feature fits almost as well as the feature itself. So sets of features are compared (a shotgun
stochastic search: Hans, Dobra, West 2007), each by its marginal likelihood under Zellner's g-prior with g = n (unit
information) times a prior that expects `EXPECTED` effects however many features are tried. That prior is what pays for
trying many: with 432 features each one starts at odds of 1 to 216.

The support of a feature is the share of the models, weighted by probability, that hold it or a column correlated above 0.8
with it. The target is seen as normal scores, for which the likelihood is right by construction.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from services.trainer.design import Design, basis_of, residual, unit
from services.trainer.ranks import FloatArray

EXPECTED = 2.0
MAX_SIZE = 6
ROWS_PER_COLUMN = 6
REDUNDANT = 0.8
ITERATIONS = 120
_CREDIBLE = 9.0
_NEGLIGIBLE = 14.0
_MOST_EXPLAINED = 0.97
_ADD, _DROP = 0, 2
_NONE = np.array([-np.inf])

Model = tuple[int, ...]


@dataclass(frozen=True)
class Support:
    """Per column: `own` probability of being in the model, and the probability that it or a redundant column is."""

    own: FloatArray
    cluster: FloatArray

    def found(self, near: NDArray[np.bool_], least: float) -> tuple[int, ...]:
        """One column per redundancy cluster whose support reaches `least`, the most probable first."""
        columns: list[int] = []
        for column in np.lexsort((np.arange(len(self.own)), -np.round(self.own, 9))):
            if self.cluster[column] >= least and not near[column, columns].any():
                columns.append(int(column))
        return tuple(columns)


def support(design: Design, near: NDArray[np.bool_], *, rng: np.random.Generator, iterations: int = ITERATIONS) -> Support:
    """Walk among the models and average over all that were seen. `near` is (p, p): which columns are redundant."""
    space = _Space.of(design, near)
    model: Model = ()
    for _ in range(iterations):
        model = space.step(model, rng)
    return space.support()


def redundant(related: FloatArray) -> NDArray[np.bool_]:
    """Which columns say the same, every column with itself included."""
    near = np.abs(related) > REDUNDANT
    np.fill_diagonal(near, val=True)
    return near


@dataclass
class _Space:
    """The models seen so far with their log scores, and for every visited model its neighbours."""

    features: FloatArray
    target: FloatArray
    near: NDArray[np.bool_]
    largest: int
    rows: int
    scores: dict[Model, float] = field(default_factory=dict)
    _additions: dict[Model, FloatArray] = field(default_factory=dict)

    @classmethod
    def of(cls, design: Design, near: NDArray[np.bool_]) -> "_Space":
        basis = basis_of(design, ())
        features = unit(residual(basis, design.features))
        target = unit(residual(basis, design.target[:, None]))[:, 0]
        rows = len(target)
        return cls(features, target, near, min(MAX_SIZE, rows // ROWS_PER_COLUMN), rows)

    def step(self, model: Model, rng: np.random.Generator) -> Model:
        """Add, exchange or drop a column, a better neighbour being the more probable one."""
        smaller = [model[:place] + model[place + 1 :] for place in range(len(model))]
        same = [model] if len(model) < self.largest else []
        for start in same + smaller:
            self.additions(start)
        kind = int(rng.integers(3))
        if kind == _DROP and smaller:
            return smaller[_draw(np.array([self.scores[less] for less in smaller]), rng)]
        starts = same if kind == _ADD else smaller
        scores = np.concatenate([self.additions(start) for start in starts] or [_NONE])
        if not np.isfinite(scores).any():
            return model
        place = _draw(scores, rng)
        start, column = starts[place // self.features.shape[1]], place % self.features.shape[1]
        return tuple(sorted((*start, column)))

    def additions(self, model: Model) -> FloatArray:
        """The log score of the model with each column added; -inf where that is not possible."""
        if model in self._additions:
            return self._additions[model]
        basis, _ = np.linalg.qr(self.features[:, list(model)])
        rest = self.target - basis @ (basis.T @ self.target)
        free = 1 - ((basis.T @ self.features) ** 2).sum(axis=0)
        possible = ~self.near[list(model)].any(axis=0) & (free > 1e-6)
        gain = np.divide((rest @ self.features) ** 2, free, out=np.zeros_like(free), where=possible)
        explained = 1 - float(rest @ rest)
        self.scores[model] = float(self._score(np.array(explained), len(model)))
        scores = np.where(possible, self._score(explained + gain, len(model) + 1), -np.inf)
        for column in np.flatnonzero(possible & (scores > scores.max() - _CREDIBLE)):
            self.scores[tuple(sorted((*model, int(column))))] = float(scores[column])
        self._additions[model] = scores
        return scores

    def support(self) -> Support:
        """The average over all models seen that carry any weight."""
        best = max(self.scores.values())
        models = sorted(model for model, score in self.scores.items() if score > best - _NEGLIGIBLE)
        weights = np.exp(np.array([self.scores[model] for model in models]) - best)
        weights /= weights.sum()
        rows = np.repeat(np.arange(len(models)), [len(model) for model in models])
        columns = np.array([column for model in models for column in model], dtype=int)
        holds = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(models), len(self.near)))
        touches = holds @ csr_array(self.near.astype(float))
        touches.data[:] = 1.0
        return Support(np.asarray(weights @ holds), np.asarray(weights @ touches))

    def _score(self, explained: FloatArray, size: int) -> FloatArray:
        """Log marginal likelihood under the g-prior, plus the log prior of a model with `size` columns."""
        unexplained = 1 - np.minimum(explained, _MOST_EXPLAINED)
        evidence = 0.5 * (self.rows - 1 - size) * math.log1p(self.rows) - 0.5 * (self.rows - 1) * np.log1p(
            self.rows * unexplained
        )
        return np.asarray(evidence + size * math.log(EXPECTED / max(self.features.shape[1], EXPECTED + 1)))


def _draw(scores: FloatArray, rng: np.random.Generator) -> int:
    weights = np.exp(scores - scores.max())
    return int(rng.choice(len(scores), p=weights / weights.sum()))
