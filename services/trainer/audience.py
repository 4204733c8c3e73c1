"""Rows that did well because of who posted them count less in the models: celebrities by views and by followers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.trainer import checks
from services.trainer.ranks import FloatArray
from shared.contracts.findings import Check

VIEW_IQRS = 2.5
MANY_FOLLOWERS = 1_000_000
CELEBRITY_WEIGHT = 0.5
_FEWEST = 8


def weigh(
    ids: Sequence[str], given: FloatArray | None, *, views: FloatArray | None, followers: FloatArray | None
) -> tuple[FloatArray | None, list[Check]]:
    """The given row weights (n,), halved for celebrities, and the check that names them; None when every row counts alike.

    Limits and weight are those of seed 001, section 12: far more views than usual, or over a million followers.
    """
    famous = celebrities(len(ids), views, followers)
    weights = np.where(famous, CELEBRITY_WEIGHT, 1.0) * (1.0 if given is None else given)
    if not famous.any():
        return (None if not np.ptp(weights) else weights) if len(weights) else None, []
    names = [ids[row] for row in np.flatnonzero(famous)]
    sentence = (
        f"{checks.counted(len(names), 'row')} of celebrities (views over {VIEW_IQRS} quartile ranges above the upper quartile,"
        f" or over {MANY_FOLLOWERS:,} followers) count half in the models: {checks.named(names)}."
    )
    return weights, [checks.check(checks.CELEBRITY, "warning", sentence)]


def celebrities(rows: int, views: FloatArray | None, followers: FloatArray | None) -> NDArray[np.bool_]:
    """Which rows (n,) are flagged; a row whose views and followers are unknown is not."""
    famous = np.zeros(rows, dtype=bool)
    if views is not None and (~np.isnan(views)).sum() >= _FEWEST:
        low, high = np.nanquantile(views, [0.25, 0.75])
        famous |= np.nan_to_num(views, nan=-np.inf) > high + VIEW_IQRS * (high - low)
    if followers is not None:
        famous |= np.nan_to_num(followers, nan=0.0) > MANY_FOLLOWERS
    return famous
