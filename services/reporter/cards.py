"""Patterns as cards: one rule each, with everything that speaks for and against it."""

from services.reporter import charts
from services.reporter.brand import Palette
from services.reporter.features import FeatureWords, describe
from services.reporter.numbers import count, listing, probability, signed
from services.reporter.source import Source
from services.reporter.view import Card, Group, Link, Plot
from services.reporter.words import LABELS, model
from shared.contracts.findings import Pattern

EXAMPLES_FOR, EXAMPLES_AGAINST = 4, 3
TIERS = {"top": "Top", "rest": "The rest"}


def cards(source: Source, palette: Palette) -> tuple[Card, ...]:
    """One card per pattern, in the order of the findings."""
    return tuple(_card(source, pattern, rank, palette) for rank, pattern in enumerate(source.findings.patterns, start=1))


def instruction(pattern: Pattern) -> str:
    """The pattern as something to do."""
    phrases = [describe(name).instructions[pattern.direction] for name in pattern.features]
    return listing([phrases[0], *(phrase[:1].lower() + phrase[1:] for phrase in phrases[1:])])


def _card(source: Source, pattern: Pattern, rank: int, palette: Palette) -> Card:
    words = [describe(name) for name in pattern.features]
    low, high = pattern.interval
    return Card(
        rank=rank,
        instruction=instruction(pattern),
        about=" ".join(word.definition for word in words if word.definition),
        label=pattern.label.value,
        meaning=LABELS[pattern.label],
        effect=signed(pattern.effect),
        low=signed(low),
        high=signed(high),
        p=probability(pattern.p_value),
        q=probability(pattern.q_value),
        n=pattern.n,
        models=_models(source, pattern),
        groups=_groups(pattern, words[0], source.things),
        adherence=_adherence(pattern, source.things),
        chart=charts.interval(pattern.effect, low, high, palette=palette, width=150, height=14),
        bar=charts.interval(pattern.effect, low, high, palette=palette, width=158, height=14),
        plots=tuple(_plot(source, pattern, name, word, palette) for name, word in zip(pattern.features, words, strict=True)),
        supporting=_examples(source, pattern.supporting, EXAMPLES_FOR),
        contradicting=_examples(source, pattern.contradicting, EXAMPLES_AGAINST),
        also=_also(pattern),
    )


def _models(source: Source, pattern: Pattern) -> str:
    if not pattern.consensus:
        return "no model ranks it among its top features"
    names = listing([model(name).lower() for name in pattern.consensus])
    return f"{names} ({len(pattern.consensus)} of {len(source.findings.models)})"


def _groups(pattern: Pattern, words: FeatureWords, things: str) -> tuple[Group, ...]:
    return tuple(
        Group(f"{TIERS[tier.name]} {things}s" if tier.name == "top" else TIERS[tier.name],
              "not measured" if tier.median is None else words.form(tier.median), tier.n)
        for tier in pattern.tiers
    )  # fmt: skip


def _adherence(pattern: Pattern, things: str) -> str | None:
    total = len(pattern.supporting) + len(pattern.contradicting)
    return f"{len(pattern.supporting)} of {count(total, f'top {things}')} follow it" if total else None


def _plot(source: Source, pattern: Pattern, name: str, words: FeatureWords, palette: Palette) -> Plot:
    shown, without = [], 0
    for row in source.findings.evidence:
        value = row.values.get(name)
        if isinstance(value, int | float):
            shown.append(charts.Point(float(value), row.target, _role(pattern, row.row_id)))
        else:
            without += 1
    if not shown:
        return Plot(words.title, charts.empty(), f"No {source.things} carries a number for this feature.")
    picture = charts.scatter(
        shown, x_form=words.form, y_form=source.target_form, x_title=words.title, y_title=source.target, palette=palette
    )
    return Plot(words.title, picture, f"{count(without, source.things)} without a value not drawn." if without else "")


def _role(pattern: Pattern, row_id: str) -> charts.Role:
    if row_id in pattern.supporting:
        return "follows"
    return "breaks" if row_id in pattern.contradicting else "rest"


def _examples(source: Source, ids: tuple[str, ...], wanted: int) -> tuple[Link, ...]:
    known = [row for row in ids if row in source.rows]
    best = sorted(known, key=lambda row: (-source.rows[row].target, row))
    return tuple(source.link(row) for row in best[:wanted])


def _also(pattern: Pattern) -> str | None:
    if not pattern.also_known_as:
        return None
    return f"Moves together with {listing([describe(name).title for name in pattern.also_known_as])}: counted as one finding."
