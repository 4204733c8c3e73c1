"""What an overlay is: caption, title, sticker or a sign in the scene, by what happens around it and how it stands."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest

from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.kinds import kinds
from services.analyzer.engines.text.lines import Line, join_lines
from services.analyzer.engines.text.linking import Linker
from services.analyzer.engines.text.plate import on_plate
from services.analyzer.engines.text.region import Reading
from services.analyzer.engines.text.surround import Witness, at_edge, between
from services.analyzer.engines.text.tracks import Track
from services.analyzer.frames import Image
from tests.analyzer.clips import Picture, solid

FOOT = Rect(0.3, 0.8, 0.4, 0.04)
TITLE = Line(0, 6, "My honest review", 0.9, Rect(0.2, 0.15, 0.6, 0.08), height=0.08, put_on=3)


def _row(*words: str, put_on: int = 1) -> tuple[list[Line], list[tuple[float, float]]]:
    lines = [Line(2 * k, 2 * k + 1, word, 0.9, FOOT, height=0.04, put_on=put_on) for k, word in enumerate(words)]
    return lines, [(float(k), float(k + 1)) for k in range(len(words))]


def test_texts_that_take_turns_in_one_place_are_captions_one_alone_is_a_title() -> None:
    lines, spans = _row("so today", "we try", "a recipe")
    assert kinds([*lines, TITLE], [*spans, (0.0, 3.5)]) == ["caption", "caption", "caption", "title"]
    assert kinds(*_row("wait for it")) == ["title"]


def test_captions_far_apart_in_time_place_or_size_are_no_row() -> None:
    lines, _ = _row("so today", "we try", "a recipe")
    spread = [(0.0, 1.0), (4.0, 5.0), (8.0, 9.0)]
    assert kinds(lines, spread) == ["title"] * 3
    moved = [line._replace(box=FOOT._replace(y=0.2 + 0.3 * k)) for k, line in enumerate(lines)]
    assert kinds(moved, [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]) == ["title"] * 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (TITLE._replace(tilt=12.0), "sticker"),
        (TITLE._replace(text="SALE", backed=1.0), "sticker"),
        (TITLE._replace(backed=1.0), "title"),
        (TITLE._replace(in_scene=4), "scene"),
        (TITLE._replace(put_on=0), None),
        (TITLE._replace(put_on=2, in_scene=2), None),
    ],
)
def test_stickers_signs_and_what_nothing_tells(line: Line, kind: str | None) -> None:
    assert kinds([line], [(0.0, 3.5)]) == [kind]


def test_words_side_by_side_are_one_line() -> None:
    left = Line(0, 3, "two", 1.0, Rect(0.24, 0.76, 0.14, 0.04), height=0.04, aspect=0.5625)
    right = Line(0, 3, "red onions", 0.9, Rect(0.40, 0.76, 0.3, 0.04), height=0.04, aspect=0.5625)
    [joined] = join_lines([right, left])
    assert joined.text == "two red onions"
    far = right._replace(box=right.box._replace(x=0.6))
    assert len(join_lines([left, far])) == 2


def _busy(seed: int) -> Picture:
    noise = np.random.default_rng(seed).integers(20, 236, (200, 120, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (600, 1000), interpolation=cv2.INTER_CUBIC), np.uint8)


def _shown(ground: Picture, x: int, y: int, text: tuple[int, int] | None) -> tuple[Image, Rect]:
    """A window of the ground with or without lettering at a place in the window, in luma."""
    out = ground[y : y + 640, x : x + 360].copy()
    at = text or (0, 0)
    if text:
        cv2.rectangle(out, at, (at[0] + 140, at[1] + 28), (0, 0, 0), -1)
        cv2.putText(out, "BAKERY", (at[0] + 10, at[1] + 22), cv2.FONT_HERSHEY_DUPLEX, 0.8, (255, 255, 255), 2, cv2.LINE_AA)
    return np.asarray(cv2.cvtColor(out, cv2.COLOR_BGR2GRAY), np.uint8), Rect(at[0] / 360, at[1] / 640, 140 / 360, 28 / 640)


def test_a_text_over_a_moving_scene_or_a_cut_was_put_on() -> None:
    then, box = _shown(_busy(1), 50, 100, (100, 300))
    assert between(then, box, _shown(_busy(1), 57, 112, (100, 300))[0], box) is Witness.PUT_ON
    assert between(then, box, _shown(_busy(2), 50, 100, (100, 300))[0], box) is Witness.PUT_ON


def test_a_text_that_goes_with_its_surroundings_is_in_the_scene() -> None:
    then, box = _shown(_busy(1), 50, 100, (100, 300))
    now, there = _shown(_busy(1), 57, 112, (93, 288))
    assert between(then, box, now, there) is Witness.IN_SCENE


def test_a_text_that_moves_over_a_still_scene_was_put_on_one_that_stands_with_it_says_nothing() -> None:
    then, box = _shown(_busy(1), 50, 100, (100, 300))
    now, there = _shown(_busy(1), 50, 100, (93, 288))
    assert between(then, box, now, there) is Witness.PUT_ON
    assert between(then, box, then, box) is Witness.NOTHING


def test_appearing_in_a_still_scene_is_put_on_walking_in_at_the_rim_is_not() -> None:
    empty, _ = _shown(_busy(1), 50, 100, None)
    with_text, box = _shown(_busy(1), 50, 100, (100, 300))
    assert at_edge(with_text, box, empty) is Witness.PUT_ON
    assert at_edge(with_text, box, with_text) is Witness.NOTHING
    at_rim, rim = _shown(_busy(1), 50, 100, (1, 300))
    assert at_edge(at_rim, rim, empty) is Witness.NOTHING


@pytest.mark.parametrize("ground", [_busy(1), solid((90, 60, 40), width=600, height=1000)])
@pytest.mark.parametrize("plate", [True, False])
def test_a_plate_is_an_even_band_that_ends(plate: bool, ground: Picture) -> None:
    out = ground[:640, :360].copy()
    if plate:
        cv2.rectangle(out, (80, 280), (270, 350), (40, 40, 220), -1)
    cv2.putText(out, "SALE", (100, 328), cv2.FONT_HERSHEY_DUPLEX, 1.2, (255, 255, 255), 3, cv2.LINE_AA)
    quad = np.array([[94, 292], [200, 292], [200, 338], [94, 338]], np.float32)
    assert on_plate(out, quad) is plate


def _track(boxes: Sequence[Rect]) -> Track:
    track = Track(0, len(boxes) - 1)
    track.readings.extend(Reading("wait", 0.9, box, height=box.height) for box in boxes)
    return track


def test_a_text_moves_when_all_of_it_does() -> None:
    slide = [FOOT._replace(y=0.8 - 0.02 * k) for k in range(4)]
    grows = [FOOT._replace(width=0.1 + 0.1 * k) for k in range(4)]
    jitter = [FOOT._replace(x=0.3 + 0.004 * (k % 2)) for k in range(4)]
    assert [_track(boxes).line().moves for boxes in (slide, grows, jitter)] == [True, False, False]


def test_calls_and_letter_height_are_on_the_overlay() -> None:
    linker = Linker()
    for _ in range(3):
        linker.add([replace(Reading("Link in bio", 0.9, FOOT), height=0.035)])
    [overlay] = linker.overlays([0.0, 0.5, 1.0], 1.5)
    assert (overlay.calls, overlay.letter_height, overlay.moves, overlay.kind) == (("en",), 0.035, False, None)


def test_steps_name_who_stayed_came_and_went() -> None:
    linker = Linker()
    steps = [linker.add([Reading(text, 0.9, FOOT)] if text else []) for text in ("wait", "wait", "", "")]
    assert [(len(step.on), len(step.begun), len(step.gone)) for step in steps] == [(0, 1, 0), (1, 0, 0), (0, 0, 1), (0, 0, 0)]
    assert all(a is not b for a, b in pairwise(steps))
