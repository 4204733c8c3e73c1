"""What could explain a pattern without being one: followers, the hour of posting, the age of the video."""

import numpy as np

from services.trainer.ranks import FloatArray, normal_scores
from services.trainer.table import Table

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


def _tells(values: FloatArray) -> bool:
    known = values[~np.isnan(values)]
    return len(known) >= max(2.0, _LEAST_KNOWN * len(values)) and bool(np.ptp(known) > 0)


def _circle(times: FloatArray) -> FloatArray:
    angle = times % _DAY_S * (2 * np.pi / _DAY_S)
    circle = np.column_stack([np.sin(angle), np.cos(angle)])
    return np.asarray(np.nan_to_num(circle - np.nanmean(circle, axis=0)))
