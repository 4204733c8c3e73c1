"""Computes the feature vector of one video from its analysis and its metadata."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from sys import float_info

from services.features.absent import Absent, NotDefined
from services.features.binding import Formula, bound
from services.features.clip import Clip
from services.features.formulas import MODULES
from shared.catalogue.feature import Feature, Kind, OutOfDomain, Value
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord

DECIMALS = 6
"""Values are rounded to this: far below what any engine resolves, far above floating-point noise."""

FORMULAS = bound(CATALOGUE.names(), MODULES)
_FEATURES = CATALOGUE.features()
_AT_AN_END = frozenset(("hook", "closing"))


def _at_an_end(feature: Feature) -> bool:
    """Whether it is about hook or closing alone, or the first second, and so can't make up for what was unseen there."""
    return "_first_second" in feature.name or not _AT_AN_END.isdisjoint(feature.name.split("_"))


_NEEDS = tuple(dict.fromkeys((feature.needs, _at_an_end(feature)) for feature in _FEATURES))
_NEEDS_OF = tuple(_NEEDS.index((feature.needs, _at_an_end(feature))) for feature in _FEATURES)
_NONE = (inf, -inf)
_LIMITS = {
    feature.name: (
        -float_info.max if feature.low is None else feature.low,
        float_info.max if feature.high is None else feature.high,
    )
    for feature in _FEATURES
    if feature.kind is Kind.NUMBER
}
"""What most values have to keep, for a quick look; whatever does not is left to the declaration's own check."""


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
    processor's nearest cache, so that for every video anew it would be fetched again, for a sixth of the time.
    """
    sides = []
    for analysis, record in videos:
        clip = Clip(analysis, record)
        sides.append((clip, [clip.unobserved(needs, at_an_end=at_an_end) for needs, at_an_end in _NEEDS], Vector({}, {})))
    for feature, formula, needs in zip(_FEATURES, FORMULAS.values(), _NEEDS_OF, strict=True):
        _fill(feature, formula, needs, sides)
    return [vector for _, _, vector in sides]


def value_of(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> tuple[Value, str | None]:
    """One feature of one video, and the reason where it is None. Raises OutOfDomain on a wrong formula."""
    clip, vector = Clip(analysis, record), Vector({}, {})
    unobserved = clip.unobserved(feature.needs, at_an_end=_at_an_end(feature))
    _fill(feature, FORMULAS[feature.name], 0, [(clip, [unobserved], vector)])
    return vector.values[feature.name], vector.missing.get(feature.name)


def _fill(feature: Feature, formula: Formula, needs: int, sides: Iterable[tuple[Clip, list[str | None], Vector]]) -> None:
    """One feature of every vector; beside a clip stands, by `needs`, why what the feature needs was not observed."""
    name = feature.name
    low, high = _LIMITS.get(name, _NONE)
    for clip, unobserved, vector in sides:
        vector.values[name] = None
        if (reason := unobserved[needs]) is None:
            try:
                value = formula(clip)
            except Absent as absent:
                reason = _reason(feature, absent)
            else:
                number = value if isinstance(value, str) else round(float(value), DECIMALS) + 0.0  # no minus zero
                known = number.__class__ is float and low <= number <= high
                vector.values[name] = number if known else feature.check(number)
                continue
        vector.missing[name] = reason


def _reason(feature: Feature, absent: Absent) -> str:
    if feature.undefined is None and isinstance(absent, NotDefined):
        raise OutOfDomain(f"Feature {feature.name} is declared to always exist, but: {absent}.") from absent
    return str(absent)
