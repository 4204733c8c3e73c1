"""How large an effect is: alone with its interval, beside the other patterns, and when a confounder is held fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from services.trainer.design import Design, basis_of, residual, t_tests, unit
from services.trainer.ranks import FloatArray, spearman, weighted_spearman
from services.trainer.resampling import repeats

VANISHED_SHARE = 0.5
SHRUNK_SHARE = 0.75
VANISHED_P = 0.05


@dataclass(frozen=True)
class Adjustment:
    """A rank correlation without and with a confounder held fixed; `p_value` is that of the second, beside other patterns.

    `limit` is the largest p that still counts as more than chance.
    """

    name: str
    without: float
    with_it: float
    p_value: float
    limit: float

    @property
    def left(self) -> float:
        """The share of the effect that is left, negative where it turns around; 1 where there was none."""
        return self.with_it / self.without if self.without else 1.0

    @property
    def explains(self) -> bool:
        """Less than half of the effect is left, or a quarter is gone and what is left could be chance.

        A p alone does not tell: one just below the limit is taken over it by a confounder that has nothing to do with it.
        """
        return self.left < VANISHED_SHARE or (self.left < SHRUNK_SHARE and self.p_value > self.limit)


def adjusted_for(
    design: Design, column: FloatArray, given: FloatArray, confounders: Mapping[str, FloatArray], *, limit: float
) -> tuple[Adjustment, ...]:
    """The effect of a column (n,) without and with every confounder (n, k); the p also beside the given columns (n, j).

    Of many columns that a confounder drives, the one that chance favours was picked: `limit` has to pay for that.
    """
    found = []
    for name, scores in confounders.items():
        held = design.likeness.removed(scores)
        without, _ = _partial(design, column, np.empty((len(column), 0)))
        with_it, _ = _partial(design, column, held)
        _, p_value = _partial(design, column, np.column_stack([given, held]))
        found.append(Adjustment(name, without, with_it, p_value, limit))
    return tuple(found)


def beside(design: Design, column: FloatArray, given: FloatArray, effect: float) -> float:
    """The effect (a rank correlation) the column would show alone if the other patterns were balanced.

    The slope of the column in a regression of the target's scores on it and the given columns, in standard units, and as a
    rank correlation (6/pi arcsin(r/2), exact for normal values). It has less noise than the plain effect, and so it suffers
    less from having been selected.
    """
    basis, _ = np.linalg.qr(np.column_stack([design.base, given]))
    own = residual(np.asarray(basis), column[:, None])[:, 0]
    target = unit(residual(basis_of(design), design.target[:, None]))[:, 0]
    slope = float(own @ target) / float(own @ own) if own @ own > 1e-6 else 0.0
    shrunk = slope * len(column) / (1 + len(column))
    return float(np.sign(effect)) * abs(6 / np.pi * float(np.arcsin(np.clip(shrunk, -1, 1) / 2)))


def interval_of(
    values: FloatArray,
    target: FloatArray,
    groups: Sequence[str] | None,
    *,
    rng: np.random.Generator,
    resamples: int,
    level: float = 0.95,
) -> tuple[float, float]:
    """Bias-corrected bootstrap interval of Spearman's rho; creators are resampled, with all of their rows."""
    both = ~(np.isnan(values) | np.isnan(target))
    x, y = values[both], target[both]
    own = None if groups is None else np.array(groups)[both].tolist()
    draws = [weighted_spearman(x, y, times) for times in repeats(len(x), own, rng=rng, resamples=resamples)]
    return _bias_corrected(np.concatenate(draws), spearman(x, y), level)


def _bias_corrected(draws: FloatArray, estimate: float, level: float) -> tuple[float, float]:
    below = (np.sum(draws < estimate) + 0.5 * np.sum(draws == estimate)) / len(draws)
    shift = norm.ppf(np.clip(below, 1 / len(draws), 1 - 1 / len(draws)))
    tails = norm.ppf([(1 - level) / 2, (1 + level) / 2])
    low, high = np.quantile(draws, norm.cdf(2 * shift + tails))
    return float(min(low, estimate)), float(max(high, estimate))


def _partial(design: Design, column: FloatArray, held: FloatArray) -> tuple[float, float]:
    basis = basis_of(design, held)
    own, rest = unit(residual(basis, column[:, None]))[:, 0], unit(residual(basis, design.target[:, None]))[:, 0]
    partial = np.array([own @ rest])
    return float(partial[0]), float(t_tests(partial, len(column) - basis.shape[1] - 1)[0])
