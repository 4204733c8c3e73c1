"""How the buckets of one search rank: medians with intervals, the chance to beat the others, and a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import mannwhitneyu

from services.trainer.performance import consistency
from services.trainer.ranks import FloatArray, tidy
from shared.contracts.findings import Evidence
from shared.contracts.portfolio import Standing

RESAMPLES = 4000
FEWEST = 8
LEVEL = 0.05
_MOST_AT_ONCE = 2000
METHOD = (
    f"Medians have 95 % percentile intervals from {RESAMPLES} bootstrap resamples of creators (of rows where none are known).",
    "A bucket is ahead when its rows beat those of the other buckets more often than every second time, behind when less.",
    f"That is tested by Mann-Whitney on the medians of creators with Holm over the buckets, p at most {LEVEL}.",
    f"A bucket with fewer than {FEWEST} creators is neither tested nor ranked among the best.",
    "Consistency is 1 - (Q3 - Q1) / (Q3 + Q1) of the target.",
)


@dataclass(frozen=True)
class _Bucket:
    """The targets of a bucket's rows by creator; a row without one stands for itself."""

    rows: Sequence[Evidence]
    target: FloatArray
    creators: tuple[FloatArray, ...]

    @classmethod
    def of(cls, rows: Sequence[Evidence]) -> "_Bucket":
        own: dict[tuple[str, bool], list[float]] = {}
        for row in rows:
            own.setdefault((row.group or row.row_id, row.group is None), []).append(row.target)
        return cls(rows, np.array([row.target for row in rows]), tuple(np.array(targets) for targets in own.values()))

    @property
    def few(self) -> bool:
        return len(self.creators) < FEWEST

    def medians(self, rng: np.random.Generator) -> FloatArray:
        """Medians of resamples; creators are drawn with all of their rows, as rows of one are alike."""
        count = len(self.creators)
        if count == len(self.target) and count < _MOST_AT_ONCE:
            return np.concatenate([np.median(rng.choice(self.target, size=(RESAMPLES // 8, count)), axis=1) for _ in range(8)])
        drawn = (rng.integers(count, size=count) for _ in range(RESAMPLES))
        return np.array([np.median(np.concatenate([self.creators[one] for one in picked])) for picked in drawn])


def standings(buckets: Mapping[str, Sequence[Evidence]], *, seed: int = 0) -> tuple[Standing, ...]:
    """The buckets that have rows, highest median first."""
    own = {name: _Bucket.of(rows) for name, rows in buckets.items() if rows}
    rng = np.random.default_rng(seed)
    draws = {name: bucket.medians(rng) for name, bucket in own.items()}
    best = _best({name: drawn for name, drawn in draws.items() if not own[name].few})
    ahead = {name: _ahead(bucket, [other for other in own.values() if other is not bucket]) for name, bucket in own.items()}
    adjusted = _holm({name: p for name, (_, p) in ahead.items() if p is not None})
    made = [
        _standing(name, bucket, draws[name], best.get(name), (ahead[name][0], adjusted.get(name)))
        for name, bucket in own.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.median, one.bucket)))


def _best(draws: Mapping[str, FloatArray]) -> dict[str, float]:
    """How often each bucket has the highest median; resamples with a tie are shared out."""
    if not draws:
        return {}
    table = np.stack(list(draws.values()))
    highest = table == table.max(axis=0)
    return dict(zip(draws, map(float, (highest / highest.sum(axis=0)).mean(axis=1)), strict=True))


def _ahead(own: _Bucket, others: Sequence[_Bucket]) -> tuple[float | None, float | None]:
    """The chance that a row of the bucket beats a row of another, and the p of its creators' medians."""
    if not others:
        return None, None
    rest = np.concatenate([other.target for other in others])
    chance = float(mannwhitneyu(own.target, rest).statistic) / (len(own.target) * len(rest))
    medians = [float(np.median(creator)) for creator in own.creators]
    theirs = [float(np.median(creator)) for other in others for creator in other.creators]
    if min(len(medians), len(theirs)) < FEWEST:
        return chance, None
    return chance, float(mannwhitneyu(medians, theirs).pvalue)


def _holm(p_values: Mapping[str, float]) -> dict[str, float]:
    adjusted, largest = {}, 0.0
    for place, (name, p) in enumerate(sorted(p_values.items(), key=lambda pair: pair[1])):
        largest = max(largest, min(1.0, p * (len(p_values) - place)))
        adjusted[name] = largest
    return adjusted


def _standing(
    name: str, bucket: _Bucket, draws: FloatArray, best: float | None, ahead: tuple[float | None, float | None]
) -> Standing:
    target = bucket.target
    low, median, high, top = (float(value) for value in np.quantile(target, [0.25, 0.5, 0.75, 0.9]))
    first, last = (float(value) for value in np.quantile(draws, [0.025, 0.975]))
    return Standing(
        bucket=name,
        n=len(target),
        mean=tidy(float(target.mean())),
        median=tidy(median),
        interval=(tidy(first), tidy(last)),
        lower_quartile=tidy(low),
        upper_quartile=tidy(high),
        top_decile=tidy(top),
        consistency=consistency(target),
        best=None if best is None else tidy(best),
        ahead=None if ahead[0] is None else tidy(ahead[0]),
        p_value=None if ahead[1] is None else tidy(ahead[1]),
        verdict=_verdict(*ahead),
        rows=tuple(row.row_id for row in bucket.rows),
    )


def _verdict(chance: float | None, p_value: float | None) -> str:
    if chance is None:
        return "alone"
    if p_value is None:
        return "too few rows"
    if p_value > LEVEL:
        return "level"
    return "ahead" if chance > 0.5 else "behind"
