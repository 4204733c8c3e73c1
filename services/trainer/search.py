"""The search: how probable is it that a feature moves the target, averaged over the models that explain the ranks.

A feature is not judged alone: three effects that each hide in the noise of the others show clearly together, and a
neighbour of the right feature fits almost as well as the feature itself. So sets of columns are compared (a shotgun
stochastic search: Hans, Dobra, West 2007), each by its marginal likelihood under Zellner's g-prior with g = n (unit
information) times a prior that expects `forms.EXPECTED` effects however many features are tried. That prior is what pays for
trying many: with 432 features each one starts at odds of 1 to 108, shared out among the forms it can take. About 7 % of the
prior is on no effect at all (`NOTHING`, in log odds beside an empty model of independent effects), as buckets may hold none.

The walk prefers better neighbours a little more than their probability does (`TEMPERATURE`): it finds the best sets in half
the steps, and the average is over what was seen, not over how often.

The support of a feature is the share of the models, weighted by probability, that hold it or a feature correlated above 0.8
with it, in any form. The target is seen on a nearly normal scale without far-out values (`scale.py`), for which the
likelihood is right.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from services.trainer.design import Design, basis_of, residual, unit
from services.trainer.forms import Bools, Forms
from services.trainer.ranks import FloatArray

MAX_SIZE = 12
ROWS_PER_COLUMN = 8
REDUNDANT = 0.8
ITERATIONS = 200
NOTHING = 2.0
TEMPERATURE = 0.7
_NEGLIGIBLE = 12.0
_MOST_EXPLAINED = 0.97
_ADD, _DROP = 0, 2
_NONE = np.array([-np.inf])
_RIDGE = 1e-10

Model = tuple[int, ...]


def redundant(related: FloatArray) -> Bools:
    """Which features say the same, every feature with itself included."""
    near = np.abs(related) > REDUNDANT
    np.fill_diagonal(near, val=True)
    return near


def most_columns(rows: int) -> int:
    """The size of the largest model that so many rows can carry."""
    return min(MAX_SIZE, rows // ROWS_PER_COLUMN)


@dataclass(frozen=True)
class Columns:
    """The columns the search chooses from: unit residuals (n, c), their products (c, c), and which say the same (c, c)."""

    forms: Forms
    values: FloatArray
    products: FloatArray
    near: Bools

    @classmethod
    def of(cls, design: Design, forms: Forms, near: Bools) -> "Columns":
        """Without likeness and base. `near` (p, p) says which features are redundant; forms of such features are too."""
        values = unit(residual(basis_of(design), design.likeness.removed(forms.columns)))
        return cls(forms, values, values.T @ values, _same(forms, near))

    def plus(self, design: Design, pairs: Forms, near: Bools) -> "Columns":
        """With pairs beside them, none of which says the same as a single feature; the products of the old ones are kept."""
        values = unit(residual(basis_of(design), design.likeness.removed(pairs.columns)))
        across, apart = self.values.T @ values, np.zeros((self.values.shape[1], values.shape[1]), dtype=bool)
        products = np.block([[self.products, across], [across.T, values.T @ values]])
        same = np.block([[self.near, apart], [apart.T, _same(pairs, near)]])
        return Columns(self.forms + pairs, np.column_stack([self.values, values]), products, same)


def _same(forms: Forms, near: Bools) -> Bools:
    """Forms of equally many features, each redundant with one of the other."""
    first = np.array([form.features[0] for form in forms.forms], dtype=int)
    last = np.array([form.features[-1] for form in forms.forms], dtype=int)
    return np.asarray(
        near[np.ix_(first, first)] & near[np.ix_(last, last)] | near[np.ix_(first, last)] & near[np.ix_(last, first)]
    )


@dataclass(frozen=True)
class Support:
    """How probable models are that hold something: `models` are sets of columns, `weights` their probabilities."""

    forms: Forms
    near: Bools
    models: csr_array
    weights: FloatArray

    @property
    def columns(self) -> FloatArray:
        """Per column (c,) the probability of being in the model."""
        return np.asarray(self.weights @ self.models)

    def own(self) -> FloatArray:
        """Per feature (p,) the probability of being in the model, in any form."""
        return self._touching(self._members())

    def features(self, *, alone: bool = False) -> FloatArray:
        """Per feature (p,) the probability that it or a redundant one is in the model; `alone`: not as part of a pair."""
        return self._touching(self._members(alone=alone) @ csr_array(self.near.astype(float)))

    def alike(self, column: int, same: Bools) -> float:
        """The probability that a column or one that says the same is in the model."""
        held = self.models[:, np.flatnonzero(same[column])].sum(axis=1) > 0
        return float(self.weights @ held)

    def found(self, least: float) -> tuple[int, ...]:
        """One feature per redundancy cluster whose support reaches `least`, the most probable first."""
        chosen: list[int] = []
        own, cluster = self.own(), self.features()
        for feature in np.lexsort((np.arange(len(own)), -np.round(own, 9))):
            if cluster[feature] >= least and not self.near[feature, chosen].any():
                chosen.append(int(feature))
        return tuple(chosen)

    def _members(self, *, alone: bool = False) -> csr_array:
        """Which columns (c, p) are made of which features."""
        parts = [
            (c, f) for c, form in enumerate(self.forms.forms) for f in form.features if not alone or len(form.features) == 1
        ]
        columns, features = np.array(parts, dtype=int).reshape(-1, 2).T
        return csr_array((np.ones(len(columns)), (columns, features)), shape=(len(self.forms.forms), len(self.near)))

    def _touching(self, members: csr_array) -> FloatArray:
        touches = self.models @ members
        touches.data[:] = 1.0
        return np.asarray(self.weights @ touches)


def support(
    design: Design, columns: Columns, near: Bools, *, rng: np.random.Generator, iterations: int = ITERATIONS
) -> Support:
    """Walk among the models and average over all that were seen. `near` (p, p) says which features are redundant."""
    target = unit(residual(basis_of(design), design.target[:, None]))[:, 0]
    space = _Space(columns, columns.values.T @ target, len(target))
    model: Model = ()
    for _ in range(iterations):
        model = space.step(model, rng)
    return Support(columns.forms, near, *space.credible())


@dataclass
class _Space:
    """The models seen so far with their log scores, and for every visited model its neighbours."""

    columns: Columns
    pull: FloatArray
    rows: int
    scores: dict[Model, float] = field(default_factory=dict)
    _additions: dict[Model, FloatArray] = field(default_factory=dict)

    def step(self, model: Model, rng: np.random.Generator) -> Model:
        """Add, exchange or drop a column, a better neighbour being the more probable one."""
        smaller = [model[:place] + model[place + 1 :] for place in range(len(model))]
        same = [model] if len(model) < most_columns(self.rows) else []
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
        start, column = starts[place // len(self.pull)], place % len(self.pull)
        return tuple(sorted((*start, column)))

    def additions(self, model: Model) -> FloatArray:
        """The log score of the model with each column added; -inf where that is not possible."""
        if model in self._additions:
            return self._additions[model]
        rest, free, explained = self._beside(list(model))
        possible = ~self.columns.near[list(model)].any(axis=0) & (free > 1e-6)
        gain = np.divide(rest**2, free, out=np.zeros_like(free), where=possible)
        prior = float(self.columns.forms.log_prior[list(model)].sum())
        self.scores[model] = float(self._evidence(np.array(explained), len(model))) + (prior if model else NOTHING)
        longer = self._evidence(explained + gain, len(model) + 1) + prior + self.columns.forms.log_prior
        self._additions[model] = np.where(possible, longer, -np.inf)
        return self._additions[model]

    def _beside(self, model: list[int]) -> tuple[FloatArray, FloatArray, float]:
        """Per column its product with what the model leaves of the target, what the model leaves of it, and the model's R2."""
        products = self.columns.products
        root = np.linalg.cholesky(products[np.ix_(model, model)] + _RIDGE * np.eye(len(model)))
        shared = np.linalg.solve(root, products[model])
        own = np.linalg.solve(root, self.pull[model])
        return self.pull - own @ shared, 1 - (shared**2).sum(axis=0), float(own @ own)

    def credible(self) -> tuple[csr_array, FloatArray]:
        """The models seen, and those one column larger, that carry any weight: their columns (m, c) and probabilities."""
        least = (
            max(float(scores.max()) for scores in (*self._additions.values(), np.array([*self.scores.values()]))) - _NEGLIGIBLE
        )
        names = np.random.default_rng(0).integers(2**63, size=len(self.pull), dtype=np.uint64)
        own = [(model, np.array([score]), np.array([[]], dtype=int)) for model, score in self.scores.items() if score > least]
        for model, scores in self._additions.items():
            added = np.flatnonzero(scores > least)
            own.append((model, scores[added], added[:, None]))
        keys = [names[list(model)].sum(dtype=np.uint64) + names[added].sum(axis=1, dtype=np.uint64) for model, _, added in own]
        _, first = np.unique(np.concatenate(keys), return_index=True)
        scores = np.concatenate([scores for _, scores, _ in own])
        members = [np.column_stack([np.tile(np.array(model, dtype=int), (len(added), 1)), added]) for model, _, added in own]
        sizes = np.concatenate([np.full(len(part), part.shape[1]) for part in members])
        rows, columns = np.repeat(np.arange(len(sizes)), sizes), np.concatenate([part.ravel() for part in members])
        held = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(sizes), len(self.pull)))[first]
        weights = np.exp(scores[first] - scores.max())
        return held, weights / weights.sum()

    def _evidence(self, explained: FloatArray, size: int) -> FloatArray:
        """Log marginal likelihood under the g-prior of a model with `size` columns."""
        unexplained = 1 - np.minimum(explained, _MOST_EXPLAINED)
        left = 0.5 * (self.rows - 1 - size) * math.log1p(self.rows)
        return np.asarray(left - 0.5 * (self.rows - 1) * np.log1p(self.rows * unexplained))


def _draw(scores: FloatArray, rng: np.random.Generator) -> int:
    weights = np.exp((scores - scores.max()) / TEMPERATURE)
    return int(rng.choice(len(scores), p=weights / weights.sum()))
