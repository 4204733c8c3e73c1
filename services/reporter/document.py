"""Findings become the view of a report: what it says, in which words, with which figures. Pure; renders nothing."""

from services.reporter import charts, method
from services.reporter.brand import Palette, palette
from services.reporter.cards import cards
from services.reporter.selection import selection
from services.reporter.source import ENGAGEMENT_RATE, Source
from services.reporter.summary import advice, figures, headline, lead
from services.reporter.view import Performance, Report, VideoRow
from services.reporter.words import lengths
from shared.numbers import count, days

MOST_ROWS = 500  # as many as a bucket can hold; a table of one's own may have more


def build_report(source: Source, *, has_logo: bool = False) -> Report:
    """The view of a report; every figure in it comes from the findings, the plan or the request."""
    colors = palette(source.brand)
    heading = _heading(source)
    return Report(
        title=f"{heading}: {source.client}",
        heading=heading,
        running=f"{shortened(source.client)}: {heading}",
        footer=f"Confidential. Prepared for {shortened(source.client)}" if source.has_client else "Confidential",
        client=source.client,
        subject=", ".join(source.searches),
        scope=_scope(source),
        sample=source.sample,
        palette=colors,
        has_logo=has_logo,
        headline=headline(source),
        lead=lead(source),
        advice=advice(source),
        figures=figures(source),
        cards=cards(source, colors),
        axis=charts.interval_axis(palette=colors, width=136),
        performance=_performance(source, colors),
        selection=selection(source, colors),
        explained=method.explained(source),
        exact=method.exact(source),
        rules=method.rules(source) if source.findings.patterns else (),
        limits=method.limits(source),
        models=method.models(source),
        checks=tuple((check.code, check.level, check.sentence) for check in source.findings.checks),
        videos=_videos(source),
        videos_heading=_videos_heading(source),
        target=source.target,
        things=f"{source.things}s",
        has_posts=bool(source.planned),
        provenance=method.provenance(source),
    )


def shortened(name: str, limit: int = 48) -> str:
    """A name that fits into a running header."""
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def _heading(source: Source) -> str:
    bucket, found = source.findings.bucket, bool(source.findings.patterns)
    if bucket:
        return f"What works in {lengths(bucket)} videos" if found else f"A look at {lengths(bucket)} videos"
    return f"What goes with {source.the_target}" if found else f"A look at {source.the_target}"


def _scope(source: Source) -> str:
    dates = sorted(source.planned[row].record.posted_at.date() for row in source.rows if row in source.planned)
    usable = count(source.findings.counts.usable, f"usable {source.things}")
    return f"{usable}, posted {days(dates[0], dates[-1])}" if dates else usable


def _definition(source: Source) -> str:
    if source.findings.target == ENGAGEMENT_RATE:
        return "Engagement rate = (likes + comments + shares) / views."
    return f"The measure is the column {source.findings.target}."


def _performance(source: Source, colors: Palette) -> Performance | None:
    facts, form = source.findings.performance, source.target_form
    if facts is None:
        return None
    values = [row.target for row in source.findings.evidence]
    marks = (("Median", facts.median), ("90th percentile", facts.top_decile))
    title = f"Distribution of {source.the_target} over {count(len(values), source.things)}"
    picture = charts.histogram(values, marks, form=form, palette=colors, title=title) if values else None
    table = {
        "Mean": facts.mean,
        "Standard deviation": facts.standard_deviation,
        "Lowest": facts.minimum,
        "Median": facts.median,
        "90th percentile": facts.top_decile,
        "Highest": facts.maximum,
    }
    ticks = "bars count them, each tick is one" if len(values) <= charts.MOST_DOTS else "bars count them"
    legend = f"n = {count(facts.n, source.things)}: {ticks}. {_definition(source)}"
    return Performance(picture, tuple((name, form(value)) for name, value in table.items()), legend)


def _videos(source: Source) -> tuple[VideoRow, ...]:
    rows = sorted(source.findings.evidence, key=lambda row: (-row.target, row.row_id))
    return tuple(_video(source, row.row_id, row.target) for row in rows[:MOST_ROWS])


def _videos_heading(source: Source) -> str:
    total = len(source.findings.evidence)
    if total <= MOST_ROWS:
        return f"All usable {source.things}s ({total:,})"
    return f"The best {MOST_ROWS:,} of {total:,} {source.things}s; the findings file has all"


def _video(source: Source, row_id: str, target: float) -> VideoRow:
    planned, patterns = source.planned.get(row_id), source.findings.patterns
    outcome = planned.outcome if planned else None
    return VideoRow(
        id=row_id,
        link=source.link(row_id),
        posted=planned.record.posted_at.date().isoformat() if planned else "",
        reach=f"{outcome.likes + outcome.comments + outcome.shares:,} / {outcome.views:,}" if outcome else "",
        target=source.target_form(target),
        follows=" ".join(str(rank) for rank, pattern in enumerate(patterns, start=1) if row_id in pattern.supporting),
        breaks=" ".join(str(rank) for rank, pattern in enumerate(patterns, start=1) if row_id in pattern.contradicting),
    )
