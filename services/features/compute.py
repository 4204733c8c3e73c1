"""Computes the feature vector of one video from its analysis and its metadata."""

from dataclasses import dataclass

from services.features.absent import Absent, NotDefined
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
    for feature in _FEATURES:
        values[feature.name], reason = _value(feature, clip)
        if reason is not None:
            missing[feature.name] = reason
    return Vector(values, missing)


def value_of(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> tuple[Value, str | None]:
    """One feature of one video, and the reason where it is None. Raises OutOfDomain on a wrong formula."""
    return _value(feature, Clip(analysis, record))


def _value(feature: Feature, clip: Clip) -> tuple[Value, str | None]:
    try:
        return feature.check(_evaluate(feature, FORMULAS[feature.name], clip)), None
    except Absent as absent:
        return None, str(absent)


def _evaluate(feature: Feature, formula: Formula, clip: Clip) -> Value:
    try:
        value = formula(clip)
    except NotDefined as absent:
        clip.require(feature.needs)  # an engine that did not look is the better reason
        if feature.undefined is None:
            raise OutOfDomain(f"Feature {feature.name} is declared to always exist, but: {absent}.") from absent
        raise
    return value if isinstance(value, str) else round(float(value), DECIMALS) + 0.0  # no minus zero
