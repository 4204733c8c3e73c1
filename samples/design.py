"""The experiment behind the sample batch: which knobs each video gets, and the engagement that follows from three of them.

The planted knobs are spread evenly over their ranges and are nearly uncorrelated; every other knob is shuffled until it has
nothing to do with the planted ones or with engagement. So whatever a method finds beyond the planted choices is its own error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

PLANTED_CORRELATION = 0.05
NUISANCE_CORRELATION = 0.2
_MEDIAN_ENGAGEMENT = 0.06
_LOG_DEVIATION = 0.5
_TRIES = 20_000


@dataclass(frozen=True)
class Range:
    """A knob's range; `step` rounds its values (1 for counts), `log` spreads them evenly over orders of magnitude."""

    low: float
    high: float
    step: float | None = None
    log: bool = False

    def spread(self, count: int) -> Array:
        """`count` values evenly over the range, ascending."""
        share = (np.arange(count) + 0.5) / count
        values = self.low * (self.high / self.low) ** share if self.log else self.low + (self.high - self.low) * share
        return np.round(values / self.step) * self.step if self.step else values


@dataclass(frozen=True)
class Effect:
    """What a planted knob does: +1 or -1, and the share of the variance of log engagement that it explains."""

    sign: int
    share: float


@dataclass(frozen=True)
class Design:
    """Knob values per video (arrays of one length, in video order) and the engagement rate that they cause."""

    planted: Mapping[str, Array]
    nuisance: Mapping[str, Array]
    engagement_rate: Array

    def knobs(self, index: int) -> dict[str, float]:
        """All knob values of one video."""
        return {name: float(values[index]) for name, values in {**self.planted, **self.nuisance}.items()}


def make_design(planted: Mapping[str, tuple[Range, Effect]], nuisance: Mapping[str, Range], *, count: int, seed: int) -> Design:
    """Draw a balanced design for `count` videos. What the effects leave unexplained is noise.

    With fewer than eight videos a balance is impossible; then the values are only shuffled.
    """
    random = np.random.default_rng(seed)
    limit = PLANTED_CORRELATION if count >= 8 else np.inf
    chosen: dict[str, Array] = {}
    for name, (knob, _) in planted.items():
        chosen[name] = _shuffled(knob.spread(count), list(chosen.values()), limit, random)
    rate = _engagement([(effect, chosen[name]) for name, (_, effect) in planted.items()], random)
    limit = NUISANCE_CORRELATION if count >= 8 else np.inf
    others = [*chosen.values(), np.log(rate)]
    free = {name: _shuffled(knob.spread(count), others, limit, random) for name, knob in nuisance.items()}
    return Design(planted=chosen, nuisance=free, engagement_rate=rate)


def correlation(one: Array, other: Array) -> float:
    """Spearman's rank correlation; 0 where one of them is constant."""
    ranks = [_ranks(values) for values in (one, other)]
    if any(values.std() == 0 for values in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: Array) -> Array:
    order = np.unique(values, return_inverse=True, return_counts=True)
    upper = np.cumsum(order[2])
    return (upper - (order[2] - 1) / 2)[order[1]]


def _shuffled(values: Array, others: list[Array], limit: float, random: np.random.Generator) -> Array:
    """The best of many shuffles, or the first whose correlation with each of `others` is below `limit`."""
    best, best_worst = values, np.inf
    for _ in range(_TRIES):
        candidate = random.permutation(values)
        worst = max((abs(correlation(candidate, other)) for other in others), default=0.0)
        if worst < best_worst:
            best, best_worst = candidate, worst
        if worst < limit:
            break
    return best


def _engagement(planted: Sequence[tuple[Effect, Array]], random: np.random.Generator) -> Array:
    """exp(the planted effects by their shares, plus noise that is orthogonal to them)."""
    noise = random.standard_normal(len(planted[0][1]))
    columns = np.column_stack([np.ones(len(noise)), *(values for _, values in planted)])
    if len(noise) > columns.shape[1]:
        noise = noise - columns @ np.linalg.lstsq(columns, noise, rcond=None)[0]
    total = np.sqrt(1 - sum(effect.share for effect, _ in planted)) * _standardized(noise)
    for effect, values in planted:
        total = total + effect.sign * np.sqrt(effect.share) * _standardized(values)
    return np.asarray(_MEDIAN_ENGAGEMENT * np.exp(_LOG_DEVIATION * total), np.float64)


def _standardized(values: Array) -> Array:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else values * 0.0
