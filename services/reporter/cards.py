"""Patterns as cards: one rule each, with everything that speaks for and against it."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import quantiles
from typing import TypeVar

from services.reporter import charts
from services.reporter.brand import Palette
from services.reporter.features import Aim, describe
from services.reporter.source import Source
from services.reporter.view import Card, Group, Link, Plot
from services.reporter.words import LABELS, model
from shared.catalogue.feature import Direction
from shared.contracts.findings import Pattern, Tier
from shared.numbers import count, listing, probability, signed, span

Item = TypeVar("Item")
EXAMPLES_FOR, EXAMPLES_AGAINST, MOMENTS, LEAST_AIMED = 4, 3, 3, 4
TIERS = {"top": "Top 10%", "next": "Next 20%", "middle": "Middle 40%", "bottom": "Bottom 30%", "rest": "The rest"}
EXPLAINED = "Much of it goes when {name} is held fixed, which may be what is at work."
AGAINST_MEDIANS = "The two medians do not show it: it shows over all ranks, and beside the other patterns."


def cards(source: Source, palette: Palette) -> tuple[Card, ...]:
    """One card per pattern, in the order of the findings."""
    return tuple(_card(source, pattern, rank, palette) for rank, pattern in enumerate(source.findings.patterns, start=1))


def instruction(source: Source, pattern: Pattern) -> str:
    """The pattern as something to do, with the values that half of the top rows which follow it have."""
    ways: dict[str, Direction] = dict.fromkeys(pattern.features, pattern.direction)
    paired = len(ways) > 1
    if paired:
        ways |= {one.feature: "higher" if one.operator == ">" else "lower" for one in pattern.conditions}
    avoided = pattern.anti and paired
    told = [describe(name).instruct(way, None if avoided else _aim(source, pattern, name)) for name, way in ways.items()]
    if not paired:
        return told[0]
    together = listing([told[0], *(phrase[:1].lower() + phrase[1:] for phrase in told[1:])])
    return f"Not both together: {together[:1].lower()}{together[1:]}" if avoided else together


def _aim(source: Source, pattern: Pattern, name: str) -> Aim | None:
    """The quartiles of the top rows that follow it; None where they are too few for quartiles to say something."""
    rows = [source.rows[row].values.get(name) for row in pattern.supporting if row in source.rows]
    known = sorted(value for value in rows if isinstance(value, int | float))
    if len(known) < LEAST_AIMED:
        return None
    low, _, high = quantiles(known, n=4, method="inclusive")
    return low, high


def _card(source: Source, pattern: Pattern, rank: int, palette: Palette) -> Card:
    words = [describe(name) for name in pattern.features]
    low, high = pattern.interval
    return Card(
        rank=rank,
        instruction=instruction(source, pattern),
        about=" ".join(word.definition for word in words if word.definition),
        label=pattern.label.value,
        meaning=_meaning(source, pattern),
        effect=signed(pattern.effect),
        low=signed(low),
        high=signed(high),
        p=probability(pattern.p_value),
        q=probability(pattern.q_value),
        n=pattern.n,
        models=_models(source, pattern),
        groups=tuple(_group(source, pattern, tier) for tier in pattern.tiers),
        adherence=_adherence(pattern, source.things),
        chart=charts.interval(pattern.effect, low, high, palette=palette, width=136, height=12),
        plots=tuple(_plot(source, pattern, name, palette) for name in pattern.features),
        supporting=_examples(source, pattern, pattern.supporting, EXAMPLES_FOR),
        contradicting=_examples(source, pattern, pattern.contradicting, EXAMPLES_AGAINST),
        warning=_examples(source, pattern, pattern.warning, EXAMPLES_AGAINST, worst=True),
        timed=" (and the seconds it rests on)" if any(seen.moments for seen in pattern.sightings) else "",
        also=listing([describe(name).title for name in pattern.also_known_as if name not in pattern.reversed_aliases]),
        reverse=listing([describe(name).title for name in pattern.reversed_aliases]),
    )


def _meaning(source: Source, pattern: Pattern) -> str:
    """What the label promises, and a word where the medians beside it seem to say otherwise."""
    medians = {tier.name: tier.median for tier in pattern.tiers if _holders(source, pattern, tier) is None}
    top, rest = medians.get("top"), medians.get("bottom", medians.get("rest"))
    said = LABELS[pattern.label]
    if pattern.explained_by:
        said = f"{said} {EXPLAINED.format(name=pattern.explained_by)}"
    paired = len(pattern.features) > 1
    if paired or top is None or rest is None or (top > rest if pattern.direction == "higher" else top < rest):
        return said
    return f"{said} {AGAINST_MEDIANS}"


def _models(source: Source, pattern: Pattern) -> str:
    if not pattern.consensus:
        return "none ranks it among its top features"
    if len(pattern.consensus) == len(source.findings.models):
        return f"all {len(pattern.consensus)} rank it among their top features"
    names = listing([model(name).lower() for name in pattern.consensus])
    return f"{names} ({len(pattern.consensus)} of {len(source.findings.models)} models)"


def _group(source: Source, pattern: Pattern, tier: Tier) -> Group:
    """A tier through the pattern's first feature: its median, or for yes-or-no features how many have it."""
    old = any(other.name == "rest" for other in pattern.tiers)
    name = f"Top {source.things}s" if old and tier.name == "top" else TIERS[tier.name]
    with_it = _holders(source, pattern, tier)
    if with_it is not None:
        held = f"{with_it} of {tier.n}"
        return Group(name, held, held, "have it", tier.n)
    if tier.median is None:
        return Group(name, "no value", "no value", "median", tier.n)
    words = describe(pattern.features[0])
    return Group(name, words.form(tier.median), words.short(tier.median), "median", tier.n)


