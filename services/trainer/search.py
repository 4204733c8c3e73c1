"""The search: which features move the target, found one after another by a maximum test over everything tried.

1. Features and target become normal scores, so only order counts and no outlier can make a pattern.
2. Step k takes the feature with the largest partial correlation given the features of the steps before. Its p-value is the
   share of permutations (Freedman-Lane: the residuals of the reduced model are shuffled) whose *largest* correlation over
   all remaining features is at least as large (Westfall-Young). So every p-value already pays for all features tried.
   Then every column in the model is exchanged for the one that fits best beside the others, if there is a better one.
3. How many steps to believe: the largest k whose mean of -log(1 - p) over steps 1..k stays within the rule's limit (the form
   of ForwardStop: G'Sell, Wager, Chouldechova, Tibshirani 2016) and whose last p is small by itself. When nothing is there,
   this errs about as often as one test at the last step's level; when several effects are there, a clear second step
   vouches for a hazy first. The mean may be looser than ForwardStop's level because the last step bounds the error.
4. Each feature then gets a p-value of its own: the permutation p of its correlation given the found features of other
   redundancy clusters. Benjamini-Hochberg over all features tested turns these into q-values.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.grouping import decorrelation
from services.trainer.imputation import filled
from services.trainer.ranks import FloatArray, normal_scores

MAX_STEPS = 8
ROWS_PER_STEP = 6
REDUNDANT = 0.8
_BLOCK = 500
_TINY = 1e-9
_EXCHANGES = 5
_RECOVERABLE = 4  # a path that has spent the allowance of four steps is given up


@dataclass(frozen=True)
class Rule:
    """How far to believe a path: the mean of -log(1 - p) over it, and the p of its last step."""

    mean: float
    last: float


STRICT = Rule(mean=0.05, last=0.01)
MODERATE = Rule(mean=0.30, last=0.05)


@dataclass(frozen=True)
class Design:
    """Scores of features (n, p) and target (n,), and the columns (n, 1) every model contains."""

    features: FloatArray
    target: FloatArray
    base: FloatArray

    @classmethod
    def of(cls, features: FloatArray, target: FloatArray, related: FloatArray, groups: Sequence[str] | None = None) -> "Design":
        """From raw values; a missing feature value (NaN) is filled from the columns it is `related` to."""
        x, y, base = normal_scores(features), normal_scores(target), np.ones((len(target), 1))
        x = filled(x, np.isnan(features), related)
        if groups is None or len(set(groups)) in {1, len(target)}:
            return cls(x, y, base)
        matrix = decorrelation(y, groups)
        return cls(matrix @ x, matrix @ y, matrix @ base)

    def dealt(self, order: NDArray[np.int64]) -> "Design":
        """The design with the target's residual dealt out to other rows."""
        basis = _basis(self, ())
        explained = basis @ (basis.T @ self.target)
        return Design(self.features, explained + (self.target - explained)[order], self.base)


@dataclass(frozen=True)
class Step:
    """One step: the columns in the model after it, and the family-wise p-value of the column it added."""

    model: tuple[int, ...]
    p_value: float


