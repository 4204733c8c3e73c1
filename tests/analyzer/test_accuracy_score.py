"""The verdicts of the accuracy table."""

import pytest

from bench.accuracy.score import Score, Sense, table


@pytest.mark.parametrize(
    ("value", "target", "sense", "reached"),
    [
        (0.97, 0.97, "at least", True),
        (0.96, 0.97, "at least", False),
        (0.01, 0.02, "at most", True),
        (0.03, 0.02, "at most", False),
        (None, 0.9, "at least", False),
        (None, 0.02, "at most", False),
        (0.5, None, "at least", None),
        (None, None, "at least", None),
    ],
)
def test_a_target_is_reached_by_cases_only(
    value: float | None, target: float | None, sense: Sense, *, reached: bool | None
) -> None:
    score = Score("text", "all", "recall", value, 0 if value is None else 10, target=target, sense=sense)
    assert score.reached is reached
    assert ("MISSED" in table([score])) == (reached is False)


def test_a_share_of_nothing_misses_its_target() -> None:
    assert Score.share("text", "all", "recall", 0, 0, target=0.9).reached is False
