"""Reads values out of one raw scraper row: nested, or flat with slash or dotted columns, typed or all text."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

MAX_COUNT = 10**15
"""Above it a count is a parsing accident, and no database column holds it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_EARLIEST, _LATEST = 1_262_304_000, 4_102_444_800  # 2010 and 2100: before short videos, and nonsense
_MILLISECONDS = 10**11


@dataclass(frozen=True)
class BadRow:
    """A row of an item file that is no record at all; `problem` is a sentence with its place in the file."""

    problem: str


def nested(row: Mapping[object, object]) -> dict[str, object]:
    """The row as a tree: `a/b` and `a.b` become `{a: {b: …}}`; empty cells and nulls are left out."""
    tree: dict[str, object] = {}
    for key, value in row.items():
        if value is not None and value != "":
            _plant(tree, re.split(r"[/.]", str(key)), value)
    return tree


def _plant(tree: dict[str, object], steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        inner = tree.get(step)
        tree[step] = dict(inner) if isinstance(inner, dict) else {}
        tree = tree[step]  # type: ignore[assignment]  # just made
    if isinstance(value, dict) or not isinstance(tree.get(steps[-1]), dict):  # a cell never hides the columns below it
        tree[steps[-1]] = value


@dataclass
class Fields:
    """One row's tree, with the names of the required fields that were missing or unreadable so far."""

    tree: dict[str, object]
    missing: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def value(self, path: str) -> object:
        """The value at a dotted path, or None where a step is absent or the value is empty."""
        node: object = self.tree
        for step in path.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        return None if node == "" else node

    def text(self, path: str) -> str | None:
        """Text, with numbers written out; None where absent, blank, or neither text nor number."""
        return clean_text(self.value(path))

    def flag(self, path: str) -> bool | None:
        """True or false, also as text in any case; None for anything else."""
        return {"true": True, "1": True, "false": False, "0": False}.get(str(self.value(path)).strip().lower())

    def count(self, path: str) -> int | None:
        """A whole number from 0, also as text; None where absent or not one."""
        number = whole_number(self.value(path))
        return number if number is not None and 0 <= number <= MAX_COUNT else None

    def required_count(self, path: str) -> int:
        """A count; where there is none the path is noted and 0 returned, which the caller must not use then."""
        count = self.count(path)
        if count is None:
            self.note(path)
        return count or 0

    def seconds(self, path: str) -> float | None:
        """A duration in seconds, 0 included; noted and None where absent, negative or not a number."""
        number = real_number(self.value(path))
        if number is None or number < 0:
            self.note(path)
            return None
        return number

    def note(self, path: str) -> None:
        """Remember a required field as missing, or as unreadable when something stands there."""
        (self.missing if self.value(path) is None else self.unreadable).append(path)

    def entries(self, path: str) -> list[object]:
        """A list, also from numbered columns (`0`, `1`, …) or one cell of JSON or words; empty where absent."""
        value = self.value(path)
        if isinstance(value, str):
            value = _list_in_cell(value)
        if isinstance(value, dict):
            numbered = sorted((int(key), entry) for key, entry in value.items() if key.isdecimal())
            return [entry for _, entry in numbered]
        return value if isinstance(value, list) else []

    def names(self, path: str) -> list[str]:
        """The texts of a list whose entries are texts or objects with a `name`."""
        found = [clean_text(entry.get("name") if isinstance(entry, dict) else entry) for entry in self.entries(path)]
        return [name for name in found if name]


def _list_in_cell(cell: str) -> object:
    try:
        return json.loads(cell) if cell.lstrip().startswith("[") else re.split(r"[\s,]+", cell.strip())
    except (ValueError, RecursionError):
        return []  # an optional list that is cut off tells nothing


def clean_text(value: object) -> str | None:
    """Text without lone surrogates and control characters (JSON, databases and terminals choke on them), trimmed.

    None where nothing is left, and for anything but text and numbers.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = _CONTROL.sub("", str(value)).encode("utf-8", "replace").decode().strip()
    return text or None


def real_number(value: object) -> float | None:
    """A finite number, also as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def whole_number(value: object) -> int | None:
    """A whole number, exact beyond 2^53 too, also as text such as `1200` or `1200.0`; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,18}\s*", value):
        return int(value)
    number = real_number(value)
    return int(number) if number is not None and number.is_integer() else None


def moment(value: object) -> datetime | None:
    """A time in UTC from Unix seconds, milliseconds or ISO 8601; None for anything else, and outside 2010 to 2100."""
    number = real_number(value)
    if number is not None:
        seconds = number / 1000 if number > _MILLISECONDS else number
        return datetime.fromtimestamp(seconds, UTC) if _EARLIEST <= seconds < _LATEST else None
    try:
        parsed = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
    if parsed is None or not 2010 <= parsed.year < 2100:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
