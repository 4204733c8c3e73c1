"""New rows as the matrix that the models know; a row they can't judge is refused in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.trainer import checks
from services.trainer.ranks import FloatArray
from services.trainer.table import Cell, one_hot
from shared.contracts.bucket import Bucket
from shared.contracts.forecast import Forecast
from shared.errors import UsageError


@dataclass(frozen=True)
class NewRows:
    """Cells by column, one per row, and what is known of where they come from. `where` names the file in errors."""

    where: str
    ids: tuple[str, ...]
    cells: Mapping[str, Sequence[Cell] | None]
    profile: str | None = None
    catalogue_version: str | None = None
    bucket: Bucket | None = None


def matrix(rows: NewRows, forecast: Forecast) -> tuple[FloatArray, tuple[str, ...]]:
    """The rows as (m, p) in the order of the forecast's columns, NaN where missing, and notes on what was assumed.

    Raises UsageError for rows of another profile, catalogue version or bucket, missing columns, unknown categories and text
    where numbers are known.
    """
    notes = tuple(note for name in ("profile", "catalogue_version") for note in _same(rows, forecast, name))
    if rows.bucket is not None and forecast.bucket is not None and rows.bucket is not forecast.bucket:
        raise UsageError(
            f"The rows of {rows.where} are of {rows.bucket.value}, but the models know {forecast.bucket.value}: "
            "use the models of that bucket."
        )
    plain, texts = _wanted(forecast)
    if lost := [name for name in (*plain, *texts) if rows.cells.get(name) is None]:
        raise UsageError(
            f"{rows.where} lacks {checks.counted(len(lost), 'column')} that the models know: {checks.named(lost)}; "
            "compute the features again, or give a table as `rumiai export` writes it; unknown cells stay empty."
        )
    columns = {name: _numbers(rows, name) for name in plain}
    for name in texts:
        columns |= one_hot(name, forecast.categories[name], _known(rows, name, forecast.categories[name]))
    return np.array([columns[name] for name in forecast.columns], dtype=float).T, notes


def _wanted(forecast: Forecast) -> tuple[list[str], list[str]]:
    """Columns of numbers, and columns of text."""
    encoded = {column for name, kinds in forecast.categories.items() for column in one_hot(name, kinds, ())}
    return [name for name in forecast.columns if name not in encoded], list(forecast.categories)


def _same(rows: NewRows, forecast: Forecast, name: str) -> list[str]:
    wanted, given = getattr(forecast, name), getattr(rows, name)
    words = name.replace("_", " ")
    if wanted is None or given == wanted:
        return []
    if given is None:
        return [f"The {words} of the rows is not given; taken to be {wanted}."]
    raise UsageError(
        f"The rows of {rows.where} have the {words} {given}, but the models know {wanted}: "
        "analyze and compute the features again, or train anew."
    )


def _numbers(rows: NewRows, name: str) -> list[float]:
    numbers = []
    for row, cell in zip(rows.ids, rows.cells[name] or (), strict=True):
        if isinstance(cell, str):
            raise UsageError(f"Row {row!r} of {rows.where} has the text {cell!r} in the number column {name!r}: correct it.")
        numbers.append(np.nan if cell is None else float(cell))
    return numbers


def _known(rows: NewRows, name: str, kinds: Sequence[str]) -> Sequence[Cell]:
    cells = rows.cells[name] or ()
    for row, cell in zip(rows.ids, cells, strict=True):
        if cell is not None and str(cell) not in kinds:
            raise UsageError(
                f"Row {row!r} of {rows.where} has {str(cell)!r} in {name!r}, which the models never saw: "
                f"they know {checks.named(kinds, 12)}."
            )
    return cells
