"""Rank statistics: normal scores, Spearman's correlation of samples and resamples, Benjamini-Hochberg q-values."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import norm, rankdata

FloatArray: TypeAlias = NDArray[np.float64]
MIN_PAIRS = 4


def normal_scores(values: FloatArray) -> FloatArray:
    """Van der Waerden scores per column of (n,) or (n, p), centred; ties share their mean rank, NaN becomes 0.

    Scores beat plain ranks by up to 10 % of the sample when the relation is about linear on some monotone scale,
    and they are as deaf to outliers.
    """
    table = values.reshape(len(values), -1)
    scores = np.zeros_like(table)
    for column in range(table.shape[1]):
        seen = ~np.isnan(table[:, column])
        if seen.any():
            own = norm.ppf(rankdata(table[seen, column]) / (seen.sum() + 1))
            scores[seen, column] = own - own.mean()
    return scores.reshape(values.shape)


def spearman(x: FloatArray, y: FloatArray) -> float:
    """Spearman's rho over the rows where both are known; 0.0 when either side does not vary there."""
    both = ~(np.isnan(x) | np.isnan(y))
    if both.sum() < MIN_PAIRS:
        return 0.0
    return _pearson(rankdata(x[both]), rankdata(y[both]))


def spearman_matrix(values: FloatArray) -> FloatArray:
    """Rho between all columns of (n, p), each pair over the rows where both are known (ranks are taken per column)."""
    seen = ~np.isnan(values)
    ranks = np.zeros_like(values)
    for column in range(values.shape[1]):
        own = rankdata(values[seen[:, column], column])
        ranks[seen[:, column], column] = own - own.mean() if len(own) else own
    squares = (ranks**2).T @ seen.astype(float)
    scale = np.sqrt(squares * squares.T)
    products = ranks.T @ ranks
    return np.asarray(np.clip(np.divide(products, scale, out=np.zeros_like(products), where=scale > 0), -1.0, 1.0))


def weighted_spearman(x: FloatArray, y: FloatArray, times: FloatArray) -> FloatArray:
    """Rho (k,) of samples in which row i stands `times[:, i]` (k, n) times, as a bootstrap draws them. Sorts once."""
    return _pearson_rows(_ranks_of(x, times), _ranks_of(y, times), times)


def _ranks_of(values: FloatArray, times: FloatArray) -> FloatArray:
    """Mean ranks (k, n) in samples that hold every row `times` over."""
    kinds, codes = np.unique(values, return_inverse=True)
    held = csr_array((np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), len(kinds)))
    counts = np.asarray(times @ held)
    return np.asarray((np.cumsum(counts, axis=1) - counts / 2)[:, codes])


def benjamini_hochberg(p_values: FloatArray) -> FloatArray:
    """q per test: the smallest false-discovery rate at which the test would be reported."""
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * count / np.arange(1, count + 1)
    q_values = np.empty(count)
    q_values[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    return q_values


def tidy(value: float) -> float:
    """Twelve significant digits: what lies beyond depends on where arrays lay in memory, and would change the bytes."""
    return float(f"{value:.12g}")


def _pearson(x: FloatArray, y: FloatArray) -> float:
    return float(_pearson_rows(x[None, :], y[None, :])[0])


def _pearson_rows(x: FloatArray, y: FloatArray, times: FloatArray | None = None) -> FloatArray:
    weights = np.ones_like(x) if times is None else times
    total = weights.sum(axis=1, keepdims=True)
    x = x - (weights * x).sum(axis=1, keepdims=True) / total
    y = y - (weights * y).sum(axis=1, keepdims=True) / total
    scale = np.sqrt((weights * x**2).sum(axis=1) * (weights * y**2).sum(axis=1))
    products: FloatArray = (weights * x * y).sum(axis=1)
    return np.clip(np.divide(products, scale, out=np.zeros_like(products), where=scale > 0), -1.0, 1.0)
