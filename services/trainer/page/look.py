"""Colors of the page, and the frame that every plot with two axes shares."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shared.svg import Scale, line, scale, text, ticks

INK, MUTED, LINE, PRIMARY, ACCENT, WARNING = "#172033", "#5B6475", "#DDE2EA", "#1E3A8A", "#0E9F6E", "#B45309"
CLUSTERS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
"""Told apart by people with color blindness (Okabe, Ito 2008)."""
MOST_DOTS = 400

Form = Callable[[float], str]


@dataclass(frozen=True)
class Axis:
    """Where a value lies on an axis that begins at `start`, the values that are marked, and how they are written."""

    start: float
    at: Scale
    marks: tuple[float, ...]
    form: Form


def log_scaled(values: Sequence[float]) -> bool:
    """Whether an axis should be logarithmic: positive values over more than a factor of 20."""
    return min(values) > 0 and max(values) / min(values) > 20


def axis(values: Sequence[float], start: float, end: float, form: Form, *, logarithmic: bool = False, wanted: int = 4) -> Axis:
    """An axis that holds all values (at least one), with round marks."""
    if logarithmic:
        low, high = math.floor(math.log10(min(values)) * 3) / 3, math.ceil(math.log10(max(values)) * 3) / 3
        inner = scale(low, max(high, low + 1 / 3), start, end)
        steps = [factor * 10.0**power for power in range(math.floor(low), math.ceil(high) + 1) for factor in (1, 2, 5)]
        marks = [step for step in steps if 10**low * 0.999 <= step <= 10**high * 1.001]
        return Axis(start, lambda value: inner(math.log10(value)), tuple(marks[:: math.ceil(len(marks) / 6)]), form)
    marks = [0.0, 1.0] if set(values) <= {0.0, 1.0} else ticks(min(values), max(values), wanted)
    return Axis(start, scale(marks[0], marks[-1], start, end), tuple(marks), form)


def frame(x: Axis, y: Axis, *, width: float, height: float, left: float, names: tuple[str, str]) -> list[str]:
    """The grid of the vertical axis, the marks of both, and their names."""
    base, parts = y.start, []
    for value in y.marks:
        parts.append(line((left, y.at(value)), (width - 6, y.at(value)), LINE, 0.5))
        parts.append(text(left - 4, y.at(value) + 2.3, y.form(value), MUTED, anchor="end", size=7))
    parts += [text(x.at(value), base + 12, x.form(value), MUTED, size=7) for value in x.marks]
    parts.append(text((left + width) / 2, height - 2, names[0], INK, size=7.5))
    parts.append(text(4, 8, names[1], INK, anchor="start", size=7.5))
    return parts


def drawn(count: int) -> tuple[range, str]:
    """Which of the points are drawn, and a note when that are not all: thousands hide each other and weigh much."""
    step = max(1, math.ceil(count / MOST_DOTS))
    return range(0, count, step), "" if step == 1 else f"Every {step}th of {count:,} rows is drawn. "
