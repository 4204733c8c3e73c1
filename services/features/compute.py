"""Computes the feature vector of one video from its analysis and its metadata."""

from dataclasses import dataclass

from services.features.absent import Absent, NotDefined, NotObserved
from services.features.binding import Formula, bound
from services.features.clip import Clip
from services.features.formulas import MODULES
from shared.catalogue.feature import Feature, OutOfDomain, Value
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord

DECIMALS = 6
"""Values are rounded to this: far below what any engine resolves, far above floating-point noise."""

FORMULAS = bound(CATALOGUE.names(), MODULES)
_FEATURES = CATALOGUE.features()


@dataclass(frozen=True, slots=True)
class Vector:
    """Every feature of the catalogue in its order; `missing` has the reason of exactly those that are None."""

    values: dict[str, Value]
    missing: dict[str, str]


def compute(analysis: Analysis, record: VideoRecord | None) -> Vector:
    """The vector of one video; without a record the metadata features are null. Raises OutOfDomain on a wrong formula."""
    clip = Clip(analysis, record)
    values: dict[str, Value] = {}
    missing: dict[str, str] = {}
    for feature, formula in zip(_FEATURES, FORMULAS.values(), strict=True):
        values[feature.name], reason = _value(feature, formula, clip)
        if reason is not None:
            missing[feature.name] = reason
    return Vector(values, missing)


def value_of(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> tuple[Value, str | None]:
    """One feature of one video, and the reason where it is None. Raises OutOfDomain on a wrong formula."""
    return _value(feature, FORMULAS[feature.name], Clip(analysis, record))


def _value(feature: Feature, formula: Formula, clip: Clip) -> tuple[Value, str | None]:
    try:
        value = formula(clip)
    except Absent as absent:
        return None, _reason(feature, clip, absent)
    return feature.check(value if isinstance(value, str) else round(float(value), DECIMALS) + 0.0), None  # no minus zero


def _reason(feature: Feature, clip: Clip, absent: Absent) -> str:
    """Why it is None: an engine that did not look is a better reason than that nothing is there."""
    if isinstance(absent, NotDefined):
        try:
            clip.require(feature.needs)
        except NotObserved as unobserved:
            return str(unobserved)
        if feature.undefined is None:
            raise OutOfDomain(f"Feature {feature.name} is declared to always exist, but: {absent}.") from absent
    return str(absent)
