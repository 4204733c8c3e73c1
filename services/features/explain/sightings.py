"""An explanation in a few moments a person can open the video at."""

from collections.abc import Iterable, Sequence
from math import inf

from services.features.explain.explanation import Explanation, Influence, explain
from services.features.version import catalogue_version
from shared.catalogue.feature import Source, Value
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.sightings import Moment, Sighting
from shared.tracing import Tracer

MOST = 6
"""Moments per sighting: as many as someone will open."""
_MOST_LETTERS = 60
_PLACELESS = {Source.METADATA, Source.VIDEO}


def trace(row_id: str, names: Sequence[str], analysis: Analysis) -> tuple[Sighting, ...]:
    """One sighting per feature. Raises UsageError for a name the catalogue does not have."""
    return tuple(_sighting(row_id, name, analysis) for name in names)


def _sighting(row_id: str, name: str, analysis: Analysis) -> Sighting:
    placeless = _placeless(set(CATALOGUE.get(name).needs))
    if placeless is not None:
        return Sighting(row_id=row_id, feature=name, value=None, note=placeless)
    found = explain(name, analysis, None)
    strongest = sorted(found.decisive, key=lambda one: _rank(one, found.value))[:MOST]
    moments = tuple(_joined(sorted(strongest, key=_place)))
    more = len(found.decisive) - len(strongest)
    if not found.decisive:
        jointly = tuple(_joined(sorted(found.together, key=_place)))
        moments = jointly if len(jointly) <= MOST else ()
    note = None if moments else _why_not(found)
    return Sighting(row_id=row_id, feature=name, value=found.value, moments=moments, more=more, note=note)


def _placeless(needs: set[Source]) -> str | None:
    """Why a feature of these sources has no place in time that the analysis alone could tell."""
    if needs <= {Source.VIDEO}:
        return "It is a fact of the whole file."
    if Source.METADATA in needs:
        known = "It is known before the video is watched."
        return known if needs <= _PLACELESS else "It rests on the post's words too, which the analysis does not have."
    return None


def _why_not(found: Explanation) -> str:
    if found.missing is not None:
        return f"Not known: {found.missing}."
    if found.value == 0:
        return "Nothing of what it counts was seen or heard."
    if not found.together:
        return "No evidence decides it."
    first, last = min(one.start_s for one in found.together), max(one.end_s for one in found.together)
    return (
        f"It rests on {len(found.together)} pieces of evidence from {first:.1f} s to {last:.1f} s, none of which decides alone."
    )


def _rank(one: Influence, value: Value) -> tuple[float, float, float, str]:
    """By how much the value would change without it, most first."""
    numbers = isinstance(value, float | int) and isinstance(one.value_without, float | int)
    change = abs(value - one.value_without) if numbers else inf  # type: ignore[operator]  # both are numbers
    return -change, one.start_s, one.end_s, one.what


def _place(one: Influence) -> tuple[float, float, str]:
    return one.start_s, one.end_s, one.what


def _joined(influences: Iterable[Influence]) -> Iterable[Moment]:
    """Moments in the order of time; touching seconds of one kind become one."""
    open_: Moment | None = None
    for one in influences:
        own = Moment(what=_line(one.what), start_s=round(one.start_s, 3), end_s=round(one.end_s, 3))
        if open_ is not None and open_.what == own.what and own.start_s <= open_.end_s < own.end_s:
            open_ = open_.model_copy(update={"end_s": own.end_s})
            continue
        if open_ is not None:
            yield open_
        open_ = own
    if open_ is not None:
        yield open_


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1]}…"


TRACER = Tracer(catalogue_version, trace)
