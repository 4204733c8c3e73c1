"""What the page shows, worded and drawn, so that the template only places it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.trainer.page import plots
from services.trainer.page.look import Form, drawn
from shared.catalogue.registry import CATALOGUE
from shared.contracts.findings import Evidence, Findings, Label, Pattern, Performance
from shared.links import web_address
from shared.numbers import number, percent, probability, signed

RATE = "engagement_rate"
TIERS = (("top 10 %", 0.0, 0.1), ("next 20 %", 0.1, 0.3), ("middle 40 %", 0.3, 0.7), ("bottom 30 %", 0.7, 1.0))
"""Of seed 001, section 8, by the target."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table; `row` leads to that row of the appendix."""

    text: str
    row: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class PatternView:
    """One pattern with its figures, its two plots and its rows."""

    anchor: str
    title: str
    definition: str | None
    label: str
    facts: tuple[tuple[str, str], ...]
    plots: tuple[Markup, ...]
    note: str
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Page:
    """The page from top to bottom."""

    findings: Findings
    title: str
    facts: tuple[tuple[str, str], ...]
    spread: Markup | None
    forest: Markup | None
    patterns: tuple[PatternView, ...]
    clusters: tuple[Markup, ...]
    cluster_rows: tuple[tuple[str, ...], ...]
    calibration: Markup | None
    shuffled: Markup | None
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: int


def view(findings: Findings) -> Page:
    """Everything, from findings alone."""
    form = percent if findings.target == RATE else number
    claimed = [found for found in findings.patterns if found.label is not Label.EMERGING]
    rate, seen = findings.shuffled_label_rate, findings.cluster_map
    forest = [(_named(found), found.effect, found.interval) for found in findings.patterns]
    targets = [(row.row_id, row.target) for row in findings.evidence]
    marks = _marks(findings.performance)
    return Page(
        findings=findings,
        title=_title(findings),
        facts=_facts(findings, form),
        spread=plots.spread(targets, marks, form) if targets else None,
        forest=plots.forest(forest) if forest else None,
        patterns=tuple(_pattern(found, findings, form) for found in findings.patterns),
        clusters=(plots.clusters(seen), plots.silhouettes(seen)) if seen else (),
        cluster_rows=tuple((str(c.cluster), str(c.n), form(c.median)) for c in seen.clusters) if seen else (),
        calibration=plots.calibration(findings.calibration, form) if findings.calibration else None,
        shuffled=None if rate is None else plots.shuffled(len(claimed), rate),
        header=("row", findings.target, *_expected(findings), *_columns(findings)),
        rows=tuple(_appendix(row, findings, form) for row in findings.evidence),
        strong=len(claimed),
    )


def _title(findings: Findings) -> str:
    who = findings.client_name or findings.client
    parts = [who, *findings.searches, findings.bucket.value if findings.bucket else None]
    return ", ".join(part for part in parts if part) or f"Findings on {findings.target}"


def _facts(findings: Findings, form: Form) -> tuple[tuple[str, str], ...]:
    counts, seen = findings.counts, findings.performance
    told = [
        ("rows", f"{counts.usable} of {counts.planned} planned ({counts.failed} failed, {counts.left_out} left out)"),
        ("features tested", f"{findings.features_tested:,}"),
    ]
    if seen:
        told += [
            ("median", form(seen.median)),
            ("mean", f"{form(seen.mean)} (standard deviation {form(seen.standard_deviation)})"),
            ("range", f"{form(seen.minimum)} to {form(seen.maximum)}"),
            ("best tenth from", form(seen.top_decile)),
        ]
        if seen.consistency is not None:
            told.append(("consistency", f"{number(seen.consistency)}. {seen.verdict or ''}".strip()))
    return tuple(told)


def _marks(seen: Performance | None) -> tuple[tuple[str, float], ...]:
    return (("median", seen.median), ("best tenth from", seen.top_decile)) if seen else ()


def _named(found: Pattern) -> str:
    return f"{' and '.join(found.features)} ({found.direction})"


def _pattern(found: Pattern, findings: Findings, form: Form) -> PatternView:
    name = found.features[0]
    known = [(row, float(value)) for row in findings.evidence if isinstance(value := row.values.get(name), int | float)]
    _, note = drawn(len(known))
    return PatternView(
        anchor=found.id,
        title=_named(found),
        definition=_definition(name),
        label=found.label.value,
        facts=_figures(found),
        plots=(_dependence(found, known, findings.target, form), plots.tiers(_tiers(known), name)) if known else (),
        note=note,
        supporting=found.supporting,
        contradicting=found.contradicting,
        rows=len(known),
    )


def _definition(column: str) -> str | None:
    name = column.partition("=")[0]
    return f"{CATALOGUE.get(name).title}: {CATALOGUE.get(name).definition}" if name in CATALOGUE else None


def _figures(found: Pattern) -> tuple[tuple[str, str], ...]:
    low, high = found.interval
    told = [
        ("effect (Spearman)", f"{signed(found.effect)}, 95 % interval {signed(low)} to {signed(high)}"),
        ("p, q", f"p {probability(found.p_value)}, q {probability(found.q_value)}"),
        ("models that agree", f"{len(found.consensus)} of 4: {', '.join(found.consensus)}" if found.consensus else "none"),
        ("rows", f"{found.n} with a value"),
    ]
    told += [(f"median in the {tier.name} tier", f"{_or_none(tier.median)} (n {tier.n})") for tier in found.tiers]
    if found.also_known_as:
        told.append(("also known as", ", ".join(found.also_known_as)))
    return tuple(told)


def _or_none(value: float | None) -> str:
    return "no value" if value is None else number(value)


def _dependence(found: Pattern, known: Sequence[tuple[Evidence, float]], target: str, form: Form) -> Markup:
    roles = dict.fromkeys(found.contradicting, "breaks") | dict.fromkeys(found.supporting, "follows")
    rows = [plots.Row(row.row_id, value, row.target, roles.get(row.row_id, "rest")) for row, value in known]
    return plots.dependence(rows, (found.features[0], target), form)


def _tiers(known: Sequence[tuple[Evidence, float]]) -> list[tuple[str, list[tuple[str, float]]]]:
    best = sorted(known, key=lambda pair: (-pair[0].target, pair[0].row_id))
    cuts = [(title, round(start * len(best)), round(end * len(best))) for title, start, end in TIERS]
    return [(title, [(row.row_id, value) for row, value in best[start:end]]) for title, start, end in cuts]


def _columns(findings: Findings) -> tuple[str, ...]:
    return tuple(findings.evidence[0].values) if findings.evidence else ()


def _expected(findings: Findings) -> tuple[str, ...]:
    return ("expected out of fold", "interval") if findings.calibration else ()


def _appendix(row: Evidence, findings: Findings, form: Form) -> tuple[Cell, ...]:
    cells = [Cell(row.row_id, row=row.row_id, href=web_address(row.url)), Cell(form(row.target))]
    if findings.calibration:
        own = next(point for point in findings.calibration.points if point.row_id == row.row_id)
        told = "none" if own.low is None or own.high is None else f"{form(own.low)} to {form(own.high)}"
        cells += [Cell(form(own.expected)), Cell(told)]
    for value in row.values.values():
        cells.append(Cell("missing" if value is None else value if isinstance(value, str) else number(value)))
    return tuple(cells)