def steps(design: Design, related: FloatArray, *, rng: np.random.Generator, permutations: int) -> tuple[Step, ...]:
    """The whole path of the search, in order. `related` is the (p, p) rank correlation that defines redundancy."""
    path: list[Step] = []
    near = np.abs(related) > REDUNDANT
    model: tuple[int, ...] = ()
    while len(path) < min(MAX_STEPS, len(design.target) // ROWS_PER_STEP):
        added = _next(design, model, near, rng, permutations)
        if added is None:
            break
        column, p_value = added
        model = _exchange(design, (*model, column), near)
        path.append(Step(model, p_value))
        if _spent(path) > MODERATE.mean * _RECOVERABLE:
            break
    return tuple(path)


def believed(path: Sequence[Step], rule: Rule) -> tuple[int, ...]:
    """The columns of the longest path a rule believes."""
    model: tuple[int, ...] = ()
    for count, step in enumerate(path, start=1):
        if _spent(path[:count]) / count <= rule.mean and step.p_value <= rule.last:
            model = step.model
    return model


def own_tests(
    design: Design, given: Sequence[int], *, rng: np.random.Generator, permutations: int
) -> tuple[FloatArray, FloatArray]:
    """Per feature the partial correlation given some columns, and its two-sided permutation p."""
    basis = _basis(design, given)
    features = _unit(_residual(basis, design.features))
    residual = _residual(basis, design.target[:, None])
    partial = (features.T @ _unit(residual))[:, 0]
    exceeded = np.zeros(len(partial))
    for shuffled in _shuffles(basis, residual[:, 0], rng, permutations):
        exceeded += (np.abs(features.T @ shuffled) >= np.abs(partial)[:, None] - _TINY).sum(axis=1)
    return partial, (1 + exceeded) / (1 + permutations)


def _next(
    design: Design, model: tuple[int, ...], near: NDArray[np.bool_], rng: np.random.Generator, permutations: int
) -> tuple[int, float] | None:
    """The column that adds most to the model, with its p-value; None when nothing is left to add."""
    columns = np.flatnonzero(~near[list(model)].any(axis=0))
    basis = _basis(design, model)
    features = _unit(_residual(basis, design.features[:, columns]))
    residual = _residual(basis, design.target[:, None])
    size = _sizes(features, residual)
    if not len(columns) or size.max() == 0:
        return None
    best = int(size.argmax())
    exceeded = 0
    for shuffled in _shuffles(basis, residual[:, 0], rng, permutations):
        exceeded += int((np.abs(features.T @ shuffled).max(axis=0) >= size[best] - _TINY).sum())
    return int(columns[best]), (1 + exceeded) / (1 + permutations)


def _exchange(design: Design, model: tuple[int, ...], near: NDArray[np.bool_]) -> tuple[int, ...]:
    """Exchange every column for the one that fits best beside the others, until nothing changes.

    The first step has to pick without knowing the later ones, and often takes a neighbour of the right column.
    """
    chosen = list(model)
    for _ in range(_EXCHANGES):
        before = list(chosen)
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            basis = _basis(design, others)
            size = _sizes(_unit(_residual(basis, design.features)), _residual(basis, design.target[:, None]))
            size[near[others].any(axis=0)] = 0
            if size.max() > size[chosen[place]]:
                chosen[place] = int(size.argmax())
        if chosen == before:
            break
    return tuple(chosen)


def _sizes(features: FloatArray, residual: FloatArray) -> FloatArray:
    """Absolute correlations, rounded so that equal columns tie and the first one is taken on every machine."""
    return np.asarray(np.round(np.abs(features.T @ _unit(residual))[:, 0], 9))


def _spent(path: Sequence[Step]) -> float:
    return sum(-math.log1p(-min(step.p_value, 1 - _TINY)) for step in path)


def _basis(design: Design, columns: Sequence[int]) -> FloatArray:
    basis, _ = np.linalg.qr(np.column_stack([design.base, design.features[:, list(columns)]]))
    return np.asarray(basis)


def _residual(basis: FloatArray, values: FloatArray) -> FloatArray:
    return values - basis @ (basis.T @ values)


def _unit(values: FloatArray) -> FloatArray:
    """Columns of length 1; a column that the basis explains (numerically) becomes 0 and can't be chosen."""
    length = np.sqrt((values**2).sum(axis=0))
    return np.divide(values, length, out=np.zeros_like(values), where=length > 1e-6)


def _shuffles(basis: FloatArray, residual: FloatArray, rng: np.random.Generator, permutations: int) -> Iterator[FloatArray]:
    """Unit residuals of the shuffled target in blocks of (n, up to 500), so memory stays flat."""
    for start in range(0, permutations, _BLOCK):
        count = min(_BLOCK, permutations - start)
        shuffled = rng.permuted(np.tile(residual, (count, 1)), axis=1).T
        yield _unit(_residual(basis, shuffled))
