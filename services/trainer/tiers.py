"""The four tiers of a bucket by target, as in the first specification: top 10 %, next 20 %, middle 40 %, bottom 30 %."""

import math
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from services.trainer.ranks import FloatArray
from shared.contracts.findings import TierName

NAMES: tuple[TierName, ...] = get_args(TierName)
ENDS = (0.1, 0.3, 0.7, 1.0)
TOP_SHARE = ENDS[1]


def tiers_of(target: FloatArray) -> NDArray[np.int64]:
    """The place in `NAMES` of every row (n,); of equal targets the earlier row stands higher."""
    places = np.empty(len(target), dtype=np.int64)
    places[np.argsort(-target, kind="stable")] = np.arange(len(target))
    ends = [math.ceil(end * len(target)) for end in ENDS]
    return np.searchsorted(ends, places, side="right")


def bottom_rows(target: FloatArray) -> NDArray[np.int64]:
    """The rows of the lowest tier (the last 30 %), worst first."""
    return np.argsort(-target, kind="stable")[math.ceil(ENDS[2] * len(target)) :][::-1]


def top_rows(target: FloatArray) -> NDArray[np.int64]:
    """The rows of the two upper tiers (the best 30 %), best first."""
    return np.argsort(-target, kind="stable")[: math.ceil(TOP_SHARE * len(target))]
