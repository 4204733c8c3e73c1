"""The few SVG elements that charts are drawn with: text in, escaped text out. Sizes are points."""

import math
from collections.abc import Callable, Sequence
from typing import Literal

from markupsafe import Markup, escape

FONT = 'font-family="Inter, Inter Extended, DejaVu Sans, sans-serif"'
Anchor = Literal["start", "middle", "end"]
Scale = Callable[[float], float]


def svg(title: str, width: float, height: float, parts: Sequence[str]) -> Markup:
    """A drawing; the title is what a screen reader says."""
    return Markup(  # noqa: S704 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(width)}pt" height="{short(height)}pt" '
        f'viewBox="0 0 {short(width)} {short(height)}" role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def line(start: tuple[float, float], end: tuple[float, float], color: str, width: float, *, opacity: float = 1) -> str:
    """A straight line; thick ones get round ends."""
    ends = ' stroke-linecap="round"' if width > 2 else ""
    faded = f' stroke-opacity="{short(opacity)}"' if opacity < 1 else ""
    return (
        f'<line x1="{short(start[0])}" y1="{short(start[1])}" x2="{short(end[0])}" y2="{short(end[1])}" '
        f'stroke="{color}" stroke-width="{short(width)}"{ends}{faded}/>'
    )


def box(left: float, top: float, right: float, bottom: float, color: str, *, opacity: float = 1, radius: float = 0) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{short(left)}" y="{short(top)}" width="{short(right - left)}" height="{short(bottom - top)}" '
        f'rx="{short(radius)}" fill="{color}" fill-opacity="{short(opacity)}"/>'
    )


def dot(x: float, y: float, radius: float, fill: str, *, stroke: str = "none", width: float = 0, opacity: float = 1) -> str:
    """A circle."""
    return (
        f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" fill="{fill}" fill-opacity="{short(opacity)}" '
        f'stroke="{stroke}" stroke-width="{short(width)}"/>'
    )


def text(
    x: float, y: float, content: str, color: str, *, anchor: Anchor = "middle", size: float = 7, bold: bool = False
) -> str:
    """A line of text on the base line y."""
    weight = ' font-weight="600"' if bold else ""
    where = f'x="{short(x)}" y="{short(y)}" text-anchor="{anchor}"'
    return f'<text {where} {FONT} font-size="{short(size)}"{weight} fill="{color}">{escape(content)}</text>'


def titled(label: str, element: str) -> str:
    """An element that says what it is when pointed at."""
    return f"<g><title>{escape(label)}</title>{element}</g>"


def scale(low: float, high: float, start: float, end: float) -> Scale:
    """The linear map that takes low to start and high to end."""
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round numbers that enclose low..high to within a billionth of a step, about `wanted` steps apart."""
    if high - low <= max(abs(low), abs(high)) * 1e-9 + 1e-300:
        pad = abs(low) * 0.1 or 1.0
        low, high = low - pad, high + pad
    raw = (high - low) / wanted
    magnitude = 10.0 ** math.floor(math.log10(raw))
    step = next(step for step in (1, 2, 2.5, 5, 10) if step * magnitude >= raw * 0.999) * magnitude
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def short(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
