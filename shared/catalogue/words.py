"""Turns values and directions into words: `35%`, `4.2 cuts per 10 s`, and what a creator should do."""

from shared.catalogue.feature import Direction, Feature, Kind, Unit, Value

_DECIMALS = {
    Unit.SECONDS: 1, Unit.PER_SECOND: 2, Unit.PER_10_S: 1, Unit.DECIBELS: 1, Unit.LUFS: 1, Unit.HERTZ: 0, Unit.BPM: 0,
    Unit.DEGREES: 0, Unit.PIXELS: 0, Unit.RATIO: 2, Unit.HOUR: 0, Unit.CORRELATION: 2, Unit.NONE: 2,
}  # fmt: skip


def format_value(feature: Feature, value: Value) -> str:
    """A value with its unit, for people; null is `not observed`."""
    if value is None:
        return "not observed"
    if isinstance(value, str):
        return value.replace("_", " ")
    if feature.kind is Kind.FLAG and value in (0.0, 1.0):
        return "yes" if value else "no"
    return _format_number(feature, value)


def _format_number(feature: Feature, value: float) -> str:
    if feature.kind is Kind.FLAG or feature.unit is Unit.SHARE:
        return f"{_fixed(100 * value, 0)}%"
    if feature.unit is Unit.POINTS:
        return f"{_fixed(100 * value, 0)} percentage points"
    decimals = 1 if feature.kind is Kind.COUNT else _DECIMALS[feature.unit]
    number = _fixed(value, decimals).removesuffix(".0") if feature.kind is Kind.COUNT else _fixed(value, decimals)
    return " ".join(part for part in (number, feature.noun, feature.unit.value) if part)


def _fixed(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def instruction(feature: Feature, direction: Direction, target: Value = None) -> str | None:
    """What to do for a higher or lower value, with the value to aim for if one is given; None if no creator can act on it."""
    words = feature.higher if direction == "higher" else feature.lower
    if words is None or target is None:
        return words
    if feature.kind in (Kind.FLAG, Kind.ENUM):
        return words
    return f"{words} (aim for about {format_value(feature, target)})"
