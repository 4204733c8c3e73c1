"""Reads a CSV or Parquet file into a table; whatever is wrong with it is said in one sentence that names the cell."""

import codecs
import math
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from services.trainer import checks, leakage, roles
from services.trainer.roles import Roles
from services.trainer.table import Cell, RawTable, Table
from shared.contracts.findings import Check
from shared.errors import UsageError

_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FLAGS = {"true": 1.0, "false": 0.0}
NOTES = frozenset({
    "url", "client", "batch", "run", "bucket", "video_sha256", "profile", "catalogue_version", "posted_at", "creator_followers",
})  # fmt: skip
"""Columns with which `rumiai export` says what a row is: no features. The number of followers is held as a confounder; the
vector has it as a feature, on a scale of its own."""
VIEWS = frozenset({"views", "viewcount", "playcount", "plays"})
FOLLOWERS = frozenset({"followers", "creatorfollowers", "followercount", "authorfollowers", "fans"})
_MOSTLY = 0.5
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_LARGEST = 1e30
"""Infinity included; the forests count in 32 bits."""


@dataclass(frozen=True)
class Columns:
    """A file's cells by column, and the ids of its first column; a column of dates or lists is None in `cells`."""

    path: Path
    ids: tuple[str, ...]
    frame: pl.DataFrame
    cells: dict[str, list[Cell] | None]

    def version(self, name: str) -> str | None:
        """The one profile or catalogue version of the rows. Raises UsageError when they differ."""
        kinds = sorted({str(cell) for cell in self.cells.get(name) or () if cell is not None})
        if len(kinds) > 1:
            shown = ", ".join(kinds[:3])
            raise UsageError(f"The rows of {self.path} have different values of {name} ({shown}): keep each kind apart.")
        return kinds[0] if kinds else None


def read_columns(path: Path, *, time: str | None = None) -> Columns:
    """Read a file whose first column is an id; the `time` column is left as it is.

    Raises UsageError for anything that is no clean table.
    """
    frame = _frame(path)
    ids = _ids(frame, path)
    names = frame.columns[1:]
    return Columns(path, ids, frame, {name: None if name == time else _cells(frame[name], name, ids, path) for name in names})


def read_table(
    path: Path, *, target: str, groups: str | None = None, weights: str | None = None, time: str | None = None
) -> Table:
    """Read a table whose first column is an id. Raises UsageError for anything that can't be trained on."""
    read, own = read_columns(path, time=time), Roles(target, groups, weights, time)
    if (first := read.frame.columns[0]) in own:
        raise UsageError(f"The column {first!r} is the first of {path}, which holds the ids: put a column of ids before it.")
    own.check(tuple(read.cells), path)
    features = {name: cells for name, cells in read.cells.items() if name not in own and name not in NOTES}
    columns, found = leakage.without_outcomes({name: cells for name, cells in features.items() if cells is not None}, target)
    if skipped := [name for name, cells in features.items() if cells is None]:
        found.append(_skipped(skipped))
    urls, videos, where = read.cells.get("url"), read.cells.get("video_sha256"), (read.ids, path)
    return RawTable(
        ids=read.ids,
        target_name=target,
        target=roles.target(read.cells[target], target, *where),
        columns=columns,
        groups=None if groups is None else roles.groups(read.cells[groups], groups, *where),
        weights=None if weights is None else roles.weights(read.cells[weights], weights, *where),
        times=None if time is None else roles.times(read.frame[time].to_list(), time, *where),
        views=_numbers(read, VIEWS, own),
        followers=_numbers(read, FOLLOWERS, own),
        urls=tuple(None if cell is None else str(cell) for cell in urls) if urls else None,
        videos=tuple(None if cell is None else str(cell) for cell in videos) if videos else None,
        checks=tuple(found),
        catalogue_version=read.version("catalogue_version"),
        profile=read.version("profile"),
    ).table()


def _numbers(read: Columns, names: frozenset[str], own: Roles) -> tuple[float | None, ...] | None:
    """The first column whose name, without case and marks, is one of `names`; it may be a feature too."""
    for name, cells in read.cells.items():
        if re.sub(r"[^a-z]", "", name.lower()) in names and name != own.target and cells is not None:
            return tuple(cell if isinstance(cell, float) else None for cell in cells)
    return None


