"""Features in words, from the catalogue; a column the catalogue does not know keeps its own name and nothing is invented."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.reporter.numbers import number

Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class FeatureWords:
    """How one feature is spoken of."""

    title: str
    definition: str | None
    instructions: dict[Direction, str]
    form: Callable[[float | str], str]


def describe(column: str) -> FeatureWords:
    """The words of a feature."""
    return FeatureWords(column, None, {"higher": f"Higher {column}", "lower": f"Lower {column}"}, _plain)


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)
