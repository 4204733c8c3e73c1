"""Rows that say the same twice: a repost of the same file, or one row under two ids. Each is kept once, as it came first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.trainer import checks
from services.trainer.ranks import FloatArray
from services.trainer.table import Table
from shared.contracts.findings import Check

Text = TypeVar("Text", str, str | None)
_TELLING_VALUES, _TELLING_COLUMNS = 10, 8
"""Rows of flags and small counts agree by chance; in eight columns of ten values or more, none does."""


def without_repeats(table: Table) -> Table:
    """The table without rows of the same file (`video_sha256`), and without rows that equal another in every column.

    Counted twice, a row would be evidence twice: noise given twice makes patterns. Of repeated rows the one posted first is
    kept, or the first in the table; the others count as left out, and a check names them.
    """
    order = np.arange(len(table)) if table.times is None else np.argsort(table.times, kind="stable")
    again: dict[int, int] = {}
    for keys in (table.videos or [None] * len(table), _contents(table)):
        first: dict[str | bytes, int] = {}
        for row in order.tolist():
            key = keys[row]
            if key is not None and row not in again and first.setdefault(key, row) != row:
                again[row] = first[key]
    if not again:
        return table
    kept = np.array([row for row in range(len(table)) if row not in again], dtype=np.int64)
    told = [f"{table.ids[row]} (of {table.ids[again[row]]})" for row in sorted(again)]
    sentence = (
        f"{checks.counted(len(again), 'row')} of the same file as another, or the same in all {len(table.names)} columns, left"
        f" out: {checks.named(told)}."
    )
    return _part(table, kept, checks.check(checks.REPEATED, "warning", sentence))


def _contents(table: Table) -> Sequence[bytes | None]:
    """What each row holds; None throughout where too few columns tell rows apart."""
    values = table.values
    telling = sum(len(np.unique(own[~np.isnan(own)])) >= _TELLING_VALUES for own in values.T)
    if telling < _TELLING_COLUMNS:
        return [None] * len(table)
    return [row.tobytes() for row in np.where(np.isnan(values), np.nan, values + 0.0)]


def _part(table: Table, kept: NDArray[np.int64], said: Check) -> Table:
    rows: list[int] = kept.tolist()
    return replace(
        table,
        ids=tuple(table.ids[row] for row in rows),
        target=table.target[kept],
        values=np.ascontiguousarray(table.values[kept]),
        groups=_texts(table.groups, rows),
        urls=_texts(table.urls, rows),
        videos=_texts(table.videos, rows),
        times=_numbers(table.times, kept),
        weights=_numbers(table.weights, kept),
        views=_numbers(table.views, kept),
        followers=_numbers(table.followers, kept),
        left_out=table.left_out + len(table) - len(rows),
        checks=(*table.checks, said),
    )


def _texts(texts: tuple[Text, ...] | None, rows: list[int]) -> tuple[Text, ...] | None:
    return None if texts is None else tuple(texts[row] for row in rows)


def _numbers(numbers: FloatArray | None, kept: NDArray[np.int64]) -> FloatArray | None:
    return None if numbers is None else numbers[kept]
