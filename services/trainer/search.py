"""The search: which features move the target, found one after another by a maximum test over everything tried.

1. Features and target become normal scores, so only order counts and no outlier can make a pattern.
2. Step k takes the feature with the largest partial correlation given the features of the steps before. Its p-value is the
   share of permutations (Freedman-Lane: the residuals of the reduced model are shuffled) whose *largest* correlation over
   all remaining features is at least as large (Westfall-Young). So every p-value already pays for all features tried.
3. ForwardStop (G'Sell, Wager, Chouldechova, Tibshirani 2016) says how many steps to believe: the largest k whose mean of
   -log(1 - p) over steps 1..k stays within the rule's limit, and whose last p is small too. When nothing is there,
   this errs as often as a single test; when several effects are there, a clear second step vouches for a hazy first.
4. Each feature then gets a p-value of its own: the permutation p of its correlation given the found features of other
   redundancy clusters. Benjamini-Hochberg over all features tested turns these into q-values.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.ranks import FloatArray, normal_scores

MAX_STEPS = 8
REDUNDANT = 0.8
_BLOCK = 500
_TINY = 1e-9


@dataclass(frozen=True)
class Rule:
    """How far to believe a path: the mean of -log(1 - p) over it, and the p of its last step."""

    mean: float
    last: float


STRICT = Rule(mean=0.02, last=0.01)
MODERATE = Rule(mean=0.10, last=0.05)


@dataclass(frozen=True)
class Design:
    """Scores of features (n, p) and target (n,), and the columns (n, 1) every model contains."""

    features: FloatArray
    target: FloatArray
    base: FloatArray

    @classmethod
    def of(cls, features: FloatArray, target: FloatArray) -> "Design":
        """From raw values; NaN marks a missing feature value, which gets the score 0 and so carries no weight."""
        return cls(normal_scores(features), normal_scores(target), np.ones((len(target), 1)))


@dataclass(frozen=True)
class Step:
    """One step of the search. `p_value` is family-wise over all features that could have been chosen."""

    column: int
    correlation: float
    p_value: float


def steps(design: Design, related: FloatArray, *, rng: np.random.Generator, permutations: int) -> tuple[Step, ...]:
    """The whole path of the search, in order. `related` is the (p, p) rank correlation that defines redundancy."""
    path: list[Step] = []
    open_columns = np.ones(design.features.shape[1], dtype=bool)
    while len(path) < min(MAX_STEPS, len(design.target) // 6) and open_columns.any():
        step = _next_step(design, [step.column for step in path], open_columns, rng, permutations)
        if step is None:
            break
        path.append(step)
        open_columns &= np.abs(related[step.column]) <= REDUNDANT
        open_columns[step.column] = False
        if _spent(path) > MODERATE.mean * MAX_STEPS:
            break
    return tuple(path)


def believed(path: tuple[Step, ...], rule: Rule) -> tuple[int, ...]:
    """The columns of the steps a rule believes, in order."""
    kept = 0
    for count in range(1, len(path) + 1):
        if _spent(path[:count]) / count <= rule.mean and path[count - 1].p_value <= rule.last:
            kept = count
    return tuple(step.column for step in path[:kept])


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


def _next_step(
    design: Design, chosen: Sequence[int], open_columns: NDArray[np.bool_], rng: np.random.Generator, permutations: int
) -> Step | None:
    basis = _basis(design, chosen)
    columns = np.flatnonzero(open_columns)
    features = _unit(_residual(basis, design.features[:, columns]))
    residual = _residual(basis, design.target[:, None])
    correlations = (features.T @ _unit(residual))[:, 0]
    best = int(np.argmax(np.abs(correlations)))
    observed = abs(correlations[best]) - _TINY
    if observed <= 0:
        return None
    exceeded = 0
    for shuffled in _shuffles(basis, residual[:, 0], rng, permutations):
        exceeded += int((np.abs(features.T @ shuffled).max(axis=0) >= observed).sum())
    return Step(int(columns[best]), float(correlations[best]), (1 + exceeded) / (1 + permutations))


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
