"""Estimates of the remaining time come from measured rates, and unknown is not zero."""

import io

from rich.console import Console

from services.console.progress import ProgressDisplay, Rates, clock_time
from shared.ledger import BatchLedger, StageCount


def test_eta_is_the_measured_time_per_video_times_what_is_left() -> None:
    now = [100.0]
    rates = Rates(clock=lambda: now[0])
    assert rates.eta_s(StageCount("analyzer", 0, 0, 10)) is None
    assert rates.eta_s(StageCount("analyzer", 1, 0, 10)) is None, "one result is no rate"
    now[0] += 6
    assert rates.eta_s(StageCount("analyzer", 3, 1, 10)) == 12, "3 more in 6 s, 6 are left"
    assert rates.eta_s(StageCount("analyzer", 9, 1, 10)) == 0


def test_eta_is_unknown_before_the_plan() -> None:
    assert Rates().eta_s(StageCount("acquisition", 5, 0, None)) is None


def test_times_read_as_people_write_them() -> None:
    assert [clock_time(value) for value in (None, 0, 5, 65)] == ["…", "done", "0:05", "1:05"]


def test_without_a_terminal_a_line_is_printed_only_when_something_changed() -> None:
    out = io.StringIO()
    with ProgressDisplay(Console(file=out, width=200)) as display:
        display.show(BatchLedger())
        display.show(BatchLedger())
        display.show(BatchLedger(selected={"1"}))
    assert out.getvalue().splitlines() == [
        "acquisition 0/?  analyzer 0/?  features 0/?  trainer 0/?  reporter 0/?",
        "acquisition 1/?  analyzer 0/?  features 0/?  trainer 0/?  reporter 0/?",
    ]
