"""Adds to every pattern the seconds of video where the rows it names show its features."""

from collections.abc import Callable, Iterator, Sequence
from math import isclose

from services.trainer import checks
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.findings import Check, Evidence, Findings, Pattern
from shared.contracts.sightings import Sighting
from shared.tracing import Tracer

AnalysisOf = Callable[[str], Analysis | None]
"""The analysis of a row by its id; None where there is none that can be read."""
_AS_STORED = 1e-6


def with_sightings(findings: Findings, analysis_of: AnalysisOf, tracer: Tracer | None) -> Findings:
    """The findings with the sightings of every pattern, or with a check that says why there are none.

    Only features of the catalogue are traced. Where the analysis gives another value than the row has, the sighting says so
    instead of showing moments that did not make that value.
    """
    wanted = {row: tuple(names) for row, names in _wanted(findings).items() if names}
    if not wanted:
        return findings
    hindered = _hindered(findings, tracer)
    if hindered or tracer is None:
        return _told(findings, f"The patterns are listed without the seconds of video where they show: {hindered}")
    seen: dict[str, tuple[Sighting, ...]] = {}
    for row, names in wanted.items():
        analysis = analysis_of(row)
        if analysis is not None:
            seen[row] = tracer.trace(row, names, analysis)
    rows = {row.row_id: row for row in findings.evidence}
    patterns = tuple(found.model_copy(update={"sightings": tuple(_of(found, seen, rows))}) for found in findings.patterns)
    findings = findings.model_copy(update={"patterns": patterns})
    lost = [row for row in wanted if row not in seen]
    if not lost:
        return findings
    return _told(
        findings, f"Without the seconds where they show, as their analysis is gone or unreadable: {checks.named(lost)}."
    )


def _wanted(findings: Findings) -> dict[str, dict[str, None]]:
    """Features by row, each once, in the order of the patterns."""
    wanted: dict[str, dict[str, None]] = {}
    for found in findings.patterns:
        for row in (*found.supporting, *found.contradicting, *found.warning):
            wanted.setdefault(row, {}).update(dict.fromkeys(_features(found)))
    return wanted


def _features(found: Pattern) -> list[str]:
    """The features of the catalogue behind the columns: a category has a column for each of its values."""
    return [name for name in dict.fromkeys(column.partition("=")[0] for column in found.features) if name in CATALOGUE]


def _hindered(findings: Findings, tracer: Tracer | None) -> str:
    if tracer is None:
        return "no installed package can trace features."
    here = tracer.catalogue_version()
    if findings.catalogue_version in (None, here):
        return ""
    return f"the rows are of catalogue version {findings.catalogue_version}, and this installation has {here}."


def _told(findings: Findings, sentence: str) -> Findings:
    told: Check = checks.check(checks.NOT_TRACED, "warning", sentence)
    return findings.model_copy(update={"checks": (*findings.checks, told)})


def _of(found: Pattern, seen: dict[str, tuple[Sighting, ...]], rows: dict[str, Evidence]) -> Iterator[Sighting]:
    names = set(_features(found))
    for row in (*found.supporting, *found.contradicting, *found.warning):
        for sighting in seen.get(row, ()):
            if sighting.feature in names:
                yield _checked(sighting, found.features, rows[row])


def _checked(sighting: Sighting, columns: Sequence[str], row: Evidence) -> Sighting:
    column = next(name for name in columns if name.partition("=")[0] == sighting.feature)
    stored = row.values.get(column)
    if not sighting.moments or _same(sighting.value, stored, column):
        return sighting
    said = f"The analysis gives {_written(sighting.value)} where the row has {_written(stored)}: not traced."
    return sighting.model_copy(update={"moments": (), "more": 0, "note": said})


def _same(value: float | str | None, stored: float | str | None, column: str) -> bool:
    level = column.partition("=")[2]
    own = float(value == level) if level and value is not None else value
    if isinstance(own, float | int) and isinstance(stored, float | int):
        return isclose(own, stored, rel_tol=_AS_STORED, abs_tol=_AS_STORED)
    return own == stored


def _written(value: float | str | None) -> str:
    return "no value" if value is None else f"{value:g}" if isinstance(value, float | int) else value
