"""The columns that the trainer gets: none is constant, none repeats another or is its affine image, one-hot ones included."""

import statistics
from collections.abc import Mapping

import numpy as np
import pytest

from services.features.compute import Vector
from shared.catalogue.feature import Kind
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord

Corpus = list[tuple[Analysis, VideoRecord, Vector]]
OPEN_LISTS = {"meta_language", "speech_language", "meta_script", "overlay_script"}
LEAST_PAIRS, LEAST_UNUSUAL = 10, 3
"""In how many videos both columns must be known, and in how many of these each must be unlike itself elsewhere: two columns
that are 0 but for one video are no copies for meeting there."""


@pytest.fixture(scope="module")
def columns(corpus: Corpus) -> Mapping[str, np.ndarray]:
    """Every column of the trainer by its name; not a number where null."""
    found: dict[str, np.ndarray] = {}
    for feature in CATALOGUE.features():
        values = [vector.values[feature.name] for _, _, vector in corpus]
        if feature.kind is not Kind.ENUM:
            found[feature.name] = np.array([np.nan if value is None else value for value in values], dtype=float)
        elif feature.name not in OPEN_LISTS:
            for option in feature.options:
                found[f"{feature.name}={option}"] = np.array([np.nan if v is None else float(v == option) for v in values])
    return found


def test_no_column_is_constant(columns: Mapping[str, np.ndarray]) -> None:
    assert [name for name, column in columns.items() if len(set(column[~np.isnan(column)])) < 2] == []


def test_every_column_is_known_often_enough_to_be_compared(columns: Mapping[str, np.ndarray]) -> None:
    assert [name for name, column in columns.items() if np.sum(~np.isnan(column)) < LEAST_PAIRS] == []


def test_no_column_repeats_another_or_is_its_affine_image(columns: Mapping[str, np.ndarray]) -> None:
    names = list(columns)
    assert [(names[i], names[j]) for i, j in affine_pairs(np.array(list(columns.values())))] == []


def affine_pairs(matrix: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of rows whose correlation over the columns that both have is 1 or -1."""
    known = ~np.isnan(matrix)
    usual = np.array([statistics.mode(row[there]) for row, there in zip(matrix, known, strict=True)])
    unusual = (known & (matrix != usual[:, None])) @ known.T.astype(float)
    spread = np.nanstd(matrix, axis=1, keepdims=True)
    scaled = np.where(known, (matrix - np.nanmean(matrix, axis=1, keepdims=True)) / np.where(spread > 0, spread, 1), 0.0)
    mask = known.astype(float)
    n = mask @ mask.T
    sums = scaled @ mask.T
    squares = (scaled**2) @ mask.T
    safe = np.maximum(n, 1)
    variance = squares - sums**2 / safe
    covariance = scaled @ scaled.T - sums * sums.T / safe
    product = variance * variance.T
    affine = (
        (n >= LEAST_PAIRS)
        & (np.minimum(unusual, unusual.T) >= LEAST_UNUSUAL)
        & (np.minimum(variance, variance.T) > 1e-9)
        & (covariance**2 > (1 - 1e-9) * product)
    )
    return [(int(i), int(j)) for i, j in np.argwhere(np.triu(affine, 1))]


def test_the_check_itself_finds_copies_images_and_complements() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 40))
    holed = np.where(np.arange(40) < 15, np.nan, 3 - 2 * one)
    assert affine_pairs(np.array([one, other, one, holed])) == [(0, 2), (0, 3), (2, 3)]
