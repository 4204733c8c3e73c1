"""Which patterns a row follows, and which it breaks."""

import math
from collections.abc import Mapping
from statistics import median

from shared.contracts.findings import Condition, Findings, Pattern
from shared.contracts.forecast import Stance


def stances(findings: Findings, values: Mapping[str, float]) -> tuple[Stance, ...]:
    """The row's stance on every pattern; `values` are the row's by column, NaN where unknown."""
    return tuple(_stance(found, conditions_of(found, findings), values) for found in findings.patterns)


def conditions_of(found: Pattern, findings: Findings) -> tuple[Condition, ...]:
    """The pattern's conditions; for findings of a version that wrote none, beyond the median of the rows that were kept."""
    if found.conditions:
        return found.conditions
    operator = ">" if found.direction == "higher" else "<"
    medians = [(name, _parting(findings, name)) for name in found.features]
    return tuple(Condition(feature=name, operator=operator, threshold=at) for name, at in medians if at is not None)


def meets(conditions: tuple[Condition, ...], values: Mapping[str, float]) -> float:
    """1 where all conditions are met, 0 where one is not, NaN where that can't be known."""
    if not conditions or any(math.isnan(values.get(one.feature, math.nan)) for one in conditions):
        return math.nan
    return float(all((values[one.feature] > one.threshold) == (one.operator == ">") for one in conditions))


def _stance(found: Pattern, conditions: tuple[Condition, ...], values: Mapping[str, float]) -> Stance:
    met = meets(conditions, values)
    own = [values.get(one.feature, math.nan) for one in conditions]
    return Stance(
        pattern=found.id,
        label=found.label.value,
        anti=found.anti,
        conditions=conditions,
        stance="unknown" if math.isnan(met) else "follows" if bool(met) != found.anti else "breaks",
        values=tuple(None if math.isnan(value) else value for value in own),
    )


def _parting(findings: Findings, name: str) -> float | None:
    cells = [row.values.get(name) for row in findings.evidence]
    known = [float(cell) for cell in cells if isinstance(cell, int | float)]
    if not known:
        return None
    return 0.5 if set(known) <= {0.0, 1.0} else median(known)
