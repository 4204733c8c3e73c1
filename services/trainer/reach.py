"""In how many of several findings (searches of a bucket, or buckets of a search) a pattern is there, and which way."""

from collections.abc import Mapping, Sequence

from shared.contracts.findings import Findings, Label, Pattern
from shared.contracts.portfolio import PatternCell, Reach, SharedPattern

UNIVERSAL = 0.8


def reach_method(places: str) -> tuple[str, ...]:
    """What the words mean; `places` is "searches" or "buckets"."""
    return (
        f"Universal: STRONG or MODERATE with the same direction in at least {UNIVERSAL:.0%} of the {places}, and in two.",
        f"Specific: in one of the {places} alone. Contradictory: with different directions.",
        "A pattern that is not reported in one may still be there: 50 videos show only large effects.",
    )


def shared_patterns(own: Mapping[str, Findings], places: str) -> tuple[SharedPattern, ...]:
    """STRONG and MODERATE patterns over findings by place, those with the widest reach first."""
    claimed = {place: [p for p in one.patterns if p.label is not Label.EMERGING] for place, one in own.items()}
    names = dict.fromkeys(found.features for patterns in claimed.values() for found in patterns)
    merged: list[SharedPattern] = []
    taken: set[tuple[str, str]] = set()
    for features in names:
        found = {place: _same(features, patterns) for place, patterns in claimed.items()}
        keys = {(place, one.id) for place, one in found.items() if one}
        if keys <= taken:
            continue
        taken |= keys
        merged.append(_pattern(features, found, places))
    return tuple(sorted(merged, key=lambda one: (-sum(cell.label is not None for cell in one.cells), one.features)))


def _same(features: tuple[str, ...], patterns: Sequence[Pattern]) -> Pattern | None:
    """The pattern of these features, or one that counts a redundant column as the same."""
    exact = next((one for one in patterns if one.features == features), None)
    return exact or next((one for one in patterns if set(features) <= {*one.features, *one.also_known_as}), None)


def _pattern(features: tuple[str, ...], found: Mapping[str, Pattern | None], places: str) -> SharedPattern:
    there = {place: one for place, one in found.items() if one}
    where = ", ".join(f"{place} {one.effect:+.2f}" for place, one in there.items())
    cells = tuple(
        PatternCell(place=place, label=one.label if one else None, effect=one.effect if one else None, n=one.n if one else 0)
        for place, one in found.items()
    )
    reach = _reach(there, len(found))
    told = f"{' and '.join(features)}: {reach}, in {len(there)} of {len(found)} {places} ({where})."
    return SharedPattern(features=features, reach=reach, cells=cells, sentence=told)


def _reach(there: Mapping[str, Pattern], places: int) -> Reach:
    if len({one.direction for one in there.values()}) > 1:
        return "contradictory"
    if len(there) >= max(2.0, UNIVERSAL * places):
        return "universal"
    return "specific" if len(there) == 1 else "several"
