"""Stability selection: in what share of subsamples does the search find a feature again (Meinshausen, Bühlmann 2010)?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.trainer import labels, quality, search
from services.trainer.design import Design, basis_of, residual, unit
from services.trainer.discovery import Sample
from services.trainer.grouping import Likeness
from services.trainer.scale import target_scores
from services.trainer.search import Columns

KEPT = 0.8
ITERATIONS = 100
_WORK = 4e10
_FEWEST = 5


def stability(sample: Sample, features: Sequence[int], *, seed: int, subsamples: int) -> dict[int, float]:
    """Per feature the share of subsamples of 80 % of the creators (or rows) that support it as much as MODERATE asks.

    Pairs are not looked for again. Large tables get fewer subsamples, but five.
    """
    if not features:
        return {}
    rng = np.random.default_rng([seed, 3])
    width = sample.columns.values.shape[1]
    count = int(np.clip(_WORK / (len(sample.target) * width**2), min(_FEWEST, subsamples), subsamples))
    totals, extreme = np.zeros(len(features)), quality.extreme_rows(sample.target)
    for _ in range(count):
        design, columns = _part(sample, _rows(sample, rng), extreme)
        seen = search.support(design, columns, sample.near, rng=rng, iterations=ITERATIONS)
        totals += seen.features()[list(features)] >= labels.MODERATE_SUPPORT
    return {feature: float(total / count) for feature, total in zip(features, totals, strict=True)}


def _rows(sample: Sample, rng: np.random.Generator) -> NDArray[np.int64]:
    owners = np.arange(len(sample.target)) if sample.groups is None else np.unique(sample.groups, return_inverse=True)[1]
    count = int(owners.max()) + 1
    kept = rng.permutation(count)[: round(KEPT * count)]
    return np.flatnonzero(np.isin(owners, kept))


def _part(sample: Sample, rows: NDArray[np.int64], extreme: NDArray[np.bool_]) -> tuple[Design, Columns]:
    """The design and its columns for some of the rows, with the likeness estimated anew."""
    target = target_scores(sample.target[rows], extreme[rows])
    like = Likeness.of(target, None if sample.groups is None else [sample.groups[row] for row in rows])
    scores = sample.design.scores[rows]
    design = Design(like.removed(scores), like.removed(target), like.removed(np.ones((len(rows), 1))), scores, like)
    values = unit(residual(basis_of(design), like.removed(sample.columns.forms.columns[rows])))
    return design, replace(sample.columns, values=values, products=values.T @ values)
