"""Charts as inline SVG: pure functions from numbers to text. Sizes are points; every drawn number comes in as an argument."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from services.reporter.brand import Palette
from services.reporter.numbers import signed

Format = Callable[[float], str]
Role = Literal["follows", "breaks", "rest"]
FONT = 'font-family="Inter, DejaVu Sans, sans-serif"'


@dataclass(frozen=True)
class Point:
    """One video in a dot plot; `role` says whether it is in the top tier and follows the pattern."""

    x: float
    y: float
    role: Role


def interval(effect: float, low: float, high: float, *, palette: Palette, width: float = 200, height: float = 16) -> Markup:
    """One row of a forest plot: the effect as a dot on its interval, on a scale from -1 to +1 with a line at 0."""
    at = _scale(-1, 1, 4, width - 4)
    middle = height / 2
    parts = [
        f'<line x1="{_n(at(-1))}" x2="{_n(at(1))}" y1="{_n(middle)}" y2="{_n(middle)}" stroke="{palette.line}" stroke-width="0.75"/>',
        f'<line x1="{_n(at(0))}" x2="{_n(at(0))}" y1="0" y2="{_n(height)}" stroke="{palette.muted}" stroke-width="0.75"/>',
        f'<line x1="{_n(at(low))}" x2="{_n(at(high))}" y1="{_n(middle)}" y2="{_n(middle)}" '
        f'stroke="{palette.accent}" stroke-width="4.5" stroke-linecap="round" stroke-opacity="0.45"/>',
        f'<circle cx="{_n(at(effect))}" cy="{_n(middle)}" r="3.6" fill="{palette.primary_ink}"/>',
    ]
    return _svg(f"Effect {signed(effect)}, interval {signed(low)} to {signed(high)}", width, height, parts)


def interval_axis(*, palette: Palette, width: float = 200) -> Markup:
    """The scale under the rows of a forest plot."""
    at = _scale(-1, 1, 4, width - 4)
    parts = []
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        anchor = {-1.0: "start", 1.0: "end"}.get(value, "middle")
        x = {-1.0: 0.0, 1.0: width}.get(value, at(value))
        parts.append(_text(x, 8, signed(value) if value else "0", palette.muted, anchor=anchor, size=6.5))
    return _svg("Scale of the effect, from -1 to +1", width, 10, parts)


def histogram(
    values: Sequence[float], marks: Sequence[tuple[str, float]], *, form: Format, palette: Palette, title: str,
    width: float = 320, height: float = 120,
) -> Markup:  # fmt: skip
    """How many videos lie where, with a tick for each video and labelled vertical marks (the median, say)."""
    edges = _edges(values)
    counts = [sum(low <= v < high or (high == edges[-1] and v == high) for v in values) for low, high in _pairs(edges)]
    base, top = height - 22, 26.0
    x, y = _scale(edges[0], edges[-1], 6, width - 6), _scale(0, max(counts), base, top)
    parts = [_bar(x(low), x(high), y(n), base, palette) for (low, high), n in zip(_pairs(edges), counts, strict=True) if n]
    parts += [_text((x(a) + x(b)) / 2, y(n) - 2.5, str(n), palette.muted, size=6.5) for (a, b), n in zip(_pairs(edges), counts, strict=True) if n]
    parts += [_tick(x(v), base + 2, base + 7, palette.primary_ink, 0.6) for v in sorted(values)]
    step = max(1, math.ceil(len(edges) / 7))
    parts += [_text(x(edge), height - 4, form(edge), palette.muted, size=7) for edge in edges[::step]]
    for row, (label, value) in enumerate(marks):
        side: Literal["start", "end"] = "start" if x(value) < width * 0.6 else "end"
        parts.append(_tick(x(value), 4.0 + 9 * row, base, palette.accent_ink, 1))
        shift = 3 if side == "start" else -3
        parts.append(_text(x(value) + shift, 9.5 + 9 * row, f"{label} {form(value)}", palette.accent_ink, anchor=side, size=7.5, bold=True))
    return _svg(title, width, height, parts)


def scatter(
    points: Sequence[Point], *, x_form: Format, y_form: Format, x_title: str, y_title: str, palette: Palette,
    width: float = 214, height: float = 132,
) -> Markup:  # fmt: skip
    """Each video as a dot: the feature across, the target upwards."""
    xs, ys = _span([p.x for p in points]), _span([p.y for p in points])
    left, base, top, right = 30.0, height - 24.0, 8.0, width - 8.0
    x, y = _scale(xs[0], xs[-1], left + 6, right - 4), _scale(ys[0], ys[-1], base - 4, top + 4)
    parts = []
    for value in ys:
        parts.append(f'<line x1="{_n(left)}" x2="{_n(right)}" y1="{_n(y(value))}" y2="{_n(y(value))}" stroke="{palette.line}" stroke-width="0.5"/>')
        parts.append(_text(left - 3, y(value) + 2.3, y_form(value), palette.muted, anchor="end", size=6.5))
    parts += [_text(x(value), base + 9, x_form(value), palette.muted, size=6.5) for value in xs]
    parts.append(_text((left + right) / 2, height - 4, x_title, palette.ink, size=7))
    order = {"rest": 0, "breaks": 1, "follows": 2}
    parts += [_dot(x(p.x) + nudge, y(p.y), p.role, palette) for p, nudge in _nudged(sorted(points, key=lambda p: order[p.role]), x, y)]
    return _svg(f"{y_title} by {x_title}, {len(points)} videos", width, height, parts)


def empty() -> Markup:
    """Nothing to draw."""
    return Markup()


def proportion(amount: int, total: int, *, palette: Palette, width: float = 150, height: float = 7) -> Markup:
    """A bar for `amount` of `total`."""
    share = amount / total if total else 0.0
    parts = [
        f'<rect x="0" y="0" width="{_n(width)}" height="{_n(height)}" rx="2" fill="{palette.line}"/>',
        f'<rect x="0" y="0" width="{_n(width * share)}" height="{_n(height)}" rx="2" fill="{palette.primary_ink}"/>' if amount else "",
    ]
    return _svg(f"{amount} of {total}", width, height, parts)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round numbers that enclose low..high, about `wanted` steps apart."""
    if high <= low:
        pad = abs(low) * 0.1 or 1.0
        low, high = low - pad, high + pad
    raw = (high - low) / wanted
    magnitude = 10.0 ** math.floor(math.log10(raw))
    step = next(s for s in (1, 2, 2.5, 5, 10) if s * magnitude >= raw * 0.999) * magnitude
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def _edges(values: Sequence[float]) -> list[float]:
    return ticks(min(values), max(values), min(14, max(5, round(math.sqrt(len(values))) + 1)))


