"""How numbers, counts and dates are written; every figure in a report passes through one of these functions."""

from collections.abc import Sequence
from datetime import date

MINUS = "\u2212"
SMALLEST_P = 0.0001


def percent(value: float, digits: int = 1) -> str:
    """A fraction as percent: 0.0643 -> "6.4%"."""
    return f"{value:.{digits}%}".replace("-", MINUS)


def number(value: float) -> str:
    """Three significant digits, thousands grouped, whole numbers whole: 1234.5 -> "1,234", 0.04217 -> "0.0422"."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", MINUS)
    rounded = float(f"{value:.3g}")  # written out: `g` itself turns 999.6 into 1e+03
    text = f"{rounded:,.5f}".rstrip("0").rstrip(".") if abs(rounded) >= 0.001 else f"{value:.2e}"
    return text.replace("-", MINUS)


def signed(value: float) -> str:
    """A correlation with its sign and two decimals: 0.62 -> "+0.62"."""
    text = f"{value:+.2f}"
    return "0.00" if text[1:] == "0.00" else text.replace("-", MINUS)


def probability(value: float) -> str:
    """A p- or q-value with its sign: "= 0.012", "= 0.0004", "< 0.0001"."""
    if value < SMALLEST_P:
        return f"< {SMALLEST_P:.4f}"
    return f"= {value:.4f}" if value < 0.001 else f"= {value:.3f}"


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: (1, "video") -> "1 video", (1200, "video") -> "1,200 videos"."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def day(value: date) -> str:
    """A date as "3 March 2025"."""
    return f"{value.day} {value:%B %Y}"


def days(first: date, last: date) -> str:
    """Two dates as one phrase; a shared year or month is said once."""
    if first == last:
        return f"on {day(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else day(first)
    return f"between {start} and {day(last)}"


def span(start_s: float, end_s: float) -> str:
    """A stretch of video: (1.5, 4.0) -> "1.5–4.0 s"; a moment: (7.25, 7.25) -> "7.2 s"."""
    start, end = f"{start_s:.1f}", f"{end_s:.1f}"
    return f"{start} s" if start == end else f"{start}–{end} s"


def listing(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
