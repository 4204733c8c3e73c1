"""Keeps outcomes out of the matrix: columns named like one, and columns that repeat the target."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from services.trainer import checks
from services.trainer.ranks import FloatArray, spearman
from shared.contracts.findings import Check

_OUTCOMES = frozenset(
    {
        "view",
        "play",
        "like",
        "digg",
        "heart",
        "comment",
        "share",
        "save",
        "collect",
        "bookmark",
        "favorite",
        "favourite",
        "repost",
    }
    | {"retweet", "impression", "reach", "engagement", "interaction", "er", "virality"}
)
_QUALIFIERS = frozenset(
    {"count", "rate", "ratio", "total", "number", "num", "n", "avg", "mean", "average", "log", "per", "video", "post", "stat"}
    | {"sum", "score", "percent", "pct"}
)
SAME, NEAR = 0.999, 0.95
"""Correlations with the target: above the first a column is the target again, above the second it may be made of it."""
_FEWEST = 10
_Column = TypeVar("_Column", bound=Sequence[object])


def is_outcome(name: str) -> bool:
    """True for `views`, `playCount`, `like_rate`, `likes_per_view`, `engagement_rate`; False for `text_share`.

    Every word of the name must be an outcome or a word that counts one, so a feature which only mentions an outcome stays.
    """
    words = [_singular(word) for word in re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())]
    return any(word in _OUTCOMES for word in words) and all(word in _OUTCOMES | _QUALIFIERS for word in words)


def without_outcomes(columns: Mapping[str, _Column], target: str) -> tuple[dict[str, _Column], list[Check]]:
    """The columns that are no outcomes, and the check that names the others."""
    outcomes = [name for name in columns if name != target and is_outcome(name)]
    if not outcomes:
        return dict(columns), []
    sentence = f"{checks.counted(len(outcomes), 'outcome column')} kept out of the features: {checks.named(outcomes)}."
    return {name: cells for name, cells in columns.items() if name not in outcomes}, [
        checks.check(checks.OUTCOME, "warning", sentence)
    ]


def likeness(values: FloatArray, target: FloatArray) -> FloatArray:
    """How far each column of (n, p) is the target under another name: its linear or rank correlation with it, the larger.

    0 for a column without variation or with fewer than ten known rows.
    """
    found = np.zeros(values.shape[1])
    for column in range(values.shape[1]):
        seen = ~np.isnan(values[:, column])
        own, goal = values[seen, column], target[seen]
        if len(own) >= _FEWEST and np.ptp(own) > 0 and np.ptp(goal) > 0:
            found[column] = max(abs(spearman(own, goal)), abs(float(np.corrcoef(own, goal)[0, 1])))
    return found


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
