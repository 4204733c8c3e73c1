"""Reads a file of scraper items: a JSON array, JSON lines, or CSV; rows that are no records become BadRow."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from services.acquisition.raw_item import BadRow
from shared.errors import UsageError
from shared.mapping_file import read_text

if TYPE_CHECKING:
    import _csv

_BIGGEST_CELL = 2**31 - 1  # transcripts and descriptions exceed the csv module's 128 KiB
_WRAPPERS = ("items", "data", "results")
_KNOWN = frozenset({"id", "webVideoUrl", "text", "playCount", "error", "createTime", "createTimeISO"})
_WHAT = "items file"


def read_items(path: Path) -> list[object]:
    """The file's rows in their order, each a mapping, a BadRow, or whatever else stood in the array.

    CSV cells stay text, JSON numbers exact. Raises UsageError with file and line when the file itself is malformed.
    """
    text = read_text(path, what=_WHAT)
    if not text.strip():
        raise UsageError(f"The {_WHAT} {path} is empty: export the scraper's items again.")
    try:
        return _read_json(text, path) if text.lstrip()[0] in "[{" else _read_csv(text, path)
    except RecursionError:
        raise UsageError(f"The {_WHAT} {path} is nested too deeply to be read.") from None


def _read_json(text: str, path: Path) -> list[object]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        lines = _json_lines(text) if text.lstrip().startswith("{") else None
        if lines is not None:
            return lines
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"The {_WHAT} {path} is not valid JSON: {error.msg} ({where}).") from None
    except ValueError as error:
        raise UsageError(f"The {_WHAT} {path} can't be read: {error}.") from None
    if isinstance(content, list):
        return content
    wrapped = next((content[key] for key in _WRAPPERS if isinstance(content.get(key), list)), None)
    return wrapped if wrapped is not None else [content]


def _json_lines(text: str) -> list[object] | None:
    """One row per line that is not blank; None when no line is an object, so that this is no JSON lines file."""
    numbered = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    rows = [_json_line(line, number) for number, line in numbered]
    return rows if any(isinstance(row, dict) for row in rows) else None


def _json_line(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        return BadRow(f"line {number} is not valid JSON ({error.msg if isinstance(error, json.JSONDecodeError) else error})")


def _read_csv(text: str, path: Path) -> list[object]:
    csv.field_size_limit(_BIGGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        if len(header) < 2 or _KNOWN.isdisjoint(header):
            raise UsageError(
                f"The {_WHAT} {path} is neither JSON nor CSV of scraper items: line 1 names no column like webVideoUrl or id."
            )
        return list(_csv_rows(reader, header))
    except csv.Error as error:
        raise UsageError(f"The {_WHAT} {path} is not valid CSV: {error} (line {reader.line_num}).") from None


def _csv_rows(reader: "_csv.Reader", header: list[str]) -> Iterator[object]:
    for cells in reader:
        if len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
        elif cells:
            yield BadRow(f"line {reader.line_num} has {len(cells)} cells where the header has {len(header)}")
