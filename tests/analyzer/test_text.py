"""Text: overlays as intervals, one per appearance, whatever flickers; the recognizer runs only where text changed."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.linking import Linker, part_ratio, text_ratio
from services.analyzer.engines.text.region import Reading
from shared.contracts.analysis import TextOverlay
from tests.analyzer.clips import Picture, lettered, solid, write_clip

HERE = Rect(0.2, 0.2, 0.6, 0.06)
WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=12).filter(lambda text: len(text.replace(" ", "")) != 1)


def _link(samples: Sequence[Sequence[Reading | str]], step_s: float = 0.5) -> tuple[TextOverlay, ...]:
    linker = Linker()
    for sample in samples:
        linker.add([Reading(r, 0.9, HERE) if isinstance(r, str) else r for r in sample])
    times = [k * step_s for k in range(len(samples))]
    return linker.overlays(times, times[-1] + 0.1)


def _spans(overlays: Sequence[TextOverlay]) -> list[tuple[str, float, float]]:
    return [(o.text, o.start_s, o.end_s) for o in overlays]


def test_an_overlay_reaches_half_way_to_the_samples_without_it() -> None:
    assert _spans(_link([[], ["SALE"], ["SALE"], [], []])) == [("SALE", 0.25, 1.25)]


def test_at_the_edges_an_overlay_reaches_to_the_start_and_the_end() -> None:
    assert _spans(_link([["SALE"], ["SALE"]])) == [("SALE", 0.0, 0.6)]


def test_an_overlay_does_not_reach_into_an_end_that_was_lost() -> None:
    linker = Linker()
    for _ in range(3):
        linker.add([Reading("SALE", 0.9, HERE)])
    assert _spans(linker.overlays([0.0, 0.5, 1.0], 2.0)) == [("SALE", 0.0, 1.25)]


def test_a_flickering_reading_is_one_overlay_with_its_most_seen_text() -> None:
    assert _spans(_link([["wait for it"], ["wait far it"], ["Wait for it"], ["wait for it"]])) == [("wait for it", 0.0, 1.6)]


def test_one_missed_sample_does_not_end_it_two_do() -> None:
    assert len(_link([["SALE"], [], ["SALE"]])) == 1
    assert _spans(_link([["SALE"], [], [], ["SALE"]])) == [("SALE", 0.0, 0.25), ("SALE", 1.25, 1.6)]


def test_the_next_caption_in_the_same_place_is_another_overlay() -> None:
    assert [o.text for o in _link([["power is"], ["desired and"], ["legends"]])] == ["power is", "desired and", "legends"]


def test_a_half_detected_line_stays_one_overlay() -> None:
    half = Reading("@user cl", 0.8, HERE._replace(width=0.45))
    assert [o.text for o in _link([["@user_clip42"], [half], ["@user_clip42"]])] == ["@user_clip42"]


def test_a_text_that_slides_in_is_one_overlay() -> None:
    slide = [[Reading("Link in bio", 0.9, HERE._replace(y=0.7 - 0.1 * k))] for k in range(4)]
    assert _spans(_link(slide)) == [("Link in bio", 0.0, 1.6)]


def test_the_same_text_twice_at_once_is_two_overlays() -> None:
    both = [Reading("GO", 0.9, HERE), Reading("GO", 0.9, HERE._replace(y=0.7))]
    assert len(_link([both, both])) == 2


def test_lines_of_one_block_are_one_overlay() -> None:
    block = [Reading("3 tips to save", 0.9, HERE), Reading("this week", 0.8, Rect(0.3, 0.27, 0.4, 0.06))]
    [overlay] = _link([block, block])
    assert overlay.text == "3 tips to save\nthis week"
    assert (overlay.box.y, overlay.box.height, overlay.confidence) == (0.2, 0.13, 0.85)


@given(st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=12))
def test_every_reading_ends_in_an_overlay_that_contains_its_time(samples: list[list[str]]) -> None:
    linker = Linker()
    for sample in samples:
        linker.add([Reading(text, 0.9, HERE._replace(y=0.3 * i)) for i, text in enumerate(sample)])
    times = [k * 0.5 for k in range(len(samples))]
    overlays = linker.overlays(times, times[-1] + 0.5)
    assert all(0 <= o.start_s < o.end_s <= times[-1] + 0.5 for o in overlays)
    for t, sample in zip(times, samples, strict=True):
        assert sum(o.text.count("\n") + 1 for o in overlays if o.start_s <= t < o.end_s) >= len(sample)


def test_text_similarity() -> None:
    assert text_ratio("Wait For It", "waitforit") == 1
    assert text_ratio("power is", "desired and") < 0.75
    assert part_ratio("is", "this week") == 0, "two letters prove nothing"


def _shown(k: int) -> Picture:
    """At 10 fps: text A from 1 s to 4.5 s, nothing for a second, text B from 5.5 s to 8 s; the background changes colour."""
    background = solid((90 + k // 2, 60, 80 - k // 2), width=360, height=640)
    if 10 <= k < 45:
        return lettered(background, "FREE SHIPPING")
    return lettered(background, "link in bio", y=0.5) if k >= 55 else background


def test_burned_in_text_is_read_with_its_times(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", (_shown(k) for k in range(80)), fps=Fraction(10)), "text")
    first, second = analysis.text
    assert text_ratio(first.text, "FREE SHIPPING") > 0.9
    assert text_ratio(second.text, "link in bio") > 0.9
    assert (first.start_s, first.end_s) == pytest.approx((1.0, 4.5), abs=0.26)
    assert (second.start_s, second.end_s) == pytest.approx((5.5, 8.0), abs=0.26)
    assert 0.1 < first.box.y < 0.35 < second.box.y
    assert counters.handed["text"] == analysis.engines["text"].coverage.samples == 17
    assert counters.calls["text.detector"] <= 1 + 4, "the first picture, and two texts that come and go"
    assert counters.calls["text.recognizer"] <= 2 + 2, "a text that stands is not read again"


def test_no_text_is_empty_and_never_recognized(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [solid((90, 60, 40))] * 30), "text")
    assert (analysis.text, analysis.engines["text"].status) == ((), "empty")
    assert "text.recognizer" not in counters.calls


@pytest.mark.parametrize(("text", "kept"), [("K", False), ("3", True), ("茶", True), ("ok", True)])
def test_a_lone_letter_in_a_single_sample_is_no_text(text: str, kept: bool) -> None:
    assert bool(_link([[], [text], []])) is kept
    assert _link([[], [text], [text], []])
