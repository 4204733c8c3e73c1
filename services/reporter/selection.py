"""How the videos were chosen: the way from found items to usable videos, with every loss counted."""

from collections import Counter

from services.reporter import charts
from services.reporter.brand import Palette
from services.reporter.source import Source
from services.reporter.view import Selection, Step
from services.reporter.words import FAILURES, REJECTIONS
from shared.contracts.failure import FailureReason
from shared.contracts.plan import Plan

TOP = (
    "They were selected by engagement, highest first. So the comparison is among videos that did well already: "
    "it shows what sets the best apart from the good, not what makes a video fail."
)
ALL = "No others fitted, so none was chosen over another; weak videos are part of the comparison where there were any."
SPREAD = "They were selected evenly over the range of engagement, so weak videos are part of the comparison."


def selection(source: Source, palette: Palette) -> Selection:
    """The selection as far as it is known."""
    findings = source.findings
    population = findings.population or (source.plan.population if source.plan else None)
    failures = Counter(findings.failures or {}).most_common()
    return Selection(
        population=population or f"The findings do not say what the {source.things}s are a sample of.",
        note=_note(source),
        steps=_steps(source, palette),
        rejections=_rejections(source),
        failures=tuple((_failure(code), amount) for code, amount in failures),
    )


def _note(source: Source) -> str:
    """How the videos of this bucket were chosen among those that fitted."""
    if source.request is None or source.plan is None:
        return ""
    if not any(other.bucket is source.findings.bucket for other in source.plan.not_selected):
        return ALL
    return {"top": TOP, "spread": SPREAD}[source.request.selection]


def _steps(source: Source, palette: Palette) -> tuple[Step, ...]:
    counts = source.findings.counts
    rows = _before(source, source.plan) if source.plan else []
    rows.append(("Planned", counts.planned, "selected for analysis" if source.plan else f"{source.things}s in the input"))
    rows.append(("Usable", counts.usable, f"{counts.failed:,} failed, {counts.left_out:,} left out"))
    largest = max(amount for _, amount, _ in rows)
    return tuple(
        Step(label, f"{amount:,}", charts.proportion(amount, largest, palette=palette), note) for label, amount, note in rows
    )


def _before(source: Source, plan: Plan) -> list[tuple[str, int, str]]:
    rows = [
        ("Found", plan.counts.items, f"items from {plan.source}"),
        ("Fitting", plan.counts.records, "all durations that were asked for"),
    ]
    bucket = source.findings.bucket
    if bucket and len(plan.buckets) > 1:
        fitting = sum(video.bucket is bucket for video in plan.videos) + sum(
            other.bucket is bucket for other in plan.not_selected
        )
        rows.append(("Of this duration", fitting, bucket.value))
    return rows


def _rejections(source: Source) -> tuple[tuple[str, int], ...]:
    if not source.plan:
        return ()
    amounts = Counter(rejection.code for rejection in source.plan.rejected)
    return tuple((f"{REJECTIONS[code]} ({code.value})", amount) for code, amount in amounts.most_common())


def _failure(code: str) -> str:
    return f"{FAILURES[FailureReason(code)]} ({code})" if code in set(FailureReason) else code
