"""How it was done and what it can't say: procedure, limits, models and versions."""

from services.reporter.features import describe
from services.reporter.source import Source
from services.reporter.view import ModelRow
from services.reporter.words import model
from shared.contracts.findings import Findings, ModelReport, Verdict
from shared.numbers import MINUS, count, number, signed

DASH = "–"
TOP_SHOWN = 3


def explained(source: Source) -> tuple[str, ...]:
    """What the figures of a pattern mean, in plain words."""
    findings = source.findings
    if findings.verdict is not Verdict.TRAINED:
        return ()
    things, tested = f"{source.things}s", count(findings.features_tested, "feature")
    effect = (
        f"The effect is a rank correlation with {source.the_target}, from {MINUS}1 to +1; at 0, knowing the feature says "
        f"nothing about the order of the {things}. The interval shows how far it moves when the {things} are drawn again."
    )
    chance = (
        f"p is how often chance alone would look as good. q is the share of false findings to expect, given that {tested} were "
        "tested, among all patterns at least as clear."
    )
    tiers = (
        f"The {things} stand in four tiers by their results: the top 10%, the next 20%, the middle 40% and the bottom 30%. "
        f"“Top {things}” are the first two; every pattern says how many of each tier it could use."
    )
    return (effect, chance, tiers, *_aims(source), *_shuffled(findings))


def exact(source: Source) -> str:
    """The procedure as the trainer recorded it, with its thresholds; empty where it recorded none."""
    return " ".join(source.findings.procedure)


def rules(source: Source) -> tuple[tuple[str, str], ...]:
    """The labels and the rules behind them, which were fixed before the data were seen."""
    return tuple((label.value, _rule(label.value, rule)) for label, rule in source.findings.label_rules.items())


def limits(source: Source) -> tuple[str, ...]:
    """What a reader must not conclude."""
    things = f"{source.things}s"
    if not source.findings.patterns:
        return (f"No pattern in this report does not mean that nothing works: it means that these {things} cannot show it.",)
    cause = f"Correlation is not cause. These patterns go together with {source.the_target};"
    return (
        f"{cause} whether following them raises it, only a test can show.",
        f"They hold for the {things} described under “How the {things} were chosen”. Elsewhere, or later, they may not.",
        *_video_limits(source),
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
        "Libraries": ", ".join(f"{name} {version}" for name, version in findings.libraries.items()),
    }
    return tuple((name, value) for name, value in pairs.items() if value)


def _rule(label: str, rule: str) -> str:
    text = rule.removeprefix(f"{label}:").strip()
    return text if text.startswith("q ") else f"{text[:1].upper()}{text[1:]}"  # q is a symbol, not a word


def _aims(source: Source) -> tuple[str, ...]:
    """What the values to aim for are, where there are patterns that may name some."""
    if not source.findings.patterns:
        return ()
    return (f"“Aim for” gives the range of the middle half of those top {source.things}s that follow the pattern.",)


def _shuffled(findings: Findings) -> tuple[str, ...]:
    if findings.shuffled_label_rate is None:
        return ()
    rate = number(findings.shuffled_label_rate)
    cause = "Checked against itself: on shuffled results, where nothing can be found,"
    low_high = findings.shuffled_label_interval
    between = f" ({number(low_high[0])} to {number(low_high[1])})" if low_high else ""
    return (f"{cause} the same procedure reported {rate}{between} strong or moderate patterns per run.",)


def _video_limits(source: Source) -> tuple[str, ...]:
    if source.things != "video":
        return ()
    return ("Followers, posting time, paid reach and the sound of the day can move results as well.",)


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
