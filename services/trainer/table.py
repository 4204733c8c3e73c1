"""The training table: ids, a target, and a numeric matrix with NaN where a value is missing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.trainer import checks
from services.trainer.ranks import FloatArray
from shared.contracts.findings import Check
from shared.errors import UsageError

Cell = float | str | None
MAX_CATEGORIES = 12


@dataclass(frozen=True)
class Table:
    """`values` is (n, p) with one name per column; rows stand in id order and columns in name order.

    `left_out` counts rows that were given but can't be used; `groups` names each row's group (creator) or is None.
    """

    ids: tuple[str, ...]
    target_name: str
    target: FloatArray
    names: tuple[str, ...]
    values: FloatArray
    groups: tuple[str, ...] | None = None
    urls: tuple[str | None, ...] | None = None
    left_out: int = 0
    checks: tuple[Check, ...] = ()
    catalogue_version: str | None = None
    profile: str | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def sha256(self) -> str:
        """The digest of ids, target, columns and groups, whatever order the rows and columns came in."""
        head = [self.target_name, self.ids, self.names, self.groups]
        digest = hashlib.sha256(json.dumps(head, ensure_ascii=False).encode())
        for numbers in (self.target, self.values):
            digest.update(np.where(np.isnan(numbers), np.nan, numbers + 0.0).astype("<f8").tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class RawTable:
    """Cells by column before encoding; numbers are floats, text is str, missing is None."""

    ids: tuple[str, ...]
    target_name: str
    target: tuple[float | None, ...]
    columns: Mapping[str, Sequence[Cell]]
    groups: tuple[str, ...] | None = None
    urls: tuple[str | None, ...] | None = None
    left_out: int = 0
    checks: tuple[Check, ...] = ()
    catalogue_version: str | None = None
    profile: str | None = None

    def table(self) -> Table:
        """Encode, drop the rows without a target, and sort. Raises UsageError when no row has a target."""
        rows = [index for index in sorted(range(len(self.ids)), key=self.ids.__getitem__) if self.target[index] is not None]
        if self.ids and not rows:
            raise UsageError(f"The target column {self.target_name!r} is empty in every row: choose a column with values.")
        found = list(self.checks)
        if len(rows) < len(self.ids):
            lost = checks.counted(len(self.ids) - len(rows), "row")
            found.append(checks.check(checks.NO_TARGET, "warning", f"{lost} without {self.target_name} left out."))
        names, values, more = encode({name: [cells[row] for row in rows] for name, cells in self.columns.items()}, len(rows))
        return Table(
            ids=tuple(self.ids[row] for row in rows),
            target_name=self.target_name,
            target=np.array([self.target[row] for row in rows], dtype=float),
            names=names,
            values=values,
            groups=tuple(self.groups[row] for row in rows) if self.groups else None,
            urls=tuple(self.urls[row] for row in rows) if self.urls else None,
            left_out=self.left_out + len(self.ids) - len(rows),
            checks=(*found, *more),
            catalogue_version=self.catalogue_version,
            profile=self.profile,
        )


def encode(columns: Mapping[str, Sequence[Cell]], rows: int) -> tuple[tuple[str, ...], FloatArray, list[Check]]:
    """Numbers as they are, text one-hot over its sorted values as `column=value`; columns in name order.

    Of two values only the second gets a column, since the first would say the same thing backwards.
    """
    encoded: dict[str, list[float]] = {}
    too_many: list[str] = []
    for name in sorted(columns):
        cells = columns[name]
        if not any(isinstance(cell, str) for cell in cells):
            encoded[name] = [np.nan if cell is None else float(cell) for cell in cells]
            continue
        categories = sorted({str(cell) for cell in cells if cell is not None})
        if len(categories) > min(MAX_CATEGORIES, max(2, rows // 2)):
            too_many.append(name)
            continue
        for category in categories[1:] if len(categories) == 2 else categories:
            encoded[f"{name}={category}"] = [np.nan if cell is None else float(str(cell) == category) for cell in cells]
    values = np.array(list(encoded.values()), dtype=float).reshape(len(encoded), rows).T
    found = []
    if too_many:
        sentence = f"{checks.counted(len(too_many), 'text column')} with too many different values left out: "
        found.append(checks.check(checks.TOO_MANY_VALUES, "info", f"{sentence}{checks.named(too_many)}."))
    return tuple(encoded), np.ascontiguousarray(values), found
