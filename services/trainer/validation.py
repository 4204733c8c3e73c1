"""Which rows a model is judged on: adapted to how many there are, whole creators apart, and in order of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold, KFold

from services.trainer.ranks import FloatArray
from services.trainer.resampling import drawn

Folds = list[tuple[NDArray[np.int64], NDArray[np.int64]]]
FIVE_FROM, THREE_FROM, BOOTSTRAP_FROM = 50, 30, 20
"""Rows from which five folds, three folds, and bootstrap are used, as in the first specification; below: leave one out."""
BOOTSTRAPS = 25
TIMED_FROM = 40
_BLOCKS = (0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Plan:
    """Which rows are held out when, and a sentence for people."""

    folds: Folds
    sentence: str


def plan(rows: int, groups: Sequence[str] | None, seed: int) -> Plan:
    """Folds by the number of rows; the rows of a group stay together when there are enough groups."""
    codes = np.arange(rows) if groups is None else np.unique(np.array(groups), return_inverse=True)[1]
    count = int(codes.max()) + 1
    splits = 5 if rows >= FIVE_FROM else 3
    together = splits <= count < rows
    said = ", groups kept together" if together else ""
    if not together:
        codes, count = np.arange(rows), rows
    if rows >= THREE_FROM:
        blank = np.zeros((rows, 1))
        if together:
            folds = GroupKFold(splits, shuffle=True, random_state=seed).split(blank, groups=codes)
        else:
            folds = KFold(splits, shuffle=True, random_state=seed).split(blank)
        return Plan(list(folds), f"{splits}-fold cross-validation{said}")
    if rows >= BOOTSTRAP_FROM:
        folds = _bootstrap(codes, count, seed)
        return Plan(folds, f"bootstrap ({len(folds)} resamples), each judged on the rows it left out{said}")
    left_out = [(np.flatnonzero(codes != code), np.flatnonzero(codes == code)) for code in range(count)]
    return Plan(left_out, f"leave one {'group' if together else 'row'} out")


def timed(times: FloatArray | None) -> Plan | None:
    """Learn from the past, judge on what came next: three blocks of a fifth. None without times or for a reason (`untimed`)."""
    if times is None or untimed(times) is not None:
        return None
    order, ends = np.argsort(times, kind="stable"), _ends(len(times))
    folds = [(order[:start], order[start:end]) for start, end in pairwise(ends)]
    return Plan(folds, "in order of time: each of the last three fifths predicted from all rows before it")


def untimed(times: FloatArray) -> str | None:
    """Why rows of these times (n,) can't be judged in their order; None where they can."""
    if len(times) < TIMED_FROM:
        return f"there are {len(times)} rows, and at least {TIMED_FROM} are needed"
    if unknown := int(np.isnan(times).sum()):
        return f"{unknown} of {len(times)} rows have no time"
    ordered = np.sort(times)
    if any(ordered[end - 1] == ordered[end] for end in _ends(len(times))[:-1]):
        return "too many rows have the same time to part earlier from later ones"
    return None


def _ends(rows: int) -> list[int]:
    return [round(share * rows) for share in _BLOCKS]


def _bootstrap(codes: NDArray[np.int64], count: int, seed: int) -> Folds:
    """Resamples of groups, and the rows of the groups that were not drawn; every row is left out at least once."""
    rng = np.random.default_rng(seed)
    folds: Folds = []
    unseen = set(range(count))
    while len(folds) < BOOTSTRAPS or unseen:
        times = drawn(count, 1, rng)[0]
        unseen -= set(np.flatnonzero(times == 0).tolist())
        train = np.repeat(np.arange(len(codes)), times[codes])
        folds.append((train, np.flatnonzero(times[codes] == 0)))
    return folds