def _holders(source: Source, pattern: Pattern, tier: Tier) -> int | None:
    """How many rows of a tier have a yes-or-no feature; None where the feature or the rows of the tier are not that clear."""
    top = {*pattern.supporting, *pattern.contradicting}
    values = {row.row_id: row.values.get(pattern.features[0]) for row in source.findings.evidence}
    known = {row: value for row, value in values.items() if value is not None}
    if not known or not set(known.values()) <= {0.0, 1.0}:
        return None
    tiers = {row.row_id: row.tier or ("top" if row.row_id in top else "rest") for row in source.findings.evidence}
    members = [value for row, value in known.items() if tiers[row] == tier.name]
    return sum(value == 1.0 for value in members) if len(members) == tier.n else None


def _adherence(pattern: Pattern, things: str) -> str | None:
    total = len(pattern.supporting) + len(pattern.contradicting)
    return f"by {len(pattern.supporting)} of {count(total, f'top {things}')}" if total else None


def _plot(source: Source, pattern: Pattern, name: str, palette: Palette) -> Plot:
    words, rows = describe(name), source.findings.evidence
    known = [(row, value) for row in rows if isinstance(value := row.values.get(name), int | float)]
    without = f"{count(len(rows) - len(known), source.things)} without a value left out." if len(known) < len(rows) else ""
    if not known:
        return Plot(None, f"No {source.things} has a value for {words.title}.")
    drawn = evenly(sorted(known, key=lambda pair: (pair[0].target, pair[0].row_id)), charts.MOST_DOTS)
    points = [charts.Point(float(value), row.target, _role(pattern, row.row_id)) for row, value in drawn]
    if len(drawn) < len(known):
        without = f"{len(drawn):,} of {count(len(known), source.things)} drawn, evenly over the results. {without}"
    title = f"{source.target.capitalize()} by {words.title}, {count(len(points), source.things)}"
    picture = charts.scatter(points, x_form=words.tick, y_form=source.target_form, title=title, palette=palette)
    return Plot(picture, f"Across: {words.title}. Up: {source.target}. {without}".strip())


def evenly(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most `most` items, taken at equal steps from the first to the last."""
    if len(items) <= most:
        return items
    return [items[round(i * (len(items) - 1) / (most - 1))] for i in range(most)]


def _role(pattern: Pattern, row_id: str) -> charts.Role:
    if row_id in pattern.supporting:
        return "follows"
    return "breaks" if row_id in pattern.contradicting else "rest"


def _examples(source: Source, pattern: Pattern, ids: tuple[str, ...], wanted: int, *, worst: bool = False) -> tuple[Link, ...]:
    known = [row for row in ids if row in source.rows]
    ranked = sorted(known, key=lambda row: (source.rows[row].target * (1 if worst else -1), row))
    return tuple(_example(source.link(row), _seconds(pattern, row)) for row in ranked[:wanted])


def _example(link: Link, seconds: str) -> Link:
    return replace(link, note=f"{link.note} ({seconds})".strip()) if seconds else link


def _seconds(pattern: Pattern, row: str) -> str:
    """Where a row shows the pattern, as far as it fits; empty where it has no place in time."""
    moments = {(one.start_s, one.end_s) for seen in pattern.sightings if seen.row_id == row for one in seen.moments}
    first = [span(*times) for times in sorted(moments)[:MOMENTS]]
    return ", ".join(dict.fromkeys(first)) + (" …" if len(moments) > MOMENTS else "")
