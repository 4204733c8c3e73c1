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
    """Learn from the past, judge on what came next: three blocks of a fifth. None with under 40 rows or without their times."""
    if times is None or len(times) < TIMED_FROM or np.isnan(times).any():
        return None
    order = np.argsort(times, kind="stable")
    ends = [round(share * len(times)) for share in _BLOCKS]
    if any(times[order[end - 1]] == times[order[end]] for end in ends[:-1]):
        return None
    folds = [(order[:start], order[start:end]) for start, end in pairwise(ends)]
    return Plan(folds, "in order of time: each of the last three fifths predicted from all rows before it")


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
