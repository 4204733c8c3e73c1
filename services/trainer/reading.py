"""Reads a CSV or Parquet file into a table; whatever is wrong with it is said in one sentence that names the cell."""

import difflib
import math
from pathlib import Path

import polars as pl

from services.trainer import checks, leakage
from services.trainer.table import Cell, RawTable, Table
from shared.contracts.findings import Check
from shared.errors import UsageError

_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none"})
_FLAGS = {"true": 1.0, "false": 0.0}
_NOTES = frozenset({"url", "client", "batch", "run", "bucket", "video_sha256"})
_VERSIONS = ("profile", "catalogue_version")
_MOSTLY = 0.5
_LARGEST = 1e30
"""Infinity included; the forests count in 32 bits."""


def read_table(path: Path, *, target: str, groups: str | None = None) -> Table:
    """Read a table whose first column is an id. Raises UsageError for anything that can't be trained on."""
    frame = _frame(path)
    ids = _ids(frame, path)
    names = frame.columns[1:]
    for wanted, role in ((target, "target"), (groups, "groups")):
        if wanted is not None and wanted not in names:
            raise UsageError(_no_column(path, wanted, role, names))
    cells = {name: _cells(frame[name], name, ids, path) for name in names}
    versions = {name: _one_version(cells, name, path) for name in _VERSIONS}
    aside = {target, groups, *_NOTES, *_VERSIONS}
    columns = {name: column for name, column in cells.items() if name not in aside and column is not None}
    columns, found = leakage.without_outcomes(columns, target)
    skipped = [name for name in names if cells[name] is None and name not in aside]
    if skipped:
        found.append(_skipped(skipped))
    return RawTable(
        ids=ids,
        target_name=target,
        target=_target(cells[target], target, ids, path),
        columns=columns,
        groups=None if groups is None else _texts(cells[groups], groups, ids, path),
        urls=tuple(None if cell is None else str(cell) for cell in cells["url"] or ()) if cells.get("url") else None,
        checks=tuple(found),
        catalogue_version=versions["catalogue_version"],
        profile=versions["profile"],
    ).table()


def _frame(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise UsageError(f"There is no file {path}: give a CSV or Parquet table.")
    readers = {".parquet": pl.read_parquet, ".pq": pl.read_parquet}
    try:
        if path.suffix.lower() in readers:
            frame = readers[path.suffix.lower()](path)
        else:
            _refuse_repeated(pl.read_csv(path, has_header=False, n_rows=1, infer_schema=False, encoding="utf8"), path)
            frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError) as error:
        first_line = (str(error).splitlines() or ["unreadable"])[0]
        raise UsageError(
            f"The table {path} can't be read as CSV or Parquet ({first_line}): correct or export it again."
        ) from error
    if frame.width < 2:
        raise UsageError(
            f"The table {path} has {checks.counted(frame.width, 'column')}: it needs an id, a target and features."
        )
    return frame


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


def _typed(texts: list[str | None], name: str, ids: tuple[str, ...], path: Path) -> list[Cell]:
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


def _target(cells: list[Cell] | None, name: str, ids: tuple[str, ...], path: Path) -> tuple[float | None, ...]:
    if cells is None:
        raise UsageError(f"The target column {name!r} of {path} holds no numbers: choose a numeric column.")
    for row, cell in zip(ids, cells, strict=True):
        if isinstance(cell, str):
            raise UsageError(f"Row {row!r} of {path} has {cell!r} in the target column {name!r}: a target must be a number.")
    return tuple(cell if isinstance(cell, float) else None for cell in cells)


def _texts(cells: list[Cell] | None, name: str, ids: tuple[str, ...], path: Path) -> tuple[str, ...]:
    for row, cell in zip(ids, cells or [None] * len(ids), strict=True):
        if cell is None:
            raise UsageError(f"Row {row!r} of {path} has no value in the groups column {name!r}: give every row its group.")
    return tuple(str(cell) for cell in cells or ())


def _one_version(cells: dict[str, list[Cell] | None], name: str, path: Path) -> str | None:
    kinds = sorted({str(cell) for cell in cells.get(name) or () if cell is not None})
    if len(kinds) > 1:
        raise UsageError(f"The rows of {path} have different values of {name} ({', '.join(kinds[:3])}): train each kind apart.")
    return kinds[0] if kinds else None


def _no_column(path: Path, wanted: str, role: str, names: list[str]) -> str:
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5) or names[:3]
    return f"The {role} {wanted!r} is no column of {path}: did you mean {' or '.join(repr(name) for name in close)}?"


def _skipped(names: list[str]) -> Check:
    sentence = f"{checks.counted(len(names), 'column')} of a kind that is no feature (dates, lists) left out: "
    return checks.check(checks.NO_FEATURE, "info", f"{sentence}{checks.named(names)}.")
