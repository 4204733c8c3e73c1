"""What a bucket teaches: models with their figures, labelled patterns, and the rate on shuffled targets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import skew

from services.trainer import checks, patterns, quality, search, validation
from services.trainer.design import Design
from services.trainer.discovery import Resampling, Sample, discover
from services.trainer.models import Fitted, fit_models, regressors
from services.trainer.procedure import sentences
from services.trainer.ranks import FloatArray, spearman_matrix, tidy
from services.trainer.table import Table
from shared.contracts.findings import Check, Label, ModelReport, Pattern
from shared.errors import UsageError

SHUFFLES = 20
SHOWN = 20


@dataclass(frozen=True)
class Learned:
    """Everything learned from a table; a refused one has its checks only."""

    checks: tuple[Check, ...]
    prepared: quality.Prepared | None = None
    patterns: tuple[Pattern, ...] = ()
    reports: tuple[ModelReport, ...] = ()
    models: tuple[Fitted, ...] = ()
    shuffled_label_rate: float | None = None
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
    goal = model_scale(table.target)
    models = fit_models(prepared.values, goal, seed=seed)
    sample = sample_of(prepared.values, table.target, table.groups)
    found = discover(sample, lambda: tops_of(models), seed=(seed, 0), draws=draws)
    return Learned(
        checks=(*prepared.checks, *_redundant(sample.related)),
        prepared=prepared,
        patterns=tuple(patterns.pattern(candidate, table, prepared) for candidate in found),
        reports=_reports(models, prepared, goal, table.groups, seed),
        models=tuple(models),
        shuffled_label_rate=shuffled_rate(sample, goal, seed=seed, draws=draws),
        procedure=sentences(len(table), len(prepared.names), table.target_name, draws),
    )


def model_scale(target: FloatArray) -> FloatArray:
    """The target as the models see it: its logarithm when it is positive and skewed to the right."""
    return np.log(target) if target.min() > 0 and skew(target) > 1 else target


def sample_of(values: FloatArray, target: FloatArray, groups: Sequence[str] | None = None) -> Sample:
    """What the search works on."""
    related = spearman_matrix(values)
    return Sample(
        values, target, Design.of(values, target, related, groups=groups, aside=quality.extreme_rows(target)), related
    )


def shuffled_rate(sample: Sample, goal: FloatArray, *, seed: int, draws: Resampling, shuffles: int = SHUFFLES) -> float:
    """The mean number of STRONG or MODERATE patterns when the same procedure is given targets dealt out at random."""
    counts = [_count_shuffled(sample, goal, (seed, shuffle), draws) for shuffle in range(1, shuffles + 1)]
    return sum(counts) / shuffles


def _count_shuffled(sample: Sample, goal: FloatArray, seed: tuple[int, int], draws: Resampling) -> int:
    order = np.random.default_rng(seed).permutation(len(goal))
    # The decorrelated residual is dealt out: rows of one creator are alike, and only what is left of them is exchangeable.
    design = sample.design.dealt(order)
    dealt = Sample(sample.values, sample.target[order], design, sample.related)
    found = discover(
        dealt, lambda: tops_of(fit_models(sample.values, goal[order], seed=seed[0])), seed=seed, draws=draws, emerging=False
    )
    return sum(candidate.label is not Label.EMERGING for candidate in found)


def tops_of(models: Sequence[Fitted]) -> dict[str, tuple[int, ...]]:
    """The top columns by model name."""
    return {model.name: model.top() for model in models}


def _reports(
    models: list[Fitted], prepared: quality.Prepared, goal: FloatArray, groups: tuple[str, ...] | None, seed: int
) -> tuple[ModelReport, ...]:
    plan = validation.plan(len(goal), groups, seed)
    makers = regressors(len(goal), seed)
    reports = []
    for model in models:
        top = tuple(prepared.names[column] for column in model.top()[:SHOWN])
        if model.name == "kmeans":
            sentence = "silhouette of the clusters; k between 2 and 5 with the largest one"
            reports.append(
                ModelReport(
                    name=model.name,
                    validation=sentence,
                    silhouette=None if model.silhouette is None else tidy(model.silhouette),
                    top_features=top,
                )
            )
            continue
        scores = validation.out_of_fold(makers[model.name], prepared.values, goal, plan.folds)
        reports.append(
            ModelReport(
                name=model.name,
                validation=plan.sentence,
                spearman=tidy(scores.spearman),
                r2=tidy(scores.r2),
                baseline_r2=tidy(scores.baseline_r2),
                top_features=top,
            )
        )
    return tuple(reports)


def _redundant(related: FloatArray) -> list[Check]:
    near = np.abs(np.triu(related, 1)) > search.REDUNDANT
    involved = np.flatnonzero(near.any(axis=0) | near.any(axis=1))
    if not len(involved):
        return []
    sentence = (
        f"{checks.counted(len(involved), 'column')} correlated above {search.REDUNDANT} with another: reported as one pattern."
    )
    return [checks.check(checks.REDUNDANT, "info", sentence)]
