"""What a bucket teaches: models with their figures, labelled patterns, and the rate on shuffled targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.stats import chi2

from services.trainer import checks, patterns, quality, search, validation
from services.trainer.confounders import confounders, unheld
from services.trainer.design import Design
from services.trainer.discovery import Resampling, Sample, discover
from services.trainer.forms import Pairs, single_forms
from services.trainer.models import Fitted, fit_models
from services.trainer.procedure import sentences
from services.trainer.ranking import most_supported, ranking
from services.trainer.ranks import FloatArray, spearman_matrix, tidy
from services.trainer.reports import reports
from services.trainer.rules import Rule, rules_of
from services.trainer.scale import ModelScale
from services.trainer.stability import stability
from services.trainer.table import Table
from shared.contracts.findings import Check, Label, ModelReport, Pattern, RankedFeature
from shared.errors import UsageError

SHUFFLES = 20


@dataclass(frozen=True)
class ShuffledLabels:
    """How many STRONG or MODERATE patterns each run on shuffled targets reported."""

    counts: tuple[int, ...]

    @property
    def rate(self) -> float:
        """The mean per run."""
        return sum(self.counts) / len(self.counts)

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the mean, the number of patterns taken as Poisson (Garwood 1936)."""
        total, tail = sum(self.counts), 0.025
        low = chi2.ppf(tail, 2 * total) / 2 if total else 0.0
        return tidy(float(low) / len(self.counts)), tidy(float(chi2.ppf(1 - tail, 2 * total + 2)) / 2 / len(self.counts))


@dataclass(frozen=True)
class Learned:
    """Everything learned from a table; a refused one has its checks only."""

    checks: tuple[Check, ...]
    prepared: quality.Prepared | None = None
    patterns: tuple[Pattern, ...] = ()
    reports: tuple[ModelReport, ...] = ()
    models: tuple[Fitted, ...] = ()
    ranking: tuple[RankedFeature, ...] = ()
    shuffled: ShuffledLabels | None = None
    procedure: tuple[str, ...] = ()


def learn(table: Table, seed: int, draws: Resampling) -> Learned:
    """Learn from a table with enough rows. Raises UsageError when the target is constant or no feature is left."""
    if np.ptp(table.target) == 0:
        raise UsageError(
            f"The target {table.target_name!r} is {table.target[0]:g} in every row: nothing can be learned from it."
        )
    prepared = quality.prepare(table)
    if not prepared.names:
        raise UsageError(f"No feature is left beside the target {table.target_name!r}: give columns that vary.")
    goal = ModelScale.of(table.target).values(table.target)
    models = fit_models(prepared.values, goal, seed=seed, weights=table.weights)
    sample = sample_of(prepared, table)
    found = discover(sample, lambda: votes_of(models), seed=(seed, 0), draws=draws)
    alone = [own.form.features[0] for own in found if len(own.form.features) == 1]
    ranked = most_supported(sample, seed=seed, draws=draws)
    asked = [*alone, *(feature for feature, _ in ranked)] if alone else []
    stable = stability(sample, list(dict.fromkeys(asked)), seed=seed, subsamples=draws.stability)
    rules: dict[str, dict[int, Rule]] = {model.name: rules_of(model, prepared.values) for model in models}
    return Learned(
        checks=(*prepared.checks, *_redundant(sample.related), *unheld(table), *_untimed(table)),
        prepared=prepared,
        patterns=tuple(patterns.pattern(own, table, prepared, rules, stable) for own in found),
        reports=reports(models, prepared.values, prepared.names, goal, table, seed=seed, shuffles=draws.baseline),
        models=tuple(models),
        ranking=ranking(ranked, sample, prepared.names, stable),
        shuffled=shuffled_labels(sample, goal, seed=seed, draws=draws, weights=table.weights),
        procedure=sentences(
            len(table),
            len(prepared.names),
            table.target_name,
            draws,
            creators=len(set(table.groups)) if table.groups else None,
            held=sample.confounders,
            weighted=table.weights is not None,
        ),
    )


def sample_of(prepared: quality.Prepared, table: Table) -> Sample:
    """What the search works on."""
    related = spearman_matrix(prepared.values)
    aside = quality.extreme_rows(table.target)
    design = Design.of(prepared.values, table.target, related, groups=table.groups, aside=aside)
    near = search.redundant(related)
    return Sample(
        values=prepared.values,
        target=table.target,
        design=design,
        related=related,
        near=near,
        columns=search.Columns.of(design, single_forms(design.scores, prepared.values), near),
        pairs=Pairs.of(design.scores, prepared.values),
        groups=table.groups,
        confounders=confounders(table),
    )


def shuffled_labels(
    sample: Sample,
    goal: FloatArray,
    *,
    seed: int,
    draws: Resampling,
    weights: FloatArray | None = None,
    shuffles: int = SHUFFLES,
) -> ShuffledLabels:
    """What the same procedure reports when it is given targets dealt out at random, each with its weight."""
    counts = [_count_shuffled(sample, goal, (seed, shuffle), draws, weights) for shuffle in range(1, shuffles + 1)]
    return ShuffledLabels(tuple(counts))


def _count_shuffled(
    sample: Sample, goal: FloatArray, seed: tuple[int, int], draws: Resampling, weights: FloatArray | None
) -> int:
    order = np.random.default_rng(seed).permutation(len(goal))
    # The decorrelated residual is dealt out: rows of one creator are alike, and only what is left of them is exchangeable.
    design = sample.design.dealt(order)
    dealt = replace(sample, target=sample.target[order], design=design)
    fit = partial(fit_models, sample.values, goal[order], seed=seed[0], weights=None if weights is None else weights[order])
    found = discover(dealt, lambda: votes_of(fit()), seed=seed, draws=draws, emerging=False)
    return sum(candidate.label is not Label.EMERGING for candidate in found)


def votes_of(models: Sequence[Fitted]) -> dict[str, dict[int, int]]:
    """The top features with their directions by model name."""
    return {model.name: model.votes() for model in models}


def _untimed(table: Table) -> list[Check]:
    why = None if table.times is None else validation.untimed(table.times)
    if why is None:
        return []
    return [checks.check(checks.NOT_TIMED, "info", f"The models were not judged in order of time: {why}.")]


def _redundant(related: FloatArray) -> list[Check]:
    near = np.abs(np.triu(related, 1)) > search.REDUNDANT
    involved = np.flatnonzero(near.any(axis=0) | near.any(axis=1))
    if not len(involved):
        return []
    sentence = (
        f"{checks.counted(len(involved), 'column')} correlated above {search.REDUNDANT} with another: reported as one pattern."
    )
    return [checks.check(checks.REDUNDANT, "info", sentence)]