def _frame(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise UsageError(f"There is no file {path}: give a CSV or Parquet table.")
    readers = {".parquet": pl.read_parquet, ".pq": pl.read_parquet}
    try:
        if path.suffix.lower() in readers:
            frame = readers[path.suffix.lower()](path)
        else:
            _refuse_utf16(path)
            _refuse_repeated(pl.read_csv(path, has_header=False, n_rows=1, infer_schema=False, encoding="utf8"), path)
            frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError) as error:
        first_line = (str(error).splitlines() or ["unreadable"])[0]
        raise UsageError(
            f"The table {path} can't be read as CSV or Parquet ({first_line}): correct or export it again."
        ) from error
    if frame.width < 2:
        raise UsageError(f"The table {path} has {checks.counted(frame.width, 'column')}: {_needed(frame)}")
    return frame


def _needed(frame: pl.DataFrame) -> str:
    mark = next((name for sign, name in _SEPARATORS.items() if frame.width and sign in frame.columns[0]), None)
    return f"its columns are parted by {mark}, save it with commas." if mark else "it needs an id, a target and features."


def _refuse_utf16(path: Path) -> None:
    """Spreadsheets export "Unicode text" as UTF-16, about which the CSV reader only says that it found nothing."""
    with path.open("rb") as file:
        start = file.read(64)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        raise UsageError(f"The table {path} is UTF-16 text or no text at all: save it as CSV in UTF-8.")


def _refuse_repeated(header: pl.DataFrame, path: Path) -> None:
    names = header.row(0)
    if repeated := [name for at, name in enumerate(names) if name is not None and name in names[:at]]:
        raise UsageError(f"The column {repeated[0]!r} stands twice in {path}: rename or remove one of them.")


def _ids(frame: pl.DataFrame, path: Path) -> tuple[str, ...]:
    first = frame.columns[0]
    ids: dict[str, int] = {}
    for row, cell in enumerate(frame[first].to_list(), start=1):
        if cell is None or not str(cell).strip():
            raise UsageError(f"Row {row} of {path} has no id in its first column {first!r}: give every row one.")
        if str(cell) in ids:
            raise UsageError(
                f"The id {str(cell)!r} stands twice in {path} (rows {ids[str(cell)]} and {row}): keep one of them."
            )
        ids[str(cell)] = row
    return tuple(ids)


def _cells(series: pl.Series, name: str, ids: tuple[str, ...], path: Path) -> list[Cell] | None:
    """Floats, text and None; None instead of a list for a kind that is no feature (dates, lists)."""
    kind = series.dtype
    if kind == pl.Boolean or kind.is_numeric():
        return [_finite(cell, name, row, path) for row, cell in zip(ids, series.cast(pl.Float64).to_list(), strict=True)]
    if kind == pl.Null:
        return [None] * len(ids)
    if kind not in (pl.String, pl.Categorical, pl.Enum):
        return None
    texts = [
        None if cell is None or cell.strip().lower() in _MISSING else cell.strip() for cell in series.cast(pl.String).to_list()
    ]
    return _typed(texts, name, ids, path)


def _typed(texts: list[str | None], name: str, ids: tuple[str, ...], path: Path) -> list[Cell] | None:
    if any(texts) and all(text is None or _DATE.match(text) for text in texts):
        return None
    numbers = [None if text is None else _number(text) for text in texts]
    known = sum(text is not None for text in texts)
    numeric = sum(number is not None for number in numbers)
    if numeric <= _MOSTLY * known:
        return list(texts)
    for row, text, number in zip(ids, texts, numbers, strict=True):
        if text is not None and number is None:
            raise UsageError(
                f"Row {row!r} of {path} has the text {text!r} in the number column {name!r}: correct or empty the cell."
            )
    return [_finite(number, name, row, path) for row, number in zip(ids, numbers, strict=True)]


def _number(text: str) -> float | None:
    try:
        return _FLAGS[text.lower()] if text.lower() in _FLAGS else float(text)
    except ValueError:
        return None


def _finite(cell: float | None, name: str, row: str, path: Path) -> float | None:
    if cell is None or math.isnan(cell):
        return None
    if abs(cell) > _LARGEST:
        raise UsageError(
            f"Row {row!r} of {path} has {cell:g} in column {name!r}, too large to compare: correct or empty the cell."
        )
    return cell


def _skipped(names: list[str]) -> Check:
    sentence = f"{checks.counted(len(names), 'column')} of a kind that is no feature (dates, lists) left out: "
    return checks.check(checks.NO_FEATURE, "info", f"{sentence}{checks.named(names)}.")
