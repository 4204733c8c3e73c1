"""How the buckets of one search rank: medians with intervals, the chance to beat the others, and a verdict."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import mannwhitneyu

from services.trainer.performance import consistency
from services.trainer.ranks import FloatArray, tidy
from shared.contracts.findings import Evidence
from shared.contracts.portfolio import Standing

RESAMPLES = 4000
FEWEST = 8
LEVEL = 0.05
METHOD = (
    f"Medians have 95 % percentile intervals from {RESAMPLES} bootstrap resamples of the bucket's rows.",
    "A bucket is ahead when its rows beat those of the other buckets more often than every second time, behind when less.",
    f"That is tested by Mann-Whitney with Holm over the buckets, p at most {LEVEL}, where both sides have {FEWEST} rows.",
    "Consistency is 1 - (Q3 - Q1) / (Q3 + Q1) of the target.",
)


def standings(buckets: Mapping[str, Sequence[Evidence]], *, seed: int = 0) -> tuple[Standing, ...]:
    """The buckets that have rows, highest median first."""
    targets = {name: np.array([row.target for row in rows]) for name, rows in buckets.items() if rows}
    rng = np.random.default_rng(seed)
    draws = {name: _medians(target, rng) for name, target in targets.items()}
    best = _best(draws)
    ahead = {name: _ahead(name, targets) for name in targets}
    adjusted = _holm({name: p for name, (_, p) in ahead.items() if p is not None})
    made = [
        _standing(name, target, draws[name], best[name], (ahead[name][0], adjusted.get(name)), buckets[name])
        for name, target in targets.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.median, one.bucket)))


def _medians(target: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Medians of resamples, in blocks so that thousands of rows stay within memory."""
    blocks = [rng.choice(target, size=(RESAMPLES // 8, len(target))) for _ in range(8)] if len(target) < 2000 else None
    if blocks is not None:
        return np.concatenate([np.median(block, axis=1) for block in blocks])
    return np.array([np.median(rng.choice(target, size=len(target))) for _ in range(RESAMPLES)])


def _best(draws: Mapping[str, FloatArray]) -> dict[str, float]:
    """How often each bucket has the highest median; resamples with a tie are shared out."""
    if not draws:
        return {}
    table = np.stack(list(draws.values()))
    highest = table == table.max(axis=0)
    return dict(zip(draws, map(float, (highest / highest.sum(axis=0)).mean(axis=1)), strict=True))


def _ahead(name: str, targets: Mapping[str, FloatArray]) -> tuple[float | None, float | None]:
    """The chance that a row of the bucket beats a row of another, and its p."""
    others = [target for other, target in targets.items() if other != name]
    rest = np.concatenate(others) if others else np.array([])
    if min(len(targets[name]), len(rest)) < FEWEST:
        return (None if not len(rest) else _chance(targets[name], rest)), None
    return _chance(targets[name], rest), float(mannwhitneyu(targets[name], rest).pvalue)


def _chance(own: FloatArray, rest: FloatArray) -> float:
    return float(mannwhitneyu(own, rest).statistic) / (len(own) * len(rest))


def _holm(p_values: Mapping[str, float]) -> dict[str, float]:
    adjusted, largest = {}, 0.0
    for place, (name, p) in enumerate(sorted(p_values.items(), key=lambda pair: pair[1])):
        largest = max(largest, min(1.0, p * (len(p_values) - place)))
        adjusted[name] = largest
    return adjusted


def _standing(
    name: str,
    target: FloatArray,
    draws: FloatArray,
    best: float,
    ahead: tuple[float | None, float | None],
    rows: Sequence[Evidence],
) -> Standing:
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
        best=tidy(best),
        ahead=None if ahead[0] is None else tidy(ahead[0]),
        p_value=None if ahead[1] is None else tidy(ahead[1]),
        verdict=_verdict(*ahead),
        rows=tuple(row.row_id for row in rows),
    )


def _verdict(chance: float | None, p_value: float | None) -> str:
    if chance is None:
        return "alone"
    if p_value is None:
        return "too few rows"
    if p_value > LEVEL:
        return "level"
    return "ahead" if chance > 0.5 else "behind"