def _span(values: Sequence[float]) -> list[float]:
    if set(values) <= {0.0, 1.0}:
        return [0.0, 1.0]
    return ticks(min(values), max(values))


def _pairs(edges: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(edges, edges[1:], strict=False))


def _nudged(points: Sequence[Point], x: Callable[[float], float], y: Callable[[float], float]) -> list[tuple[Point, float]]:
    """Dots that would hide each other step aside, left and right in turn; the same input gives the same picture."""
    placed: list[tuple[float, float]] = []
    result = []
    for point in points:
        nudge = next((s for s in _ASIDE if all(math.hypot(x(point.x) + s - a, y(point.y) - b) >= 3.4 for a, b in placed)), 0.0)
        placed.append((x(point.x) + nudge, y(point.y)))
        result.append((point, nudge))
    return result


_ASIDE = (0.0, *(side * step * 1.8 for step in range(1, 6) for side in (1, -1)))


def _dot(x: float, y: float, role: str, palette: Palette) -> str:
    paint = {
        "follows": f'r="3" fill="{palette.accent}" stroke="#FFFFFF" stroke-width="0.5"',
        "breaks": f'r="2.6" fill="#FFFFFF" stroke="{palette.warning}" stroke-width="1.3"',
        "rest": f'r="2.3" fill="{palette.muted}" fill-opacity="0.45"',
    }[role]
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" {paint}/>'


def _bar(left: float, right: float, top: float, base: float, palette: Palette) -> str:
    return (
        f'<rect x="{_n(left + 0.75)}" y="{_n(top)}" width="{_n(max(right - left - 1.5, 0.5))}" '
        f'height="{_n(base - top)}" fill="{palette.primary_ink}" fill-opacity="0.82"/>'
    )


def _tick(x: float, y1: float, y2: float, color: str, width: float) -> str:
    return f'<line x1="{_n(x)}" x2="{_n(x)}" y1="{_n(y1)}" y2="{_n(y2)}" stroke="{color}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, color: str, *, anchor: str = "middle", size: float = 7, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" {FONT} font-size="{size}"{weight} fill="{color}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, width: float, height: float, parts: Sequence[str]) -> Markup:
    return Markup(  # noqa: S704 - every text part went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}pt" height="{_n(height)}pt" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
