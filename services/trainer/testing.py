"""Tests of what was found: every feature beside the others, and pairs against the best of all pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.trainer.design import Design, basis_of, own_tests, residual, shuffles, unit
from services.trainer.forms import Bools, Form, Pairs
from services.trainer.ranks import FloatArray
from services.trainer.search import Columns

PAIR_WORK = 2e10
_FEWEST = 39


@dataclass(frozen=True)
class Tests:
    """Per feature (p,): the partial correlation of its order, and the p of its best form after paying for all its forms."""

    partial: FloatArray
    p_values: FloatArray


def own(design: Design, columns: Columns, near: Bools, found: Sequence[int]) -> Tests:
    """Every feature given the found columns, except those that say the same as it (their clusters are tested without them)."""
    single = np.array([column for column, form in enumerate(columns.forms.forms) if len(form.features) == 1])
    owner = np.array([columns.forms.forms[column].features[0] for column in single])
    partial, p_values = np.zeros(len(single)), np.ones(len(single))
    clusters = {column: near[list(columns.forms.forms[column].features)].any(axis=0) for column in found}
    shared = {column: tuple(other for other in found if not (clusters[other] & clusters[column]).any()) for column in found}
    for given, members in [(tuple(found), np.ones(len(single), dtype=bool)), *((shared[c], clusters[c][owner]) for c in found)]:
        chosen = np.flatnonzero(members)
        partial[chosen], p_values[chosen] = own_tests(design, columns.values[:, single[chosen]], columns.values[:, list(given)])
    return Tests(*_by_feature(columns, single, owner, partial, p_values))


def _by_feature(
    columns: Columns, single: NDArray[np.int64], owner: NDArray[np.int64], partial: FloatArray, p_values: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The smallest p over a feature's forms, each divided by its share of the feature's prior (weighted Bonferroni)."""
    prior = np.exp(columns.forms.log_prior[single])
    total = np.bincount(owner, weights=prior)
    best = np.ones(len(total))
    np.minimum.at(best, owner, p_values * total[owner] / prior)
    order = np.array([not columns.forms.forms[column].conditions for column in single])
    return partial[order], best


def pair(design: Design, pairs: Pairs, form: Form, given: FloatArray, *, rng: np.random.Generator, permutations: int) -> float:
    """How often the best of all pairs on shuffled targets fits as well as this one: p after paying for every pair."""
    basis = basis_of(design, given)
    rest = residual(basis, design.target[:, None])
    places = [pairs.conditions.index(condition) for condition in form.conditions]
    fit = pairs.fit(design, unit(rest)[:, 0])[places[0], places[1]] - 1e-9
    count = int(np.clip(PAIR_WORK / (len(pairs.conditions) ** 2 * len(rest)), _FEWEST, permutations))
    exceeded = sum(
        bool(pairs.fit(design, shuffled).max() >= fit)
        for block in shuffles(basis, rest[:, 0], rng, count)
        for shuffled in block.T
    )
    return (1 + exceeded) / (1 + count)
