"""The training table: ids, a target, and a numeric matrix with NaN where a value is missing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.trainer import audience, checks
from services.trainer.ranks import FloatArray
from shared.catalogue.registry import CATALOGUE
from shared.contracts.findings import Check
from shared.errors import UsageError

Cell = float | str | None
Numbers = Sequence[float | None]
MAX_CATEGORIES = 12


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What tables of cells and tables of numbers share; a sequence has one entry per row, or is None as a whole.

    `groups` names each row's group (creator), `videos` the SHA-256 of its file. `left_out` counts rows that were given but
    can't be used.
    """

    ids: tuple[str, ...]
    target_name: str
    groups: tuple[str, ...] | None = None
    urls: tuple[str | None, ...] | None = None
    videos: tuple[str | None, ...] | None = None
    left_out: int = 0
    checks: tuple[Check, ...] = ()
    catalogue_version: str | None = None
    profile: str | None = None

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, kw_only=True)
class Table(Rows):
    """`values` is (n, p) with one name per column; rows stand in id order and columns in name order.

    `times` are POSIX seconds of posting. `weights` say how much a row counts in the models; None when all count alike.
    `views` and `followers` are NaN where unknown. `categories` has the known values of every text column that was encoded.
    """

    target: FloatArray
    names: tuple[str, ...]
    values: FloatArray
    times: FloatArray | None = None
    weights: FloatArray | None = None
    views: FloatArray | None = None
    followers: FloatArray | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def sha256(self) -> str:
        """The digest of everything that is learned from, whatever order the rows and columns came in."""
        head = [self.target_name, self.ids, self.names, self.groups]
        digest = hashlib.sha256(json.dumps(head, ensure_ascii=False).encode())
        known = {"times": self.times, "weights": self.weights, "followers": self.followers}
        for name, numbers in (("", self.target), ("", self.values), *sorted(known.items())):
            if numbers is not None:
                digest.update(name.encode())
                digest.update(np.where(np.isnan(numbers), np.nan, numbers + 0.0).astype("<f8").tobytes())
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class RawTable(Rows):
    """Cells by column before encoding; numbers are floats, text is str, missing is None."""

    target: Numbers
    columns: Mapping[str, Sequence[Cell]]
    times: Numbers | None = None
    weights: Numbers | None = None
    views: Numbers | None = None
    followers: Numbers | None = None

    def table(self) -> Table:
        """Encode, drop the rows without a target, sort, and weigh. Raises UsageError when no row has a target."""
        rows = [index for index in sorted(range(len(self)), key=self.ids.__getitem__) if self.target[index] is not None]
        if self.ids and not rows:
            raise UsageError(f"The target column {self.target_name!r} is empty in every row: choose a column with values.")
        ids = tuple(self.ids[row] for row in rows)
        encoded = encode({name: [cells[row] for row in rows] for name, cells in self.columns.items()}, len(rows))
        views, followers = _array(self.views, rows), _array(self.followers, rows)
        weights, famous = audience.weigh(ids, _array(self.weights, rows), views=views, followers=followers)
        return Table(
            ids=ids,
            target_name=self.target_name,
            target=np.array([self.target[row] for row in rows], dtype=float),
            names=encoded.names,
            values=encoded.values,
            categories=encoded.categories,
            groups=tuple(self.groups[row] for row in rows) if self.groups else None,
            urls=tuple(self.urls[row] for row in rows) if self.urls else None,
            videos=tuple(self.videos[row] for row in rows) if self.videos else None,
            times=_array(self.times, rows),
            weights=weights,
            views=views,
            followers=followers,
            left_out=self.left_out + len(self) - len(rows),
            checks=(*self.checks, *self._without_target(rows), *encoded.checks, *famous),
            catalogue_version=self.catalogue_version,
            profile=self.profile,
        )

    def _without_target(self, rows: Sequence[int]) -> list[Check]:
        if len(rows) == len(self):
            return []
        ids = [self.ids[row] for row in range(len(self)) if self.target[row] is None]
        sentence = f"{checks.counted(len(ids), 'row')} without {self.target_name} left out: {checks.named(ids)}."
        return [checks.check(checks.NO_TARGET, "warning", sentence)]


def _array(numbers: Numbers | None, rows: Sequence[int]) -> FloatArray | None:
    return None if numbers is None else np.array([numbers[row] for row in rows], dtype=float)


@dataclass(frozen=True)
class Encoded:
    """Columns as numbers: names, values (n, p), the values of each text column, and what was left out."""

    names: tuple[str, ...]
    values: FloatArray
    categories: dict[str, tuple[str, ...]]
    checks: tuple[Check, ...]


def encode(columns: Mapping[str, Sequence[Cell]], rows: int) -> Encoded:
    """Numbers as they are, text one-hot as `column=value`; columns in name order.

    A closed list of the catalogue has a column for each of its members whether a row has it or not, so that rows of any batch
    give the same columns; any other text one for each of its sorted values. Of two values only the second gets a column, since
    the first would say the same thing backwards.
    """
    encoded: dict[str, list[float]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    too_many: list[str] = []
    for name in sorted(columns):
        cells = columns[name]
        if not any(isinstance(cell, str) for cell in cells):
            encoded[name] = [np.nan if cell is None else float(cell) for cell in cells]
            continue
        seen = {str(cell) for cell in cells if cell is not None}
        members = CATALOGUE.get(name).options if name in CATALOGUE else ()
        if not seen <= set(members) and len(seen) > min(MAX_CATEGORIES, max(2, rows // 2)):
            too_many.append(name)
            continue
        categories = tuple(sorted(members if seen <= set(members) else seen))
        kinds[name] = categories
        encoded |= one_hot(name, categories, cells)
    values = np.array(list(encoded.values()), dtype=float).reshape(len(encoded), rows).T
    found = []
    if too_many:
        sentence = f"{checks.counted(len(too_many), 'text column')} with too many different values left out: "
        found.append(checks.check(checks.TOO_MANY_VALUES, "info", f"{sentence}{checks.named(too_many)}."))
    return Encoded(tuple(encoded), np.ascontiguousarray(values), kinds, tuple(found))


def one_hot(name: str, categories: Sequence[str], cells: Sequence[Cell]) -> dict[str, list[float]]:
    """A text column as numbers by encoded name: 1 where the cell is the value, 0 where it is another, NaN where unknown."""
    return {
        f"{name}={category}": [np.nan if cell is None else float(str(cell) == category) for cell in cells]
        for category in (categories[1:] if len(categories) == 2 else categories)
    }
