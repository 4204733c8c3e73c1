"""How much an engine may have left unseen: of a whole video, and of its hook and closing."""

import pytest
from example_analyses import build, report, reports

from services.analyzer.sampling import choose, coverage
from services.features.compute import compute, value_of
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis, Coverage, EngineName

HOOK, WHOLE, CLOSING, SECOND = "overlay_hook_share", "overlay_time_share", "overlay_closing_count", "speech_in_first_second"


def looked(duration_s: float, seen: Coverage, engine: EngineName = EngineName.TEXT) -> Analysis:
    """An empty video at which one engine looked like this and the others all the time."""
    engines = reports(duration_s) | {engine: report(duration_s).model_copy(update={"coverage": seen})}
    return build(duration_s, engines=engines)


@pytest.mark.parametrize(
    ("duration_s", "first_s", "last_s", "gap_s", "hook", "whole"),
    [
        (60.0, 0.0, 59.5, 0.5, True, True),
        (60.0, 1.9, 59.9, 1.9, False, True),
        (60.0, 0.0, 59.9, 1.9, False, True),
        (60.0, 0.0, 59.9, 2.1, False, False),
        (20.0, 0.0, 19.9, 1.6, False, True),
        (20.0, 0.0, 19.9, 1.7, False, False),
        (6.0, 0.75, 5.25, 0.75, True, True),
        (6.0, 0.8, 5.9, 0.8, False, False),
        (4.0, 1.9, 2.1, 1.9, False, False),
        (1.5, 0.0, 1.0, 0.5, True, True),
    ],
)
def test_at_most_a_quarter_of_a_window_may_be_unseen(
    duration_s: float, first_s: float, last_s: float, gap_s: float, *, hook: bool, whole: bool
) -> None:
    seen = Coverage(first_s=first_s, last_s=last_s, largest_gap_s=gap_s, samples=9)
    values = compute(looked(duration_s, seen), None).values
    assert [values[name] is not None for name in (HOOK, CLOSING, WHOLE)] == [hook, hook, whole]
    assert values[SECOND] == 0, "another engine has its own coverage"
    silent = compute(looked(duration_s, seen, EngineName.SPEECH), None).values
    assert [silent[name] is not None for name in (SECOND, "speech_share")] == [hook, whole]


@pytest.mark.parametrize("rate_hz", [2.0, 3.0])
@pytest.mark.parametrize("fps", [5.0, 10.0, 23.976, 30.0, 60.0])
@pytest.mark.parametrize("duration_s", [0.4, 1.5, 3.0, 6.0, 15.0, 119.0])
def test_how_the_engines_look_is_enough_for_every_window(rate_hz: float, fps: float, duration_s: float) -> None:
    frames = [i / fps for i in range(round(duration_s * fps))]
    seen = coverage(choose(frames, rate_hz), duration_s)
    assert seen is not None
    analysis = looked(duration_s, seen)
    assert all(value_of(CATALOGUE.get(name), analysis, None)[0] is not None for name in (HOOK, CLOSING, WHOLE))
