"""Rounds what the formulas gave and holds it against the declarations: all features of a vector at once."""

from collections.abc import Sequence
from sys import float_info

import numpy as np

from shared.catalogue.feature import Feature, Kind, Value

DECIMALS = 6
"""Values are rounded to this: far below what any engine resolves, far above floating-point noise."""
_SCALE = 10.0**DECIMALS
_FINE = 2.0**53 / _SCALE
"""From here on a float has no sixth decimal that could be rounded."""


class Domain:
    """What some features may be, in their order."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._numbers = [(place, feature) for place, feature in enumerate(features) if feature.kind is not Kind.ENUM]
        self._enums = [(place, feature) for place, feature in enumerate(features) if feature.kind is Kind.ENUM]
        declared = [feature for _, feature in self._numbers]
        self._low = np.array([-float_info.max if feature.low is None else feature.low for feature in declared])
        self._high = np.array([float_info.max if feature.high is None else feature.high for feature in declared])
        self._whole = np.array([feature.kind is not Kind.NUMBER for feature in declared], np.bool_)

    def values(self, given: Sequence[float | str | None]) -> list[Value]:
        """What the formulas gave, numbers rounded; None stays None. Raises OutOfDomain for a value that is excluded."""
        values: list[Value] = list(given)
        for place, feature in self._enums:
            feature.check(values[place])
        numbers = [given[place] for place, _ in self._numbers]
        if str in set(map(type, numbers)):  # NumPy would take "1" for 1
            for (_, feature), number in zip(self._numbers, numbers, strict=True):
                feature.check(number)
        raw = np.array(numbers, np.float64)  # None becomes NaN
        with np.errstate(over="ignore"):
            rounded = np.where(np.abs(raw) < _FINE, np.rint(raw * _SCALE) / _SCALE, raw) + 0.0  # no minus zero
        admitted = (self._low <= rounded) & (rounded <= self._high) & (~self._whole | (rounded == np.rint(rounded)))
        told = rounded.tolist()
        for k in np.flatnonzero(~admitted).tolist():
            if numbers[k] is not None:
                self._numbers[k][1].check(told[k])
        for (place, _), number, value in zip(self._numbers, numbers, told, strict=True):
            if number is not None:
                values[place] = value
        return values
