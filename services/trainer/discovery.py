"""From scores and models to labelled candidates: search, p and q of every feature, consensus, label."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.trainer import labels, search
from services.trainer.design import Design, own_tests
from services.trainer.labels import Case
from services.trainer.ranks import FloatArray, benjamini_hochberg, spearman, spearman_interval
from shared.contracts.findings import Label

Tops = Mapping[str, Sequence[int]]
MAX_EMERGING = 5


@dataclass(frozen=True)
class Resampling:
    """How many random draws each question gets."""

    search: int = search.ITERATIONS
    own: int = 19_999
    interval: int = 4000


@dataclass(frozen=True)
class Sample:
    """The tested features (n, p), the target (n,), their scores, and the rank correlation between features (p, p)."""

    values: FloatArray
    target: FloatArray
    design: Design
    related: FloatArray


@dataclass(frozen=True)
class Candidate:
    """A labelled feature; `aliases` are the columns correlated above 0.8 with it."""

    column: int
    aliases: tuple[int, ...]
    label: Label
    effect: float
    interval: tuple[float, float]
    p_value: float
    q_value: float
    consensus: tuple[str, ...]


def discover(
    sample: Sample, tops: Callable[[], Tops], *, seed: Sequence[int], draws: Resampling, emerging: bool = True
) -> list[Candidate]:
    """Label what the sample shows, strongest first. `tops` fits the models, and is only called when there is a candidate."""
    rng = np.random.default_rng(list(seed))
    near = search.redundant(sample.related)
    support = search.support(sample.design, near, rng=rng, iterations=draws.search)
    found = support.found(near, labels.MODERATE_SUPPORT)
    if not found and not emerging:
        return []
    partial, p_values = _own_tests(sample, found, rng, draws.own)
    q_values = benjamini_hochberg(p_values)
    ranked = [*found, *_others(sample, found, p_values, q_values)] if emerging else list(found)
    models = tops() if ranked else {}
    candidates = []
    for column in ranked:
        effect = spearman(sample.values[:, column], sample.target)
        interval = spearman_interval(sample.values[:, column], sample.target, rng=rng, resamples=draws.interval)
        consensus = _consensus(sample, column, models)
        case = Case(
            support=float(support.cluster[column]) if column in found else 0.0,
            q_value=float(q_values[column]),
            effect=effect,
            partial=float(partial[column]),
            interval=interval,
            consensus=len(consensus),
        )
        if (earned := labels.label(case)) is not None:
            p, q, aliases = float(p_values[column]), case.q_value, _aliases(sample, column)
            candidates.append(Candidate(column, aliases, earned, effect, interval, p, q, consensus))
    order = list(Label)
    return sorted(candidates, key=lambda candidate: (order.index(candidate.label), candidate.q_value, -abs(candidate.effect)))


def _own_tests(
    sample: Sample, found: Sequence[int], rng: np.random.Generator, permutations: int
) -> tuple[FloatArray, FloatArray]:
    """Every feature given the found ones of other redundancy clusters."""
    partial, p_values = own_tests(sample.design, found, rng=rng, permutations=permutations)
    for column in found:
        others = [other for other in found if other != column]
        cluster = [column, *_aliases(sample, column)]
        own, p = own_tests(sample.design, others, rng=rng, permutations=permutations)
        partial[cluster], p_values[cluster] = own[cluster], p[cluster]
    return partial, p_values


def _others(sample: Sample, found: Sequence[int], p_values: FloatArray, q_values: FloatArray) -> list[int]:
    """Columns worth a look beside the found ones: small q, one per redundancy cluster, a handful."""
    others: list[int] = []
    for column in np.lexsort((np.arange(len(p_values)), p_values)):
        if q_values[column] > labels.EMERGING_Q or len(others) == MAX_EMERGING:
            break
        if column not in found and not (np.abs(sample.related[column, [*found, *others]]) > search.REDUNDANT).any():
            others.append(int(column))
    return others


def _aliases(sample: Sample, column: int) -> tuple[int, ...]:
    close = np.flatnonzero(np.abs(sample.related[column]) > search.REDUNDANT)
    return tuple(int(other) for other in close if other != column)


def _consensus(sample: Sample, column: int, models: Tops) -> tuple[str, ...]:
    """Models that have the column, or one that says the same, among their top ones."""
    cluster = {column, *_aliases(sample, column)}
    return tuple(name for name, top in models.items() if cluster & set(top))
