"""What could explain a pattern without being one: followers, the hour of posting, the age of the video."""

import numpy as np

from services.trainer import checks
from services.trainer.ranks import FloatArray, normal_scores
from services.trainer.table import Table
from shared.contracts.findings import Check

_LEAST_KNOWN = 0.8
_DAY_S = 86_400


def confounders(table: Table) -> dict[str, FloatArray]:
    """Scores (n, k) by name of what varies and is known in at least 80 % of the rows; an unknown value counts as average.

    An hour (UTC) is a place on a circle, so it has two scores. The age is the time of posting backwards: when the outcome was
    read is not known, but for all rows of a table it is about the same, and only the order counts.
    """
    found = {}
    if table.followers is not None and _tells(table.followers):
        found["followers"] = normal_scores(table.followers)[:, None]
    if table.times is not None and _tells(table.times):
        found["age of the video"] = -normal_scores(table.times)[:, None]
        if _tells(table.times % _DAY_S):
            found["posting hour"] = _circle(table.times)
    return found


def unheld(table: Table) -> list[Check]:
    """A check for every confounder that was given and can't be held, with the reason."""
    given = {"followers": table.followers, "posting times": table.times}
    found = []
    for name, values in given.items():
        if values is None or _tells(values):
            continue
        known = int((~np.isnan(values)).sum())
        few = known < _LEAST_KNOWN * len(values)
        why = f"known in {known} of {len(values)} rows, under {_LEAST_KNOWN:.0%}" if few else "the same in all rows"
        found.append(checks.check(checks.NOT_HELD, "info", f"No effect was measured with {name} held fixed: they are {why}."))
    return found


def _tells(values: FloatArray) -> bool:
    known = values[~np.isnan(values)]
    return len(known) >= max(2.0, _LEAST_KNOWN * len(values)) and bool(np.ptp(known) > 0)


def _circle(times: FloatArray) -> FloatArray:
    angle = times % _DAY_S * (2 * np.pi / _DAY_S)
    circle = np.column_stack([np.sin(angle), np.cos(angle)])
    return np.asarray(np.nan_to_num(circle - np.nanmean(circle, axis=0)))
