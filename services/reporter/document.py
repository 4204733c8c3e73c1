"""Findings become the view of a report: what it says, in which words, with which figures. Pure; renders nothing."""

from services.reporter import charts, method
from services.reporter.brand import Palette, palette
from services.reporter.cards import cards
from services.reporter.numbers import count, days, listing
from services.reporter.selection import selection
from services.reporter.source import ENGAGEMENT_RATE, Source
from services.reporter.view import Figure, Performance, Report, VideoRow
from services.reporter.words import VERDICTS, lengths
from shared.contracts.findings import Findings, Verdict


def build_report(source: Source, *, has_logo: bool = False) -> Report:
    """The view of a report; every figure in it comes from the findings, the plan or the request."""
    colors = palette(source.brand)
    heading = _heading(source)
    return Report(
        title=f"{heading}: {source.client}",
        heading=heading,
        running=f"{shortened(source.client)}: {heading}",
        client=source.client,
        short_client=shortened(source.client),
        subject=" ".join(source.searches),
        scope=_scope(source),
        sample=source.sample,
        palette=colors,
        has_logo=has_logo,
        verdict=VERDICTS[source.findings.verdict],
        headline=_headline(source),
        lead=_lead(source),
        advice=_advice(source),
        figures=_figures(source),
        cards=cards(source, colors),
        axis=charts.interval_axis(palette=colors, width=158),
        performance=_performance(source, colors),
        selection=selection(source, colors),
        procedure=method.procedure(source),
        limits=method.limits(source),
        models=method.models(source),
        checks=tuple((check.code, check.level, check.sentence) for check in source.findings.checks),
        videos=_videos(source),
        target=source.target,
        target_definition=_definition(source),
        things=f"{source.things}s",
        has_posts=bool(source.planned),
        provenance=method.provenance(source),
    )


def shortened(name: str, limit: int = 48) -> str:
    """A name that fits into a running header."""
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def _definition(source: Source) -> str:
    if source.findings.target == ENGAGEMENT_RATE:
        return "(likes + comments + shares) / views."
    return f"the column {source.findings.target}."


def _heading(source: Source) -> str:
    bucket = source.findings.bucket
    what = f"{lengths(bucket)} videos" if bucket else source.target
    return f"What works in {what}" if bucket else f"What moves {what}"


def _scope(source: Source) -> str:
    dates = sorted(source.planned[row].record.posted_at.date() for row in source.rows if row in source.planned)
    parts = [count(source.findings.counts.usable, f"usable {source.things}")]
    if dates:
        parts.append(f"posted {days(dates[0], dates[-1])}")
    return ", ".join(parts)


def _headline(source: Source) -> str:
    findings = source.findings
    if findings.verdict is Verdict.INSUFFICIENT_DATA:
        return "Not enough videos to learn from yet" if source.things == "video" else "Not enough rows to learn from yet"
    if findings.verdict is Verdict.LOW_SUCCESS_RATE:
        return "Too many videos failed to trust the rest" if source.things == "video" else "Too many rows failed to trust the rest"
    if not findings.patterns:
        return "No pattern held up"
    return f"{count(len(findings.patterns), 'pattern')} held up"


def _lead(source: Source) -> str:
    findings = source.findings
    if findings.verdict is not Verdict.TRAINED:
        return findings.verdict_sentence
    tested = f"{count(findings.features_tested, 'feature')} of {count(findings.counts.usable, source.things)}"
    if not findings.patterns:
        return (
            f"{tested} were compared with the {source.target}. None went together with it more clearly than chance would allow, "
            "so none is recommended. That is a result: it keeps money out of rules that do not hold."
        )
    return f"{tested} were compared with the {source.target}. {_labels(findings)}. Everything else could be chance and is left out."


def _labels(findings: Findings) -> str:
    amounts: dict[str, int] = {}
    for pattern in findings.patterns:
        amounts[pattern.label.value] = amounts.get(pattern.label.value, 0) + 1
    return "Reported: " + listing([f"{amount} {label}" for label, amount in amounts.items()])


def _advice(source: Source) -> tuple[str, ...]:
    """What to do when there is nothing to act on."""
    findings = source.findings
    if findings.verdict is Verdict.INSUFFICIENT_DATA:
        return (
            "Ask for more videos: raise the number per bucket, widen the date range, or add hashtags or handles.",
            "Lower the thresholds for views or engagement if they rejected many items (see the counts below).",
            "Do not read a tendency into so few videos: any pattern drawn from them would be a guess.",
        )
    if findings.verdict is Verdict.LOW_SUCCESS_RATE:
        return (
            "Look at the reasons of the failures below and remove their cause.",
            "Run the batch again: videos that are analyzed already are not analyzed twice.",
        )
    if not findings.patterns:
        return (
            "Add videos: small effects need more of them before they can be told from chance.",
            "Choose videos over the whole engagement range (selection: spread), so that weak ones can be compared with strong ones.",
            "Until then, let the brand and the product lead the creative, and test ideas one at a time.",
        )
    return ()


def _figures(source: Source) -> tuple[Figure, ...]:
    findings, form = source.findings, source.target_form
    counts = findings.counts
    figures = [Figure(f"{counts.usable:,}", f"usable {source.things}s", f"of {counts.planned:,} planned")]
    if findings.performance:
        n = f"n = {findings.performance.n:,}"
        figures += [
            Figure(form(findings.performance.median), f"median {source.target}", n),
            Figure(form(findings.performance.top_decile), "90th percentile", n),
        ]
    if findings.verdict is Verdict.TRAINED:
        figures.append(Figure(f"{len(findings.patterns)}", "patterns reported", f"of {findings.features_tested:,} features tested"))
    else:
        figures.append(Figure(f"{counts.failed:,}", "failed", f"of {counts.planned:,} planned"))
    return tuple(figures)


def _performance(source: Source, colors: Palette) -> Performance | None:
    facts, form = source.findings.performance, source.target_form
    if facts is None:
        return None
    values = [row.target for row in source.findings.evidence]
    marks = (("median", facts.median), ("90th percentile", facts.top_decile))
    title = f"Distribution of the {source.target} over {count(len(values), source.things)}"
    picture = charts.histogram(values, marks, form=form, palette=colors, title=title, width=330, height=128) if values else None
    table = (
        ("Mean", form(facts.mean)),
        ("Median", form(facts.median)),
        ("Standard deviation", form(facts.standard_deviation)),
        ("Lowest", form(facts.minimum)),
        ("Highest", form(facts.maximum)),
        ("90th percentile", form(facts.top_decile)),
    )
    return Performance(picture, table, facts.n)


def _videos(source: Source) -> tuple[VideoRow, ...]:
    rows = sorted(source.findings.evidence, key=lambda row: (-row.target, row.row_id))
    return tuple(_video(source, row.row_id, row.target) for row in rows)


def _video(source: Source, row_id: str, target: float) -> VideoRow:
    planned, patterns = source.planned.get(row_id), source.findings.patterns
    outcome = planned.outcome if planned else None
    return VideoRow(
        id=row_id,
        link=source.link(row_id),
        posted=planned.record.posted_at.date().isoformat() if planned else "",
        reach=f"{outcome.likes + outcome.comments + outcome.shares:,} of {outcome.views:,}" if outcome else "",
        target=source.target_form(target),
        follows=" ".join(str(rank) for rank, pattern in enumerate(patterns, start=1) if row_id in pattern.supporting),
        breaks=" ".join(str(rank) for rank, pattern in enumerate(patterns, start=1) if row_id in pattern.contradicting),
    )
