"""The plots of the page as SVG: pure functions from findings to text, every point labelled with its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from markupsafe import Markup

from services.trainer.page.look import (
    ACCENT,
    CLUSTERS,
    INK,
    LINE,
    MUTED,
    PRIMARY,
    WARNING,
    Form,
    axis,
    drawn,
    frame,
    log_scaled,
)
from shared.contracts.diagnostics import Calibration, ClusterMap
from shared.numbers import number, signed
from shared.svg import box, dot, line, scale, svg, text, titled

WIDTH, HEIGHT, LEFT = 330.0, 210.0, 44.0


@dataclass(frozen=True)
class Row:
    """One row in a plot: the feature, the target, and whether it is in the top tier and follows or breaks the pattern."""

    row_id: str
    x: float
    y: float
    role: str = "rest"


def spread(values: Sequence[tuple[str, float]], marks: Sequence[tuple[str, float]], form: Form) -> Markup:
    """Every target as a dot on one axis, stacked where they are near, with labelled marks."""
    numbers = [value for _, value in values]
    across = axis([*numbers, *(mark for _, mark in marks)], 20, 640, form, logarithmic=log_scaled(numbers), wanted=8)
    shown, _ = drawn(len(values))
    order = sorted((values[i] for i in shown), key=lambda pair: (pair[1], pair[0]))
    heights: dict[int, int] = {}
    parts = []
    for row_id, value in order:
        place = round(across.at(value) / 6)
        heights[place] = heights.get(place, -1) + 1
        y = 106 - 5.4 * min(heights[place], 13)
        parts.append(titled(f"{row_id}: {form(value)}", dot(place * 6, y, 2.6, PRIMARY, opacity=0.75)))
    parts.append(line((14, 112), (646, 112), MUTED, 0.6))
    parts += [text(across.at(value), 124, form(value), MUTED) for value in across.marks]
    for row, (label, value) in enumerate(marks):
        parts.append(line((across.at(value), 12 + 9 * row), (across.at(value), 112), WARNING, 0.9))
        parts.append(text(across.at(value) + 3, 11 + 9 * row, f"{label} {form(value)}", WARNING, anchor="start", size=7))
    return svg("Every row's target", 660, 128, parts)


def forest(rows: Sequence[tuple[str, float, tuple[float, float]]]) -> Markup:
    """The effect of every pattern with its interval, on one scale from -1 to +1."""
    at, parts, height = scale(-1, 1, 250, 640), [], 18.0 * len(rows) + 22
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        parts.append(line((at(value), 2), (at(value), height - 18), MUTED if value == 0 else LINE, 0.7))
        parts.append(text(at(value), height - 6, signed(value) if value else "0", MUTED))
    for place, (name, effect, (low, high)) in enumerate(rows):
        y = 12 + 18.0 * place
        shown = f"{name}: {signed(effect)}, 95% interval {signed(low)} to {signed(high)}"
        parts.append(text(244, y + 2.5, name if len(name) <= 46 else f"{name[:45]}…", INK, anchor="end", size=7.5))
        marks = line((at(low), y), (at(high), y), ACCENT, 4, opacity=0.45) + dot(at(effect), y, 3.4, PRIMARY)
        parts.append(titled(shown, marks))
    return svg("Effects with their 95% intervals", 660, height, parts)


def dependence(rows: Sequence[Row], names: tuple[str, str], form: Form, threshold: float | None) -> Markup:
    """The feature across, the target upwards, every row a dot; the line joins the medians of five parts of the rows.

    Where the pattern parts the rows, there is a vertical line.
    """
    ys = [row.y for row in rows]
    marked = [] if threshold is None or {row.x for row in rows} <= {0.0, 1.0} else [threshold]
    x = axis([*(row.x for row in rows), *marked], LEFT + 10, WIDTH - 16, number)
    y = axis(ys, HEIGHT - 32, 16, form, logarithmic=log_scaled(ys))
    shown, _ = drawn(len(rows))
    order = {"rest": 0, "breaks": 1, "follows": 2}
    parts = [] if threshold is None else [line((x.at(threshold), 16), (x.at(threshold), HEIGHT - 32), MUTED, 0.8)]
    parts += frame(x, y, width=WIDTH, height=HEIGHT, left=LEFT, names=names)
    for row in sorted((rows[i] for i in shown), key=lambda row: (order[row.role], row.row_id)):
        label = f"{row.row_id}: {number(row.x)}, {form(row.y)} ({row.role})"
        parts.append(titled(label, _role(x.at(row.x), y.at(row.y), row.role)))
    medians = _medians(rows)
    for start, end in pairwise(medians):
        parts.append(line((x.at(start[0]), y.at(start[1])), (x.at(end[0]), y.at(end[1])), WARNING, 1.4))
    return svg(f"{names[1]} against {names[0]}", WIDTH, HEIGHT, parts)


def tiers(groups: Sequence[tuple[str, Sequence[tuple[str, float]]]], name: str) -> Markup:
    """The feature in every tier: each row a dot, the median a bar."""
    known = [value for _, rows in groups for _, value in rows]
    y, parts = axis(known, HEIGHT - 32, 16, number), []
    step = (WIDTH - LEFT - 6) / len(groups)
    for value in y.marks:
        parts.append(line((LEFT, y.at(value)), (WIDTH - 6, y.at(value)), LINE, 0.5))
        parts.append(text(LEFT - 4, y.at(value) + 2.3, number(value), MUTED, anchor="end", size=7))
    for place, (title, rows) in enumerate(groups):
        middle = LEFT + step * (place + 0.5)
        shown, _ = drawn(len(rows))
        for turn, index in enumerate(shown):
            row_id, value = rows[index]
            aside = ((turn * 7) % 11 - 5) * step / 16
            parts.append(titled(f"{row_id}: {number(value)}", dot(middle + aside, y.at(value), 2.3, PRIMARY, opacity=0.5)))
        if rows:
            median = y.at(float(np.median([value for _, value in rows])))
            parts.append(line((middle - step * 0.36, median), (middle + step * 0.36, median), WARNING, 1.8))
        parts.append(text(middle, HEIGHT - 18, title, INK, size=7))
        parts.append(text(middle, HEIGHT - 8, f"n {len(rows)}", MUTED, size=6.5))
    parts.append(text(LEFT - 4, 8, name, INK, anchor="start", size=7.5))
    return svg(f"{name} by tier", WIDTH, HEIGHT, parts)


def clusters(seen: ClusterMap) -> Markup:
    """Rows along the two widest directions, colored by cluster."""
    x = axis([point.x for point in seen.points], LEFT + 8, WIDTH - 14, number)
    y = axis([point.y for point in seen.points], HEIGHT - 32, 16, number)
    names = (f"first direction ({seen.explained[0]:.0%})", f"second direction ({seen.explained[1]:.0%})")
    parts, (shown, _) = [*frame(x, y, width=WIDTH, height=HEIGHT, left=LEFT, names=names)], drawn(len(seen.points))
    for point in (seen.points[i] for i in shown):
        label = f"{point.row_id}: cluster {point.cluster}, silhouette {point.silhouette:.2f}"
        parts.append(titled(label, dot(x.at(point.x), y.at(point.y), 3, color(point.cluster), opacity=0.8)))
    return svg("Map of the clusters", WIDTH, HEIGHT, parts)


def silhouettes(seen: ClusterMap) -> Markup:
    """One bar per row, by cluster, widest first: bars to the left are rows that lie nearer to another cluster."""
    ordered = sorted(seen.points, key=lambda point: (point.cluster, -point.silhouette, point.row_id))
    low = min(-0.2, *(point.silhouette for point in ordered))
    at, step = scale(low, 1, 14, WIDTH - 10), (HEIGHT - 30) / len(ordered)
    parts = []
    for place, point in enumerate(ordered):
        left, right = sorted((at(0), at(point.silhouette)))
        bar = box(left, 6 + step * place, max(right, left + 0.4), 6 + step * (place + 0.86), color(point.cluster))
        parts.append(titled(f"{point.row_id}: {point.silhouette:.2f}", bar))
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(line((at(value), 4), (at(value), HEIGHT - 22), MUTED if value == 0 else LINE, 0.5))
        parts.append(text(at(value), HEIGHT - 12, number(value), MUTED))
    return svg("Silhouettes by cluster", WIDTH, HEIGHT, parts)


def calibration(seen: Calibration, form: Form) -> Markup:
    """Expected across, observed upwards, with the interval of each row along the expected value; on the line both agree."""
    shown, _ = drawn(len(seen.points))
    points = [seen.points[i] for i in shown]
    bounds = [bound for point in points for bound in (point.low, point.high) if bound is not None]
    values = [*(point.observed for point in points), *(point.expected for point in points), *bounds]
    logarithmic = log_scaled(values)
    x = axis([point.expected for point in points], LEFT + 14, 500, form, logarithmic=logarithmic)
    y = axis(values, 268, 16, form, logarithmic=logarithmic)
    parts = [*frame(x, y, width=520, height=300, left=LEFT, names=("expected, out of fold", "observed"))]
    for point in points:
        at = x.at(point.expected)
        inside = point.low is None or point.high is None or point.low <= point.observed <= point.high
        if point.low is not None and point.high is not None:
            parts.append(line((at, y.at(point.low)), (at, y.at(point.high)), LINE, 1.2))
        label = f"{point.row_id}: expected {form(point.expected)}, observed {form(point.observed)}"
        parts.append(titled(label, dot(at, y.at(point.observed), 2.8, PRIMARY if inside else WARNING, opacity=0.85)))
    ends = (min(point.expected for point in points), max(point.expected for point in points))
    parts.append(line((x.at(ends[0]), y.at(ends[0])), (x.at(ends[1]), y.at(ends[1])), ACCENT, 1.4))
    return svg("Observed against expected", 520, 300, parts)


def shuffled(found: int, rate: float) -> Markup:
    """Patterns on the data beside the mean number on shuffled targets."""
    at, parts = scale(0, max(found, rate, 1.0), 150, 600), []
    for place, (name, value, fill) in enumerate((("this data", float(found), PRIMARY), ("shuffled targets", rate, WARNING))):
        y = 8 + 24 * place
        parts.append(text(144, y + 10, name, INK, anchor="end", size=8))
        parts.append(box(150, y, max(at(value), 151), y + 14, fill, radius=2))
        parts.append(text(max(at(value), 151) + 5, y + 10, number(value), INK, anchor="start", size=8))
    return svg("Patterns found, beside shuffled targets", 660, 54, parts)


def color(cluster: int) -> str:
    """The color of a cluster."""
    return CLUSTERS[cluster % len(CLUSTERS)]


def _role(x: float, y: float, role: str) -> str:
    if role == "follows":
        return dot(x, y, 3, ACCENT, stroke="#FFFFFF", width=0.5)
    return dot(x, y, 2.7, "#FFFFFF", stroke=WARNING, width=1.3) if role == "breaks" else dot(x, y, 2.3, MUTED, opacity=0.5)


def _medians(rows: Sequence[Row], parts: int = 5) -> list[tuple[float, float]]:
    """Median feature and median target of `parts` equal parts of the rows by the feature; flags have one part per value."""
    if len({row.x for row in rows}) < 2:
        return []
    if len({row.x for row in rows}) <= parts:
        groups = [[row for row in rows if row.x == value] for value in sorted({row.x for row in rows})]
    else:
        ordered = sorted(rows, key=lambda row: (row.x, row.row_id))
        groups = [[ordered[i] for i in part] for part in np.array_split(np.arange(len(ordered)), parts) if len(part)]
    return [(float(np.median([row.x for row in group])), float(np.median([row.y for row in group]))) for group in groups]
