"""The columns of a table that are no features: target, groups, weights, posting time, with their cells checked one by one."""

import difflib
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from services.trainer.table import Cell
from shared.errors import UsageError

_FIRST_S = 1e8  # March 1973: what is smaller is a year or 20250301, no count of seconds
_MILLISECONDS = 1e11  # as seconds, that is the year 5138


@dataclass(frozen=True)
class Roles:
    """Which column plays which role."""

    target: str
    groups: str | None = None
    weights: str | None = None
    time: str | None = None

    def check(self, names: Sequence[str], path: Path) -> None:
        """Raises UsageError when a column does not exist or has two roles."""
        taken: dict[str, str] = {}
        for role in fields(self):
            name = getattr(self, role.name)
            if name is None:
                continue
            if name not in names:
                raise UsageError(_no_column(path, name, role.name, names))
            if name in taken:
                raise UsageError(f"The column {name!r} can't be both {taken[name]} and {role.name}: choose another for one.")
            taken[name] = role.name

    def __contains__(self, name: object) -> bool:
        return name is not None and name in astuple(self)


def target(cells: Sequence[Cell] | None, name: str, ids: Sequence[str], path: Path) -> tuple[float | None, ...]:
    """Numbers or gaps. Raises UsageError for text."""
    if cells is None:
        raise UsageError(f"The target column {name!r} of {path} holds no numbers: choose a numeric column.")
    for row, cell in zip(ids, cells, strict=True):
        if isinstance(cell, str):
            raise UsageError(f"Row {row!r} of {path} has {cell!r} in the target column {name!r}: a target must be a number.")
    return tuple(cell if isinstance(cell, float) else None for cell in cells)


def groups(cells: Sequence[Cell] | None, name: str, ids: Sequence[str], path: Path) -> tuple[str, ...]:
    """One group per row. Raises UsageError for a gap."""
    for row, cell in zip(ids, cells or [None] * len(ids), strict=True):
        if cell is None:
            raise UsageError(f"Row {row!r} of {path} has no value in the groups column {name!r}: give every row its group.")
    return tuple(str(cell) for cell in cells or ())


def weights(cells: Sequence[Cell] | None, name: str, ids: Sequence[str], path: Path) -> tuple[float, ...]:
    """Numbers above 0. Raises UsageError for anything else."""
    numbers = []
    for row, cell in zip(ids, cells or [None] * len(ids), strict=True):
        if not isinstance(cell, float) or cell <= 0:
            shown = "no value" if cell is None else repr(cell)
            raise UsageError(f"Row {row!r} of {path} has {shown} in the weights column {name!r}: give a number above 0.")
        numbers.append(cell)
    return tuple(numbers)


def times(cells: Sequence[object], name: str, ids: Sequence[str], path: Path) -> tuple[float, ...]:
    """POSIX seconds from dates, ISO 8601 text, or numbers of (milli)seconds since 1970; UTC where no zone is given.

    Raises UsageError for anything else.
    """
    found = []
    for row, cell in zip(ids, cells, strict=True):
        seconds = _seconds(cell)
        if seconds is None:
            shown = "no value" if cell is None else repr(str(cell))
            wanted = "give a date like 2025-03-01 or 2025-03-01T18:30:00Z"
            raise UsageError(f"Row {row!r} of {path} has {shown} in the time column {name!r}: {wanted}.")
        found.append(seconds)
    return tuple(found)


def _seconds(cell: object) -> float | None:
    if isinstance(cell, datetime):
        return (cell if cell.tzinfo else cell.replace(tzinfo=UTC)).timestamp()
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC).timestamp()
    try:
        number = float(str(cell))
    except ValueError:
        return _from_text(str(cell).strip())
    if not math.isfinite(number) or number < _FIRST_S:
        return _from_text(str(cell).strip().removesuffix(".0"))
    return number / 1000 if number >= _MILLISECONDS else number


def _from_text(text: str) -> float | None:
    try:
        return _seconds(datetime.fromisoformat(text))
    except ValueError:
        return None


def _no_column(path: Path, wanted: str, role: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    if close:
        return f"The {role} column {wanted!r} is not in {path}: did you mean {' or '.join(repr(name) for name in close)}?"
    shown = ", ".join(repr(name) for name in names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return f"The {role} column {wanted!r} is not in {path}: it has {shown}."
