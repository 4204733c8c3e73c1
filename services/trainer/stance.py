"""Which patterns a row follows, and which it breaks."""

import numpy as np

from shared.contracts.findings import Findings, Pattern
from shared.contracts.forecast import Stance


def stances(findings: Findings, values: dict[str, float]) -> tuple[Stance, ...]:
    """The row's stance on every pattern; `values` are the row's by column, NaN where unknown."""
    return tuple(_stance(found, findings, values) for found in findings.patterns)


def _stance(found: Pattern, findings: Findings, values: dict[str, float]) -> Stance:
    sides = [_side(found, _learned(findings, name), values.get(name, np.nan)) for name in found.features]
    own = [values.get(name, np.nan) for name in found.features]
    if "unknown" in sides:
        stance = "unknown"
    elif "breaks" in sides:
        stance = "breaks"
    else:
        stance = "follows" if set(sides) == {"follows"} else "neither"
    return Stance.model_validate(
        {
            "pattern": found.id,
            "features": found.features,
            "label": found.label.value,
            "direction": found.direction,
            "stance": stance,
            "values": tuple(None if np.isnan(value) else float(value) for value in own),
            "medians": tuple(float(np.median(_learned(findings, name))) for name in found.features),
        }
    )


def _learned(findings: Findings, name: str) -> list[float]:
    cells = [row.values.get(name) for row in findings.evidence]
    return [float(cell) for cell in cells if isinstance(cell, int | float)]


def _side(found: Pattern, learned: list[float], value: float) -> str:
    """As patterns are made: a value at the median is on neither side, unless nothing lies beyond it (the case of flags)."""
    if np.isnan(value) or not learned:
        return "unknown"
    sign = 1.0 if found.direction == "higher" else -1.0
    side, own = sign * np.array(learned), sign * value
    median = float(np.median(side))
    if own > median or (own == median == side.max()):
        return "follows"
    return "breaks" if own < median or own == median == side.min() else "neither"
