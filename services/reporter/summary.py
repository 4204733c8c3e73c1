"""The first page: the verdict in a headline, a lead, key figures, and what to do when there is nothing to act on."""

from collections import Counter

from services.reporter.source import Source
from services.reporter.view import Figure
from shared.contracts.findings import Label, Verdict
from shared.numbers import count, listing


def headline(source: Source) -> str:
    """The verdict in a few words."""
    findings = source.findings
    if findings.verdict is Verdict.INSUFFICIENT_DATA:
        return f"Not enough {source.things}s to learn from yet"
    if findings.verdict is Verdict.LOW_SUCCESS_RATE:
        return f"Too many {source.things}s failed to trust the rest"
    firm, hints = _graded(source)
    if not firm and hints:
        return f"No pattern held up; {hints} {'is' if hints == 1 else 'are'} worth a test"
    return f"{count(firm, 'pattern')} held up" if firm else "No pattern held up"


def lead(source: Source) -> str:
    """The verdict in sentences, with what was tested."""
    findings = source.findings
    if findings.verdict is not Verdict.TRAINED:
        return findings.verdict_sentence
    tested = f"{count(findings.features_tested, 'feature')} of {count(findings.counts.usable, source.things)}"
    if not findings.patterns:
        return (
            f"{tested} were compared with {source.the_target}. None went together with it more clearly than chance allows, "
            "so none is recommended. That is a result too: it keeps effort away from rules that do not hold."
        )
    labels = Counter(pattern.label.value for pattern in findings.patterns)
    hints = labels.pop(Label.EMERGING.value, 0)
    graded = listing([f"{amount}\u00a0{label}" for label, amount in labels.items()])
    firm = f"{graded} {'pattern stands' if labels.total() == 1 else 'patterns stand'} out. " if graded else ""
    hinted = (
        f"{hints}\u00a0EMERGING {'pattern is' if hints == 1 else 'patterns are'} worth a test and no more. " if hints else ""
    )
    return f"{tested} were compared with {source.the_target}. {firm}{hinted}The rest could be chance."


def advice(source: Source) -> tuple[str, ...]:
    """What to do when there is nothing to act on."""
    findings = source.findings
    if findings.verdict is Verdict.INSUFFICIENT_DATA:
        return _for_more(source)
    if findings.verdict is Verdict.LOW_SUCCESS_RATE:
        return (
            f"Look at why {source.things}s failed, below, and remove the cause.",
            f"Run it again: {source.things}s that are analyzed already are not analyzed twice.",
        )
    if not findings.patterns:
        return (
            f"Add {source.things}s: small effects need more of them before they can be told from chance.",
            f"Cover the whole range of {source.the_target}, so that weak {source.things}s can be compared with strong ones.",
            "Until then, let the brand and the product lead the creative, and test ideas one at a time.",
        )
    return ()


def figures(source: Source) -> tuple[Figure, ...]:
    """Up to four key figures, each with what it counts."""
    findings, form = source.findings, source.target_form
    counts, facts = findings.counts, findings.performance
    shown = [Figure(f"{counts.usable:,}", f"usable {source.things}s", f"of {counts.planned:,} planned")]
    if facts:
        shown += [
            Figure(form(facts.median), f"median {source.target}", f"n = {facts.n:,}"),
            Figure(form(facts.top_decile), "90th percentile", f"n = {facts.n:,}"),
        ]
    return (*shown, _last_figure(source))


def _last_figure(source: Source) -> Figure:
    findings, counts = source.findings, source.findings.counts
    if findings.verdict is Verdict.TRAINED:
        found, _ = _graded(source)
        return Figure(
            f"{found:,}", "pattern" if found == 1 else "patterns", f"of {count(findings.features_tested, 'feature')} tested"
        )
    if findings.verdict is Verdict.INSUFFICIENT_DATA and source.request:
        needed = source.request.thresholds.min_usable_videos
        return Figure(
            f"{max(needed - counts.usable, 0):,}", f"more {source.things}s needed", f"{counts.usable:,} of {needed:,} there"
        )
    return Figure(f"{counts.failed:,}", "failed", f"of {counts.planned:,} planned")


def _for_more(source: Source) -> tuple[str, ...]:
    common = f"Do not read a tendency into so few {source.things}s: any pattern drawn from them would be a guess."
    if source.things == "row":
        return ("Add rows to the table, or give values to the target where it is missing.", common)
    return (
        "Ask for more videos: raise the number per bucket, widen the date range, or add hashtags or handles.",
        "Lower the limits for views or engagement if they turned many items away (see “Not used” below).",
        common,
    )


def _graded(source: Source) -> tuple[int, int]:
    """How many patterns hold, and how many are only worth a test."""
    hints = sum(pattern.label is Label.EMERGING for pattern in source.findings.patterns)
    return len(source.findings.patterns) - hints, hints
