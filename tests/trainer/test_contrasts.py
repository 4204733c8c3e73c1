"""The plain tests a reader would do: tiers, the fitting test by type, lift, differential, and what marks the bottom."""

import numpy as np
import pytest
from scipy.stats import fisher_exact, mannwhitneyu

from services.trainer.contrasts import contrast, marks_the_bottom, tiers
from services.trainer.tiers import bottom_rows, tiers_of, top_rows

TARGET = np.arange(40, 0, -1, dtype=float)
"""Forty rows, the best first: tiers of 4, 8, 16 and 12 rows."""


def test_tiers_are_the_top_ten_next_twenty_middle_forty_and_bottom_thirty_percent() -> None:
    meets = (np.arange(40) < 6).astype(float)
    meets[0] = np.nan
    found = tiers(TARGET, meets, TARGET)
    assert [(one.name, one.n, one.meets) for one in found] == [
        ("top", 4, 3), ("next", 8, 2), ("middle", 16, 0), ("bottom", 12, 0),
    ]  # fmt: skip
    assert [one.median for one in found] == [38.5, 32.5, 20.5, 6.5]
    assert bottom_rows(TARGET).tolist() == list(range(39, 27, -1))
    assert top_rows(TARGET).tolist() == list(range(12))
    assert np.bincount(tiers_of(TARGET)).tolist() == [4, 8, 16, 12]


@pytest.mark.parametrize(
    ("values", "test"),
    [
        (np.arange(40.0), "mann_whitney"),
        (np.arange(40) % 2.0, "chi_square"),
        ((np.arange(40) % 5 < 1).astype(float), "fisher"),
    ],
)
def test_the_test_fits_the_type_and_the_expected_counts(values: np.ndarray, test: str) -> None:
    assert contrast(values, (values > np.median(values)).astype(float), TARGET).test == test


def test_lift_differential_and_rank_biserial_speak_of_the_rows_that_meet_it() -> None:
    meets = np.zeros(40)
    meets[[0, 1, 2, 5, 14]] = 1
    seen = contrast(meets, meets, TARGET)
    assert seen.lift == pytest.approx((4 / 5) / (12 / 40))
    assert (seen.top_share, seen.bottom_share) == (0.75, 0.0)
    assert seen.differential == pytest.approx(3 / 4 - 1 / 16)
    assert seen.differential_p == pytest.approx(fisher_exact([[3, 1], [1, 15]]).pvalue)
    wins = mannwhitneyu(TARGET[meets == 1], TARGET[meets == 0]).statistic
    assert seen.rank_biserial == pytest.approx(2 * wins / (5 * 35) - 1)


def test_a_pattern_marks_the_bottom_where_it_parts_it_from_the_middle_more_than_the_top() -> None:
    at = np.arange(40)
    assert marks_the_bottom((at < 28).astype(float), TARGET)
    assert not marks_the_bottom((at < 12).astype(float), TARGET)
    assert not marks_the_bottom(np.full(40, np.nan), TARGET)
