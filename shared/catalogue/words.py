"""Turns values and directions into words: `35%`, `4.2 cuts per 10 s`, and what a creator should do."""

from shared.catalogue.feature import Analysis, Direction, Feature, Kind, Unit, Value

_DECIMALS = {
    Unit.SECONDS: 1, Unit.PER_SECOND: 2, Unit.PER_10_S: 1, Unit.DECIBELS: 1, Unit.LUFS: 1, Unit.HERTZ: 0, Unit.BPM: 0,
    Unit.DEGREES: 0, Unit.PIXELS: 0, Unit.RATIO: 2, Unit.HOUR: 0, Unit.CORRELATION: 2, Unit.LANDMARKS: 2, Unit.NONE: 2,
}  # fmt: skip
_SECONDS_OF_RATE = 10.0
_BARE = (Unit.NONE, Unit.POINTS, Unit.RATIO, Unit.CORRELATION, Unit.LANDMARKS)
"""Units that leave open what is measured, unless a noun says it."""


def format_value(feature: Feature, value: Value) -> str:
    """A value with its unit, for people; null is `not observed`."""
    if value is None:
        return "not observed"
    if isinstance(value, str):
        return value.replace("_", " ")
    if feature.kind is Kind.FLAG and value in (0.0, 1.0):
        return "yes" if value else "no"
    return _number(feature, value) + _unit(feature)


def format_range(feature: Feature, low: float, high: float) -> str:
    """Two values with their unit once, `1.5 to 2.0 s`; one where both read the same."""
    first, last = _number(feature, low), _number(feature, high)
    return (first if first == last else f"{first} to {last}") + _unit(feature)


def _number(feature: Feature, value: float) -> str:
    if feature.kind is Kind.FLAG or feature.unit in (Unit.SHARE, Unit.POINTS):
        return _fixed(100 * value, 0)
    if feature.kind is Kind.COUNT:
        return _fixed(value, 1).removesuffix(".0")
    return _fixed(value, _DECIMALS[feature.unit])


def _unit(feature: Feature) -> str:
    if feature.kind is Kind.FLAG or feature.unit is Unit.SHARE:
        return "%"
    if feature.unit is Unit.POINTS:
        return " percentage points"
    return "".join(f" {part}" for part in (feature.noun, feature.unit.value) if part)


def _fixed(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def instruction(feature: Feature, direction: Direction, target: Value | tuple[float, float] = None) -> str | None:
    """What to do for a higher or lower value, with the value or the range to aim for if one is given.

    A rate of events is also told as the time from one to the next, a position as one in the video, and a number whose unit
    says little with what it measures. None if no creator can act on the feature.
    """
    words = feature.higher if direction == "higher" else feature.lower
    if words is None or target is None or isinstance(target, str) or feature.kind in (Kind.FLAG, Kind.ENUM):
        return words
    low, high = target if isinstance(target, tuple) else (target, target)
    about = "" if isinstance(target, tuple) else "about "
    return f"{words} ({_measure(feature)}aim for {about}{format_range(feature, low, high)}{_goes_on(feature, low, high)})"


def _measure(feature: Feature) -> str:
    """`variation of shot lengths: ` for a number whose unit does not say what it measures."""
    if feature.unit not in _BARE or feature.noun:
        return ""
    title = feature.title.removesuffix(" (proxy)")
    return f"{title[:1].lower()}{title[1:]}: "


def _goes_on(feature: Feature, low: float, high: float) -> str:
    """What stands behind the numbers: of what a position is a share, and how often a rate is."""
    if feature.name.endswith("_position") and feature.analysis is not Analysis.METADATA:
        return " of the way through the video"
    return _every(feature, low, high)


def _every(feature: Feature, low: float, high: float) -> str:
    """`, one every 1.5 to 2.0 s` for a rate of events that happen."""
    if feature.unit is not Unit.PER_10_S or feature.low != 0.0 or low <= 0:
        return ""
    times = tuple(_fixed(_SECONDS_OF_RATE / rate, 1) for rate in (high, low))
    return f", one every {times[0] if times[0] == times[1] else ' to '.join(times)} s"
