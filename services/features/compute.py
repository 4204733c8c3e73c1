"""Computes the feature vector of one video from its analysis and its metadata."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from services.features.absent import Absent, NotDefined
from services.features.binding import Formula, bound
from services.features.clip import Clip
from services.features.domain import Domain
from services.features.formulas import MODULES
from shared.catalogue.feature import Feature, OutOfDomain, Value
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord

FORMULAS = bound(CATALOGUE.names(), MODULES)
_FEATURES, _NAMES = CATALOGUE.features(), CATALOGUE.names()
_AT_AN_END = frozenset(("hook", "closing"))


def _at_an_end(feature: Feature) -> bool:
    """Whether it is about hook or closing alone, or the first second, and so can't make up for what was unseen there."""
    return "_first_second" in feature.name or not _AT_AN_END.isdisjoint(feature.name.split("_"))


_NEEDS = tuple(dict.fromkeys((feature.needs, _at_an_end(feature)) for feature in _FEATURES))
_NEEDS_OF = tuple(_NEEDS.index((feature.needs, _at_an_end(feature))) for feature in _FEATURES)
_DOMAIN = Domain(_FEATURES)


@dataclass(frozen=True, slots=True)
class Vector:
    """Every feature of the catalogue in its order; `missing` has the reason of exactly those that are None."""

    values: dict[str, Value]
    missing: dict[str, str]


def compute(analysis: Analysis, record: VideoRecord | None) -> Vector:
    """The vector of one video; without a record the metadata features are null. Raises OutOfDomain on a wrong formula."""
    return compute_all([(analysis, record)])[0]


def compute_all(videos: Iterable[tuple[Analysis, VideoRecord | None]]) -> list[Vector]:
    """The vectors of some videos, as `compute` gives them one by one.

    Each formula goes through all of the videos before the next one: the code of hundreds of formulas does not stay in the
    processor's nearest cache, so that for every video anew it would be fetched again, for a sixth of the time. For the same
    reason a video's evidence is arranged before the next video is asked for: it may have been parsed just now.
    """
    sides = [_side(Clip(analysis, record)) for analysis, record in videos]
    for feature, formula, needs in zip(_FEATURES, FORMULAS.values(), _NEEDS_OF, strict=True):
        _fill(feature, formula, needs, sides)
    return [Vector(dict(zip(_NAMES, _DOMAIN.values(side.given), strict=True)), side.missing) for side in sides]


def value_of(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> tuple[Value, str | None]:
    """One feature of one video, and the reason where it is None. Raises OutOfDomain on a wrong formula."""
    clip = Clip(analysis, record)
    side = _Side(clip, [clip.unobserved(feature.needs, at_an_end=_at_an_end(feature))], [], {})
    _fill(feature, FORMULAS[feature.name], 0, [side])
    [value] = _domain(feature).values(side.given)
    return value, side.missing.get(feature.name)


@cache
def _domain(feature: Feature) -> Domain:
    return Domain((feature,))


class _Side(NamedTuple):
    """A clip; for each kind of need why it was not observed, None where it was; what the formulas gave; why they gave None."""

    clip: Clip
    unobserved: list[str | None]
    given: list[float | str | None]
    missing: dict[str, str]


def _side(clip: Clip) -> _Side:
    return _Side(clip, [clip.unobserved(needs, at_an_end=at_an_end) for needs, at_an_end in _NEEDS], [], {})


def _fill(feature: Feature, formula: Formula, needs: int, sides: Iterable[_Side]) -> None:
    """One feature of every video; `needs` is the place of what it needs in `unobserved`."""
    for clip, unobserved, given, missing in sides:
        if (reason := unobserved[needs]) is None:
            try:
                given.append(formula(clip))
            except Absent as absent:
                reason = _reason(feature, absent)
            else:
                continue
        given.append(None)
        missing[feature.name] = reason


def _reason(feature: Feature, absent: Absent) -> str:
    if feature.undefined is None and isinstance(absent, NotDefined):
        raise OutOfDomain(f"Feature {feature.name} is declared to always exist, but: {absent}.") from absent
    return str(absent)
