"""What a pattern looks like in the tiers: how many rows meet it where, and the plain test a reader would do."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2_contingency, fisher_exact, mannwhitneyu

from services.trainer.ranks import FloatArray, tidy
from services.trainer.tiers import NAMES, tiers_of
from shared.contracts.findings import Contrast, Tier

_LEAST_EXPECTED = 5
_DIFFERENTIAL = 0.3


def tiers(shown: FloatArray, meets: FloatArray, target: FloatArray) -> tuple[Tier, ...]:
    """Per tier the median of the feature shown (n,), and the rows that meet the conditions (1, 0, or NaN where unknown)."""
    places, found = tiers_of(target), []
    for place, name in enumerate(NAMES):
        known = shown[(places == place) & ~np.isnan(shown)]
        median = tidy(float(np.median(known))) if len(known) else None
        found.append(Tier(name=name, n=len(known), median=median, meets=int(np.nansum(meets[places == place]))))
    return tuple(found)


def contrast(values: FloatArray, meets: FloatArray, target: FloatArray) -> Contrast:
    """The two upper tiers against the others.

    A feature with several values is compared by Mann-Whitney; flags, categories and pairs (whose `values` are `meets`) by
    chi-square, or Fisher's exact test where fewer than five rows are expected in a cell. Lift, shares and rank-biserial
    correlation speak of the rows that meet the conditions.
    """
    places = tiers_of(target)
    test, p_value = _test(values, places <= 1)
    met, unmet = target[meets == 1], target[meets == 0]
    best = np.isin(np.flatnonzero(~np.isnan(meets)), np.flatnonzero(places <= 1)).mean()
    own = float((places[meets == 1] <= 1).mean()) if len(met) else None
    top, middle, bottom = (_share(meets[places == place]) for place in (0, 2, 3))
    return Contrast(
        test=test,
        p_value=tidy(p_value),
        rank_biserial=tidy(_rank_biserial(met, unmet)),
        lift=tidy(own / float(best)) if own is not None and best > 0 else None,
        top_share=top,
        differential=None if top is None or middle is None else tidy(top - middle),
        differential_p=_between(meets[places == 0], meets[places == 2]),
        bottom_share=bottom,
    )


def marks_the_bottom(follows: FloatArray, target: FloatArray) -> bool:
    """Whether a pattern is about failing: it parts the bottom from the middle tier by 30 % of the rows (the first
    specification's differential), and at least twice as far as it parts the upper tiers from the middle one.
    """
    places = tiers_of(target)
    upper, middle, bottom = (_share(follows[mask]) for mask in (places <= 1, places == 2, places == 3))
    if upper is None or middle is None or bottom is None:
        return False
    return middle - bottom >= max(_DIFFERENTIAL, 2 * (upper - middle))


def _test(values: FloatArray, upper: NDArray[np.bool_]) -> tuple[str, float]:
    known = ~np.isnan(values)
    high, low = values[known & upper], values[known & ~upper]
    if not len(high) or not len(low):
        return "fisher", 1.0
    kinds = np.unique(values[known])
    if len(kinds) > 2:
        return "mann_whitney", float(mannwhitneyu(high, low).pvalue)
    table = np.array([[(side == kinds[-1]).sum(), (side != kinds[-1]).sum()] for side in (high, low)])
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    if expected.min() >= _LEAST_EXPECTED:
        return "chi_square", float(chi2_contingency(table, correction=False).pvalue)
    return "fisher", float(fisher_exact(table).pvalue)


def _between(top: FloatArray, middle: FloatArray) -> float | None:
    """Fisher's exact test of as many rows meeting the conditions in both; None where one has no row with a value."""
    table = [[int((tier == 1).sum()), int((tier == 0).sum())] for tier in (top, middle)]
    return tidy(float(fisher_exact(table).pvalue)) if all(map(sum, table)) else None


def _share(meets: FloatArray) -> float | None:
    known = meets[~np.isnan(meets)]
    return tidy(float(known.mean())) if len(known) else None


def _rank_biserial(met: FloatArray, unmet: FloatArray) -> float:
    if not len(met) or not len(unmet):
        return 0.0
    return float(2 * mannwhitneyu(met, unmet).statistic / (len(met) * len(unmet)) - 1)
