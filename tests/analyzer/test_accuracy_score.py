"""The verdicts of the accuracy table."""

from pathlib import Path

import pytest

from bench.accuracy.score import Score, Sense, table
from bench.accuracy.transcripts import beginnings, errors, spoken
from shared.contracts.analysis import SpeechSegment, Word


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


WELL, MAKE = (Word(start_s=t_s, end_s=t_s + 0.2, text=text, confidence=0.9) for t_s, text in ((0.1, " We'll"), (0.7, "make")))
HEARD = (
    SpeechSegment(start_s=0.0, end_s=2.0, text="We'll make it,", language="en", confidence=0.9, words=(WELL, MAKE)),
    SpeechSegment(start_s=3.0, end_s=4.0, text="strong now"),
)


def test_word_errors_are_words_changed_added_or_missing_per_word_said() -> None:
    score = errors("clip", "We'll make her strong again now!", HEARD)
    assert (score.value, score.n) == (2 / 6, 6), "it for her, again is missing"
    assert errors("clip", "We'll make it strong now", HEARD).value == 0
    assert errors("clip", "We'll make it strong now", ()).value == 1


def test_words_are_timed_by_the_nearest_one_that_is_the_same() -> None:
    score = beginnings("clip", [("we'll", 0.0), ("make", 0.5), ("make", 3.0), ("nothing", 1.0)], HEARD)
    assert score.value == pytest.approx(0.2)
    assert score.n == 3
    assert beginnings("clip", [("nothing", 1.0)], HEARD).value is None


def test_subtitles_are_text_without_numbers_and_times(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:00,506 --> 00:00:04,309\nTogether, we\nwill.\n\n2\n00:00:05,000 --> 00:00:06,000\nYes.\n")
    assert spoken(path) == "Together, we will. Yes."
