"""Learns one bucket: verdict, four models, labelled patterns, and the evidence behind every number."""

import warnings
from dataclasses import dataclass, field
from importlib.metadata import version

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from services.trainer import checks, patterns, quality
from services.trainer.clustermap import cluster_map
from services.trainer.discovery import Resampling
from services.trainer.drift import drift
from services.trainer.forecast import Forecaster, Goal, calibration, forecaster
from services.trainer.freeze import freeze
from services.trainer.labels import RULES
from services.trainer.learn import Learned, learn
from services.trainer.performance import performance
from services.trainer.repeats import without_repeats
from services.trainer.scale import ModelScale
from services.trainer.table import Table
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Check, Findings, Usable, Verdict
from shared.contracts.request import Thresholds
from shared.errors import UsageError

_LIBRARIES = ("numpy", "scikit-learn", "scipy", "skops", "rumiai")


@dataclass(frozen=True)
class Context:
    """Whose bucket it is and what the rows are a sample of; everything is optional for a table of one's own."""

    client: str | None = None
    client_name: str | None = None
    batch: str | None = None
    run: str | None = None
    bucket: Bucket | None = None
    population: str | None = None
    searches: tuple[str, ...] = ()
    sample_data: bool = False


@dataclass(frozen=True)
class Trained:
    """Findings, the table they rest on, and the fitted pipelines as skops bytes by model name.

    Without models unless the verdict is `trained`; without a forecaster where all rows are of one group.
    """

    findings: Findings
    table: Table
    models: dict[str, bytes] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    forecaster: Forecaster | None = None


def train(
    table: Table,
    *,
    seed: int = 0,
    thresholds: Thresholds | None = None,
    planned: int | None = None,
    failed: int = 0,
    context: Context | None = None,
    draws: Resampling | None = None,
    previous: Findings | None = None,
) -> Trained:
    """Learn from a table. `planned` rows were asked for, of which `failed` gave no row; by default those in the table.

    What became of the patterns of `previous` findings stands in the findings' drift.

    Raises UsageError when the counts contradict each other, the target is constant or no feature is left.
    """
    table = without_repeats(table)
    counts = _counts(table, planned, failed)
    things = "rows" if context is None or context.bucket is None else "videos"
    verdict, sentence = _verdict(counts, thresholds or Thresholds(), things)
    with threadpool_limits(1), warnings.catch_warnings():
        # A path that has not quite converged ranks features all the same, and the figures are out-of-fold anyway.
        warnings.simplefilter("ignore", ConvergenceWarning)
        if verdict is not Verdict.TRAINED:
            learned = Learned(_refusals(table, verdict, sentence))
        else:
            learned = learn(table, seed, draws or Resampling())
        made = _forecaster(table, learned, seed)
    findings = _findings(table, counts, verdict, sentence, seed, context or Context(), learned)
    findings = findings.model_copy(update=_beside(table, learned, made, previous))
    models: dict[str, bytes] = {model.name: freeze(model.pipeline) for model in learned.models}
    return Trained(findings, table, models, learned.prepared.names if learned.prepared else (), made)


def _forecaster(table: Table, learned: Learned, seed: int) -> Forecaster | None:
    if learned.prepared is None:
        return None
    scale = ModelScale.of(table.target, table.target_name)
    goal = Goal(table.ids, scale.values(table.target), scale, table.groups, table.weights)
    return forecaster(learned.prepared.values, goal, seed=seed)


def _beside(table: Table, learned: Learned, made: Forecaster | None, previous: Findings | None) -> dict[str, object]:
    """Calibration, cluster map and drift, each None where there is nothing to show."""
    clusters = next((model.pipeline for model in learned.models if model.name == "kmeans"), None)
    values = learned.prepared.values if learned.prepared else table.values
    return {
        "calibration": calibration(made) if made else None,
        "cluster_map": cluster_map(clusters, values, table) if clusters else None,
        "drift": drift(learned.patterns, table, learned.prepared, previous) if previous else None,
    }


def _counts(table: Table, planned: int | None, failed: int) -> Usable:
    given = len(table) + table.left_out
    total = given + failed if planned is None else planned
    if total < given + failed:
        raise UsageError(f"{total} rows can't have been planned when {given} are given and {failed} failed: correct --planned.")
    return Usable(planned=total, usable=len(table), failed=total - given, left_out=table.left_out)


def _verdict(counts: Usable, limits: Thresholds, things: str) -> tuple[Verdict, str]:
    usable, planned = counts.usable, counts.planned
    if usable < limits.min_usable_videos:
        missing = f"{usable} of {planned} planned {things} are usable, and at least {limits.min_usable_videos} are needed"
        return Verdict.INSUFFICIENT_DATA, f"Nothing was learned: {missing}."
    if usable < limits.min_success_rate * planned - 1e-9:
        rate = f"{usable} of {planned} planned {things} are usable ({usable / planned:.0%}), and at least"
        return Verdict.LOW_SUCCESS_RATE, f"Nothing was learned: {rate} {limits.min_success_rate:.0%} are needed."
    return Verdict.TRAINED, f"Learned from {usable} of {planned} planned {things}."


def _refusals(table: Table, verdict: Verdict, sentence: str) -> tuple[Check, ...]:
    code = checks.TOO_FEW if verdict is Verdict.INSUFFICIENT_DATA else checks.TOO_MANY_FAILED
    return (*table.checks, *quality.extreme_targets(table), checks.check(code, "refusal", sentence))


def _findings(
    table: Table, counts: Usable, verdict: Verdict, sentence: str, seed: int, context: Context, learned: Learned
) -> Findings:
    return Findings(
        client=context.client,
        client_name=context.client_name,
        batch=context.batch,
        run=context.run,
        bucket=context.bucket,
        target=table.target_name,
        verdict=verdict,
        verdict_sentence=sentence,
        counts=counts,
        performance=performance(table.target),
        patterns=learned.patterns,
        models=learned.reports,
        ranking=learned.ranking,
        checks=learned.checks,
        evidence=patterns.evidence(table, learned.prepared, learned.patterns),
        shuffled_label_rate=learned.shuffled.rate if learned.shuffled else None,
        shuffled_label_runs=len(learned.shuffled.counts) if learned.shuffled else None,
        shuffled_label_interval=learned.shuffled.interval if learned.shuffled else None,
        features_tested=len(learned.prepared.names) if learned.prepared else 0,
        catalogue_version=table.catalogue_version,
        profile=table.profile,
        seed=seed,
        data_sha256=table.sha256(),
        libraries={name: version(name) for name in _LIBRARIES},
        population=context.population,
        searches=context.searches,
        procedure=learned.procedure,
        label_rules=RULES,
        sample_data=context.sample_data,
    )
