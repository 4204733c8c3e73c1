"""How it was done and what it can't say: procedure, limits, models, checks and versions."""

from services.reporter.features import describe
from services.reporter.numbers import MINUS, count, number, signed
from services.reporter.source import Source
from services.reporter.view import ModelRow
from services.reporter.words import model
from shared.contracts.findings import Findings, ModelReport, Verdict

DASH = "–"
TOP_SHOWN = 3


def procedure(source: Source) -> tuple[str, ...]:
    """The exact procedure: the trainer's own sentences, then what holds for every report."""
    findings = source.findings
    if findings.verdict is not Verdict.TRAINED:
        return ()
    fixed = (
        f"The effect is Spearman’s rank correlation between a feature and the {source.target}, from {MINUS}1 to +1: 0 means that knowing "
        "the feature says nothing about the order of the results. The interval comes from resampling the "
        f"{source.things}s (bootstrap); p from shuffling them (permutation).",
        f"q is the false-discovery rate after Benjamini and Hochberg over all {count(findings.features_tested, 'feature')} tested.",
    )
    rules = tuple(f"{label.value}: {rule}" for label, rule in findings.label_rules.items())
    return (*(findings.procedure or fixed), *rules, *_shuffled(findings))


def limits(source: Source) -> tuple[str, ...]:
    """What a reader must not conclude."""
    things = f"{source.things}s"
    return (
        f"Correlation is not cause. These patterns go together with the {source.target}; whether doing them raises it is for a test to show.",
        f"They hold for the {things} described under “How the {things} were chosen”, and may fade elsewhere or later.",
        "Followers, posting time, paid reach and the sound of the day can move results too.",
    )


def models(source: Source) -> tuple[ModelRow, ...]:
    """The models' figures on data they were not trained on."""
    return tuple(_model(report) for report in source.findings.models)


def provenance(source: Source) -> tuple[tuple[str, str], ...]:
    """What is needed to make the same document again."""
    findings = source.findings
    pairs = {
        "Batch": findings.batch,
        "Run": findings.run,
        "Target": findings.target,
        "Seed": str(findings.seed),
        "Data (SHA-256)": findings.data_sha256,
        "Catalogue version": findings.catalogue_version,
        "Engine profile": findings.profile,
        "Libraries": ", ".join(f"{name} {version}" for name, version in findings.libraries.items()) or None,
    }
    return tuple((name, value) for name, value in pairs.items() if value)


def _shuffled(findings: Findings) -> tuple[str, ...]:
    if findings.shuffled_label_rate is None:
        return ()
    return (
        f"The same procedure on shuffled results, where nothing can be found, reported {number(findings.shuffled_label_rate)} "
        "strong or moderate patterns per run on average.",
    )


def _model(report: ModelReport) -> ModelRow:
    return ModelRow(
        name=model(report.name),
        validation=report.validation,
        spearman=_figure(report.spearman),
        r2=_figure(report.r2),
        baseline=_figure(report.baseline_r2),
        silhouette=_figure(report.silhouette),
        top=", ".join(describe(name).title for name in report.top_features[:TOP_SHOWN]) or DASH,
    )


def _figure(value: float | None) -> str:
    return DASH if value is None else signed(value)
