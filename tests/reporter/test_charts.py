"""Charts are text: what is drawn can be read off, and stays inside the drawing."""

import re
from xml.etree import ElementTree as ET

from hypothesis import example, given
from hypothesis import strategies as st

from services.reporter import charts
from services.reporter.brand import palette
from shared.contracts.request import Brand
from shared.numbers import number
from shared.svg import ticks

LOOK = palette(Brand())
SVG = "{http://www.w3.org/2000/svg}"
values = st.lists(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda v: round(v, 3)), min_size=1, max_size=60)


def inside(drawing: str) -> None:
    root = ET.fromstring(drawing)
    width, height = (float(value) for value in root.attrib["viewBox"].split()[2:])
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -0.01 <= float(element.attrib.get(name, 0)) <= width + 0.01
        for name in ("y", "y1", "y2", "cy"):
            assert -0.01 <= float(element.attrib.get(name, 0)) <= height + 0.01


def test_the_interval_says_its_numbers_and_keeps_their_order() -> None:
    drawing = charts.interval(0.62, 0.35, 0.81, palette=LOOK)
    root = ET.fromstring(drawing)
    bar = next(item for item in root.iter(f"{SVG}line") if item.attrib["stroke"] == LOOK.accent)
    spot = next(root.iter(f"{SVG}circle"))
    assert root.findtext(f"{SVG}title") == "Effect +0.62, interval +0.35 to +0.81"
    assert float(bar.attrib["x1"]) < float(spot.attrib["cx"]) < float(bar.attrib["x2"])


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_any_interval_stays_inside(a: float, b: float, c: float) -> None:
    low, effect, high = sorted((a, b, c))
    inside(charts.interval(effect, low, high, palette=LOOK))


@given(values)
def test_the_bars_count_every_value_once(amounts: list[float]) -> None:
    marks = [("Median", sorted(amounts)[len(amounts) // 2])]
    drawing = charts.histogram(amounts, marks, form=number, palette=LOOK, title="Spread")
    inside(drawing)
    counted = re.findall(r'font-size="6.5"[^>]*>([\d,]+)</text>', drawing)
    assert sum(int(text.replace(",", "")) for text in counted) == len(amounts)
    assert drawing.count('stroke-width="0.6"') == len(amounts)


def test_no_line_runs_through_the_label_of_another() -> None:
    rates = [3.2, 4.6, 5.8, 7.5, 7.9, 9.2]
    root = ET.fromstring(
        charts.histogram(rates, [("Median", 6.7), ("90th percentile", 8.5)], form=number, palette=LOOK, title="Spread")
    )
    lines = {
        float(item.attrib["x1"]): float(item.attrib["y1"])
        for item in root.iter(f"{SVG}line")
        if item.attrib["stroke"] == LOOK.accent_ink
    }
    (median, below), (decile, _) = sorted(lines.items())
    labels = {str(item.text).split()[0]: item.attrib for item in root.iter(f"{SVG}text") if item.attrib.get("font-weight")}
    assert float(labels["90th"]["y"]) < below, "the median's line begins beneath the label above it"
    assert labels["Median"]["text-anchor"] == "end"
    assert float(labels["Median"]["x"]) < median < decile


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1), st.sampled_from(["follows", "breaks", "rest"])),
        min_size=1,
        max_size=50,
    )
)
def test_the_dot_plot_draws_every_row(rows: list[tuple[float, float, charts.Role]]) -> None:
    points = [charts.Point(*row) for row in rows]
    drawing = charts.scatter(points, x_form=number, y_form=number, title="Dots", palette=LOOK)
    assert drawing.count("<circle") == len(points)
    inside(drawing)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
@example(-0.125, 400400401.0)
def test_ticks_enclose_the_range(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    unseen = (abs(low) + span) * 1e-6 + 1e-6
    assert marks[0] <= low + unseen
    assert marks[-1] >= low + span - unseen
    assert 2 <= len(marks) <= 12


def test_words_in_charts_are_escaped() -> None:
    drawing = charts.scatter(
        [charts.Point(1, 1, "rest")], x_form=lambda _: "<b>", y_form=number, title="<script>alert(1)</script>", palette=LOOK
    )
    assert "<script>" not in drawing
    assert "<b>" not in drawing
