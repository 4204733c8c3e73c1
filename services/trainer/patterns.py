"""Writes candidates as patterns a reader can check: tiers with their medians, and the top rows for and against."""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.trainer.discovery import Candidate
from services.trainer.quality import Prepared
from services.trainer.ranks import FloatArray, tidy
from services.trainer.table import Table
from shared.contracts.findings import Evidence, Pattern, Performance, Tier

TOP_SHARE = 0.3


def pattern(candidate: Candidate, table: Table, prepared: Prepared) -> Pattern:
    """One candidate with everything a report says about it."""
    own = prepared.values[:, candidate.column]
    name = prepared.names[candidate.column]
    top = top_rows(table.target)
    for_it, against = _follow(own, higher=candidate.effect > 0)
    return Pattern(
        id=f"p-{hashlib.sha256(name.encode()).hexdigest()[:8]}",
        features=(name,),
        direction="higher" if candidate.effect > 0 else "lower",
        label=candidate.label,
        effect=tidy(candidate.effect),
        interval=(tidy(candidate.interval[0]), tidy(candidate.interval[1])),
        p_value=candidate.p_value,
        q_value=tidy(candidate.q_value),
        n=int((~np.isnan(own)).sum()),
        consensus=candidate.consensus,
        tiers=(_tier("top", own[top]), _tier("rest", np.delete(own, top))),
        also_known_as=tuple(prepared.names[alias] for alias in candidate.aliases),
        supporting=tuple(table.ids[row] for row in top if for_it[row]),
        contradicting=tuple(table.ids[row] for row in top if against[row]),
    )


def top_rows(target: FloatArray) -> NDArray[np.int64]:
    """The rows of the best 30 %, best first."""
    return np.argsort(-target, kind="stable")[: math.ceil(TOP_SHARE * len(target))]


def performance(target: FloatArray) -> Performance | None:
    """The target's spread; None without rows. The standard deviation of a single row is 0."""
    if not len(target):
        return None
    return Performance(
        n=len(target),
        mean=tidy(float(target.mean())),
        median=tidy(float(np.median(target))),
        standard_deviation=tidy(float(target.std(ddof=1))) if len(target) > 1 else 0.0,
        minimum=float(target.min()),
        maximum=float(target.max()),
        top_decile=tidy(float(np.quantile(target, 0.9))),
    )


def evidence(table: Table, prepared: Prepared | None, patterns: Sequence[Pattern]) -> tuple[Evidence, ...]:
    """Every usable row with its target and its values of the pattern features."""
    columns = {name: prepared.names.index(name) for found in patterns for name in found.features} if prepared else {}
    rows = []
    for row, row_id in enumerate(table.ids):
        values = {name: _known(float(prepared.values[row, column])) for name, column in columns.items()} if prepared else {}
        url = table.urls[row] if table.urls else None
        rows.append(Evidence(row_id=row_id, target=float(table.target[row]), values=values, url=url))
    return tuple(rows)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _tier(name: str, values: FloatArray) -> Tier:
    known = values[~np.isnan(values)]
    return Tier(name="top" if name == "top" else "rest", n=len(known), median=float(np.median(known)) if len(known) else None)


def _follow(values: FloatArray, *, higher: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows are on the pattern's side of the median, and which on the other.

    A row at the median is on neither side, unless nothing lies beyond it (the usual case of flags): then it is at the end.
    """
    side = values if higher else -values
    median = np.nanmedian(side)
    above = side >= median if np.nanmax(side) == median else side > median
    below = side <= median if np.nanmin(side) == median else side < median
    return above & ~np.isnan(values), below & ~above & ~np.isnan(values)
