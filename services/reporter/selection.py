"""How the videos were chosen: the way from found items to usable videos, with every loss counted."""

from collections import Counter

from services.reporter import charts
from services.reporter.brand import Palette
from services.reporter.source import Source
from services.reporter.view import Selection, Step
from services.reporter.words import FAILURES, REJECTIONS
from shared.contracts.failure import FailureReason


def selection(source: Source, palette: Palette) -> Selection:
    """The selection as far as it is known."""
    findings = source.findings
    population = findings.population or (source.plan.population if source.plan else None)
    failures = Counter(findings.failures or {}).most_common()
    return Selection(
        population=population or f"The findings do not say what the {source.things}s are a sample of.",
        notes=_notes(source),
        steps=_steps(source, palette),
        rejections=_rejections(source),
        failures=tuple((_failure(code), amount) for code, amount in failures),
        failed=findings.counts.failed,
    )


def _notes(source: Source) -> tuple[str, ...]:
    if not source.request:
        return ()
    if source.request.selection == "top":
        return (
            "Selected by highest engagement first. The comparison is therefore among videos that did well already: "
            "it says what separates the best from the good, not what prevents failure.",
        )
    return ("Selected evenly over the engagement range, so weak videos are part of the comparison.",)


def _steps(source: Source, palette: Palette) -> tuple[Step, ...]:
    counts = source.findings.counts
    rows: list[tuple[str, int, str]] = []
    if source.plan:
        plan = source.plan
        rows += [("Found", plan.counts.items, f"items from {plan.source}"), ("Could be used", plan.counts.records, "after the checks below")]
        if source.findings.bucket:
            fitting = counts.planned + sum(video.bucket is source.findings.bucket for video in plan.not_selected)
            rows.append(("In this duration", fitting, source.findings.bucket.value))
    rows.append(("Planned", counts.planned, "selected for analysis" if source.plan else f"{source.things}s in the input"))
    rows.append(("Usable", counts.usable, _losses(source)))
    largest = max(amount for _, amount, _ in rows)
    return tuple(Step(label, amount, charts.proportion(amount, largest, palette=palette), note) for label, amount, note in rows)


def _losses(source: Source) -> str:
    counts = source.findings.counts
    return f"{counts.failed:,} failed, {counts.left_out:,} left out"


def _rejections(source: Source) -> tuple[tuple[str, str, int], ...]:
    if not source.plan:
        return ()
    amounts = Counter(rejection.code for rejection in source.plan.rejected)
    return tuple((REJECTIONS[code], code.value, amount) for code, amount in amounts.most_common())


def _failure(code: str) -> str:
    return FAILURES[FailureReason(code)] if code in set(FailureReason) else code
