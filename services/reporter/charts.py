"""Charts as inline SVG: pure functions from numbers to text. Every drawn number comes in as an argument."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from services.reporter.brand import Palette
from shared.numbers import signed
from shared.svg import Anchor, Scale, box, dot, line, scale, svg, text, ticks

Format = Callable[[float], str]
Role = Literal["follows", "breaks", "rest"]
BINS = (5, 14)
MOST_DOTS = 400  # more hide each other, and a drawing of thousands takes longer than the rest of the report
DOT = 3.4
LABEL_ROOM = 60.0
ASIDE = (0.0, *(side * step * 1.8 for step in range(1, 8) for side in (1, -1)))


@dataclass(frozen=True)
class Point:
    """One row in a dot plot; `role` says whether it is in the top tier and follows the pattern."""

    x: float
    y: float
    role: Role


def interval(effect: float, low: float, high: float, *, palette: Palette, width: float = 200, height: float = 14) -> Markup:
    """One row of a forest plot: the effect as a dot on its interval, on a scale from -1 to +1 with a line at 0."""
    at, middle = scale(-1, 1, 4, width - 4), height / 2
    parts = [
        line((at(-1), middle), (at(1), middle), palette.line, 0.75),
        line((at(0), 0), (at(0), height), palette.muted, 0.75),
        line((at(low), middle), (at(high), middle), palette.accent, 4.5, opacity=0.45),
        dot(at(effect), middle, 3.6, palette.primary_ink),
    ]
    return svg(f"Effect {signed(effect)}, interval {signed(low)} to {signed(high)}", width, height, parts)


def interval_axis(*, palette: Palette, width: float = 200) -> Markup:
    """The scale under the rows of a forest plot."""
    at = scale(-1, 1, 4, width - 4)
    anchors: dict[float, Anchor] = {-1.0: "start", 1.0: "end"}
    parts = [
        text(at(value) + 4 * (value == 1) - 4 * (value == -1), 8, signed(value) if value else "0", palette.muted,
             anchor=anchors.get(value, "middle"), size=6.5)
        for value in (-1.0, -0.5, 0.0, 0.5, 1.0)
    ]  # fmt: skip
    return svg("Scale of the effect, from -1 to +1", width, 10, parts)


def histogram(
    values: Sequence[float], marks: Sequence[tuple[str, float]], *, form: Format, palette: Palette, title: str,
    width: float = 330, height: float = 106,
) -> Markup:  # fmt: skip
    """How many rows lie where, with a tick for each of up to 400, and labelled vertical marks."""
    edges = _edges([*values, *(value for _, value in marks)])
    counts = [sum(low <= value < high or value == high == edges[-1] for value in values) for low, high in pairwise(edges)]
    base = height - 20
    x, y = scale(edges[0], edges[-1], 15, width - 15), scale(0, max(counts), base, 34)
    parts = [line((x(edges[0]), base), (x(edges[-1]), base), palette.muted, 0.5)]
    for (low, high), amount in zip(pairwise(edges), counts, strict=True):
        if amount:
            parts.append(box(x(low) + 0.75, y(amount), x(high) - 0.75, base, palette.primary_ink, opacity=0.82))
            beside = _beside((x(low) + x(high)) / 2, [x(value) for _, value in marks])
            parts.append(text(beside, y(amount) - 2.5, f"{amount:,}", palette.muted, size=6.5))
    if len(values) <= MOST_DOTS:
        parts += [line((x(value), base + 2), (x(value), base + 6.5), palette.primary_ink, 0.6) for value in sorted(values)]
    step = math.ceil(len(edges) / 7)
    parts += [text(x(edge), height - 3, form(edge), palette.muted) for edge in edges[::step]]
    for row, (label, value) in enumerate(sorted(marks, key=lambda mark: -mark[1])):
        parts += _mark(x(value), 12.0 * row, base, f"{label} {form(value)}", width, palette)
    return svg(title, width, height, parts)


def scatter(
    points: Sequence[Point], *, x_form: Format, y_form: Format, title: str, palette: Palette,
    width: float = 218, height: float = 110,
) -> Markup:  # fmt: skip
    """Each row as a dot: the feature across, the target upwards."""
    xs, ys = _span([point.x for point in points]), _span([point.y for point in points])
    left, base, right = 32.0, height - 12.0, width - 6.0
    x, y = scale(xs[0], xs[-1], left + 8, right - 8), scale(ys[0], ys[-1], base - 4, 6)
    parts = []
    for value in ys:
        parts.append(line((left, y(value)), (right, y(value)), palette.line, 0.5))
        parts.append(text(left - 4, y(value) + 2.3, y_form(value), palette.muted, anchor="end", size=6.5))
    parts += [text(x(value), height - 2, x_form(value), palette.muted, size=6.5) for value in xs]
    order: tuple[Role, ...] = ("rest", "breaks", "follows")
    ordered = sorted(points, key=lambda point: (order.index(point.role), point.x, point.y))
    parts += [_point(x(point.x) + aside, y(point.y), point.role, palette) for point, aside in _apart(ordered, x, y)]
    return svg(title, width, height, parts)


def proportion(amount: int, total: int, *, palette: Palette, width: float = 150, height: float = 7) -> Markup:
    """A bar for `amount` of `total`."""
    parts = [box(0, 0, width, height, palette.line, radius=2)]
    if amount:
        parts.append(box(0, 0, max(width * amount / total, 1.5), height, palette.primary_ink, radius=2))
    return svg(f"{amount} of {total}", width, height, parts)


def _edges(values: Sequence[float]) -> list[float]:
    fewest, most = BINS
    return ticks(min(values), max(values), min(most, max(fewest, round(math.sqrt(len(values))) + 1)))


def _span(values: Sequence[float]) -> list[float]:
    return [0.0, 1.0] if set(values) <= {0.0, 1.0} else ticks(min(values), max(values))


def _beside(x: float, lines: Sequence[float], room: float = 7) -> float:
    """Where a label can stand without a vertical line running through it."""
    near = next((line for line in lines if abs(line - x) < room), None)
    if near is None:
        return x
    return near + room if x >= near else near - room


def _mark(x: float, top: float, base: float, label: str, width: float, palette: Palette) -> list[str]:
    """A labelled vertical line. The rightmost stands highest and takes the side with more room; those below it keep their
    labels to their left where they fit, so that no line runs through a label.
    """
    anchor: Anchor = "start" if x < (LABEL_ROOM if top else width / 2) else "end"
    shift = 3 if anchor == "start" else -3
    return [
        line((x, top + 1), (x, base), palette.accent_ink, 1),
        text(x + shift, top + 8, label, palette.accent_ink, anchor=anchor, size=7.5, bold=True),
    ]


def _apart(points: Sequence[Point], x: Scale, y: Scale) -> list[tuple[Point, float]]:
    """Dots that would hide each other step aside, right and left in turn; the same input gives the same picture."""
    placed: list[tuple[float, float]] = []
    result = []
    for point in points:
        at = (x(point.x), y(point.y))
        aside = next((s for s in ASIDE if all(math.hypot(at[0] + s - a, at[1] - b) >= DOT for a, b in placed)), 0.0)
        placed.append((at[0] + aside, at[1]))
        result.append((point, aside))
    return result


def _point(x: float, y: float, role: Role, palette: Palette) -> str:
    if role == "follows":
        return dot(x, y, 3, palette.accent, stroke="#FFFFFF", width=0.5)
    if role == "breaks":
        return dot(x, y, 2.6, "#FFFFFF", stroke=palette.warning, width=1.3)
    return dot(x, y, 2.3, palette.muted, opacity=0.45)
