"""How figures are written, and that colors stay readable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporter.brand import READABLE, contrast, palette
from shared.contracts.request import Brand
from shared.numbers import days, listing, number, percent, probability, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (6.0, "6"),
        (1234.5, "1,234"),
        (0.04217, "0.0422"),
        (0.00586, "0.00586"),
        (999.6, "1,000"),
        (12.34, "12.3"),
        (-13.1, "−13.1"),
        (0.000042, "4.20e−05"),
    ],
)
def test_numbers_keep_three_significant_digits(value: float, text: str) -> None:
    assert number(value) == text


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_a_written_number_reads_back_within_rounding(value: float) -> None:
    read = float(number(value).replace("−", "-").replace(",", ""))
    assert read == pytest.approx(value, rel=0.006, abs=1e-300)


def test_percent_sign_and_probability() -> None:
    assert percent(0.0643) == "6.4%"
    assert (signed(0.62), signed(-0.3), signed(0.001)) == ("+0.62", "−0.30", "0.00")
    assert (probability(0.0124), probability(0.0004), probability(0.00001)) == ("= 0.012", "= 0.0004", "< 0.0001")


def test_dates_say_a_shared_month_or_year_once() -> None:
    assert days(date(2025, 3, 7), date(2025, 3, 7)) == "on 7 March 2025"
    assert days(date(2025, 3, 7), date(2025, 3, 27)) == "between 7 and 27 March 2025"
    assert days(date(2025, 3, 7), date(2025, 4, 27)) == "between 7 March and 27 April 2025"
    assert days(date(2024, 12, 7), date(2025, 1, 2)) == "between 7 December 2024 and 2 January 2025"
    assert listing(["a", "b", "c"]) == "a, b and c"


colors = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)


@given(colors, colors)
def test_any_brand_color_gives_readable_text(primary: str, accent: str) -> None:
    look = palette(Brand(primary_color=primary, accent_color=accent))
    assert look.primary == primary.upper()
    assert contrast(look.on_primary, look.primary) >= READABLE
    assert contrast(look.primary_ink, "#FFFFFF") >= READABLE
    assert contrast(look.accent_ink, "#FFFFFF") >= READABLE
