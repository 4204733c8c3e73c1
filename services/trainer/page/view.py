"""What the page shows, worded and drawn, so that the template only places it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.trainer.page import plots
from services.trainer.page.figures import TIERS, figures
from services.trainer.page.look import Form, drawn
from services.trainer.page.models import model_table
from shared.catalogue.registry import CATALOGUE
from shared.contracts.findings import Evidence, Findings, Label, Pattern, Performance
from shared.contracts.sightings import Sighting
from shared.links import web_address
from shared.numbers import count, number, percent, span

RATE = "engagement_rate"


@dataclass(frozen=True)
class Cell:
    """One cell of a table; `row` leads to that row of the appendix."""

    text: str
    row: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Drawings:
    """One feature against the target, and in the four tiers."""

    dependence: Markup
    tiers: Markup | None


@dataclass(frozen=True)
class PatternView:
    """One pattern with its figures, two plots per feature, and its rows."""

    anchor: str
    title: str
    definitions: tuple[str, ...]
    label: str
    facts: tuple[tuple[str, str], ...]
    plots: tuple[Drawings, ...]
    note: str
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]
    warning: tuple[str, ...]
    sightings: tuple[tuple[str, str, str, str], ...]


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
    model_header: tuple[str, ...]
    model_rows: tuple[tuple[str, ...], ...]
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
    model_header, model_rows = model_table(findings.models)
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
        model_header=model_header,
        model_rows=model_rows,
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
    if not found.conditions:
        return f"{' and '.join(found.features)} ({found.direction})"
    told = " and ".join(f"{one.feature} {one.operator} {number(one.threshold)}" for one in found.conditions)
    return f"avoid {told}" if found.anti else told


def _pattern(found: Pattern, findings: Findings, form: Form) -> PatternView:
    known = {name: _known(findings, name) for name in found.features}
    thresholds = {one.feature: one.threshold for one in found.conditions}
    target = (findings.target, form)
    drawings = tuple(
        Drawings(_dependence(found, name, rows, target, thresholds.get(name)), _tiers(name, rows))
        for name, rows in known.items()
        if rows
    )
    return PatternView(
        anchor=found.id,
        title=_named(found),
        definitions=tuple(text for name in found.features if (text := _definition(name))),
        label=found.label.value,
        facts=figures(found),
        plots=drawings,
        note=drawn(max(map(len, known.values())))[1],
        supporting=found.supporting,
        contradicting=found.contradicting,
        warning=found.warning,
        sightings=tuple(_sighting(seen) for seen in found.sightings),
    )


def _sighting(seen: Sighting) -> tuple[str, str, str, str]:
    """Row, feature, value, and the moments in words."""
    value = "missing" if seen.value is None else seen.value if isinstance(seen.value, str) else number(seen.value)
    told = [f"{span(one.start_s, one.end_s)} {one.what}" for one in seen.moments]
    rest = [f"and {count(seen.more, 'more piece')} of evidence"] if seen.more else []
    return seen.row_id, seen.feature, value, "; ".join([*told, *rest]) or str(seen.note)


def _known(findings: Findings, name: str) -> list[tuple[Evidence, float]]:
    return [(row, float(value)) for row in findings.evidence if isinstance(value := row.values.get(name), int | float)]


def _definition(column: str) -> str | None:
    name = column.partition("=")[0]
    return f"{CATALOGUE.get(name).title}: {CATALOGUE.get(name).definition}" if name in CATALOGUE else None


def _dependence(
    found: Pattern, name: str, known: Sequence[tuple[Evidence, float]], target: tuple[str, Form], threshold: float | None
) -> Markup:
    roles = dict.fromkeys(found.contradicting, "breaks") | dict.fromkeys(found.supporting, "follows")
    rows = [plots.Row(row.row_id, value, row.target, roles.get(row.row_id, "rest")) for row, value in known]
    return plots.dependence(rows, (name, target[0]), target[1], threshold)


def _tiers(name: str, known: Sequence[tuple[Evidence, float]]) -> Markup | None:
    """None for findings of a version that named no tiers."""
    best = sorted(known, key=lambda pair: (-pair[0].target, pair[0].row_id))
    groups = [(title, [(row.row_id, value) for row, value in best if row.tier == tier]) for tier, title in TIERS.items()]
    return plots.tiers(groups, name) if any(rows for _, rows in groups) else None


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
