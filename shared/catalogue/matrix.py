"""The fixed columns of the training matrix: numbers as they are, closed lists one-hot, a mask per feature where missing."""

from collections.abc import Mapping
from functools import cache
from math import nan

from shared.catalogue.feature import Feature, Kind, Value
from shared.catalogue.registry import CATALOGUE
from shared.errors import UsageError

MASK = "missing:"


@cache
def columns() -> tuple[str, ...]:
    """Value columns in the order of the catalogue: `name`, or `name=option` for each member of a closed list."""
    return tuple(column for feature in CATALOGUE.features() for column in columns_of(feature))


def columns_of(feature: Feature) -> tuple[str, ...]:
    """The value columns of one feature."""
    if feature.kind is Kind.ENUM:
        return tuple(f"{feature.name}={option}" for option in feature.options)
    return (feature.name,)


@cache
def mask_columns() -> tuple[str, ...]:
    """One `missing:name` column per feature, in the order of the catalogue."""
    return tuple(f"{MASK}{name}" for name in CATALOGUE.names())


def encode(values: Mapping[str, Value]) -> list[float]:
    """One number per column of `columns()`, NaN where not observed. Raises UsageError for values of another catalogue."""
    _check_names(values)
    return [number for feature in CATALOGUE.features() for number in _encode_one(feature, values[feature.name])]


def encode_masks(values: Mapping[str, Value]) -> list[float]:
    """One number per column of `mask_columns()`: 1 where not observed, else 0."""
    _check_names(values)
    return [float(values[name] is None) for name in CATALOGUE.names()]


def feature_of(column: str) -> tuple[Feature, str | None]:
    """The feature behind a value or mask column, and the option where it is one-hot. Raises UsageError for an unknown one."""
    name, _, option = column.removeprefix(MASK).partition("=")
    feature = CATALOGUE.get(name)
    if column not in columns() and column not in mask_columns():
        raise UsageError(f"Feature {name} has no column {column!r}; it has {', '.join(columns_of(feature))}.")
    return feature, option or None


def _encode_one(feature: Feature, value: Value) -> list[float]:
    feature.check(value)
    if feature.kind is Kind.ENUM:
        return [nan if value is None else float(value == option) for option in feature.options]
    return [nan if value is None else float(value)]


def _check_names(values: Mapping[str, Value]) -> None:
    odd = set(values) ^ set(CATALOGUE.names())
    if odd:
        raise UsageError(
            f"These values are not those of this catalogue; {len(odd)} features differ, such as {min(odd)}: compute them again."
        )
