"""The text gate: strokes that stand are known again whatever moves behind them, and only new strokes call the detector."""

from collections.abc import Iterator
from fractions import Fraction

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.change import Watched
from services.analyzer.engines.text.gate import Gate
from services.analyzer.engines.text.plausible import believable, readable
from services.analyzer.engines.text.reader import Quad
from services.analyzer.engines.text.strokes import Strokes
from services.analyzer.frames import Image
from tests.analyzer.clips import Picture, lettered, solid, texture

GROUND = solid((90, 60, 40), width=360, height=640)
FPS = Fraction(10)


def _gray(picture: Picture) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _written(ground: Picture, text: str, *, x: int = 40, y: int = 200) -> tuple[Image, Quad]:
    """Outlined letters without a plate, in luma, with their quad."""
    out, face = ground.copy(), cv2.FONT_HERSHEY_DUPLEX
    (w, h), _ = cv2.getTextSize(text, face, 1.0, 2)
    cv2.putText(out, text, (x, y), face, 1.0, (0, 0, 0), 6, cv2.LINE_AA)
    cv2.putText(out, text, (x, y), face, 1.0, (255, 255, 255), 2, cv2.LINE_AA)
    corners = [[x - 4, y - h - 6], [x + w + 4, y - h - 6], [x + w + 4, y + 8], [x - 4, y + 8]]
    return _gray(out), np.array(corners, np.float32)


def _busy(seed: int) -> Picture:
    noise = np.random.default_rng(seed).integers(40, 200, (160, 90, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (360, 640), interpolation=cv2.INTER_LINEAR), np.uint8)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["power is", "50% OFF", "wait"]))
def test_strokes_stand_whatever_is_behind_them(seed: int, text: str) -> None:
    before, quad = _written(_busy(seed), text)
    now, _ = _written(_busy(seed + 1), text)
    assert Strokes.of(before, quad).stand_in(now)


@pytest.mark.parametrize(("one", "other"), [("day 1", "day 7"), ("power is", "desired"), ("12:30", "12:31"), ("wait", "")])
def test_another_text_or_none_in_the_same_place_is_noticed(one: str, other: str) -> None:
    before, quad = _written(_busy(1), one)
    assert not Strokes.of(before, quad).stand_in(_written(_busy(2), other)[0])


def test_letters_that_go_where_the_ground_has_their_grey_are_noticed() -> None:
    before, quad = _written(GROUND, "wait")
    assert not Strokes.of(before, quad).stand_in(_gray(solid((250, 250, 250), width=360, height=640)))


def test_a_text_that_moved_is_known_by_its_strokes() -> None:
    before, quad = _written(_busy(1), "power is")
    now, there = _written(_busy(2), "power is", x=70, y=330)
    found = Strokes.of(before, quad).moved_to(now, there + 3)
    assert found is not None
    assert found.quad == pytest.approx(there, abs=1)
    other, place = _written(_busy(2), "powder i", x=70, y=330)
    assert Strokes.of(before, quad).moved_to(other, place) is None


def test_light_and_soft_movement_do_not_call_the_detector_new_strokes_do() -> None:
    watched = Watched()
    patches = texture(1, width=360, height=660)
    assert watched.may_hold_new_text(_gray(patches[:640]), [])
    watched.searched(_gray(patches[:640]))
    soft = patches[9:649]
    assert not watched.may_hold_new_text(_gray(np.asarray(soft * 0.8, np.uint8)), [])
    shown = _written(soft, "follow")[0]
    assert watched.may_hold_new_text(shown, [])
    assert not watched.may_hold_new_text(shown, [Rect(30, 165, 130, 50)]), "a text that is known to stand there"


def test_faint_small_lettering_calls_the_detector() -> None:
    watched = Watched()
    watched.searched(_gray(GROUND))
    handle = GROUND.copy()
    cv2.putText(handle, "@maria", (20, 600), cv2.FONT_HERSHEY_DUPLEX, 0.45, (118, 88, 68), 1, cv2.LINE_AA)
    assert watched.may_hold_new_text(_gray(handle), [])


class Scripted:
    """A reader that finds one region in pictures with a bright pixel in it, and says what it is told to say."""

    def __init__(self, answers: Iterator[tuple[str, float]]) -> None:
        self.answers = answers

    def detect(self, image: Image) -> list[Quad]:
        return [np.array([[40, 170], [200, 170], [200, 210], [40, 210]], np.float32)] if image.max() > 200 else []

    def recognize(self, crop: Image) -> tuple[str, float]:  # noqa: ARG002 - it says what it is told to
        return next(self.answers)


def _counts(
    pictures: list[Picture], answers: list[tuple[str, float]], *, ungated: bool = False
) -> tuple[list[list[str]], dict[str, int]]:
    counters = Counters()
    gate = Gate(Scripted(iter(answers)), counters, ungated=ungated)
    return [[reading.text for reading in gate.read(picture, _gray(picture))] for picture in pictures], counters.calls


def test_a_text_that_stands_is_read_once_per_appearance() -> None:
    shown, empty = lettered(GROUND, "wait", y=0.31), GROUND
    pictures = [empty, shown, shown, shown, empty, empty, shown]
    texts, calls = _counts(pictures, [("wait", 0.95)] * 2)
    assert texts == [[], ["wait"], ["wait"], ["wait"], [], [], ["wait"]]
    assert calls == {"text.detector": 4, "text.regions": 2, "text.recognizer": 2}
    texts, calls = _counts(pictures, [("wait", 0.95)] * 4, ungated=True)
    assert texts == [[], ["wait"], ["wait"], ["wait"], [], [], ["wait"]]
    assert calls == {"text.detector": 7, "text.regions": 4, "text.recognizer": 4}


def test_an_unsure_reading_is_tried_once_more_and_the_surer_one_kept() -> None:
    texts, calls = _counts([lettered(GROUND, "wait", y=0.31)] * 4, [("walt", 0.75), ("wait", 0.85)])
    assert texts == [["walt"], ["wait"], ["wait"], ["wait"]]
    assert calls["text.recognizer"] == 2


def test_a_region_without_text_that_keeps_changing_is_read_less_and_less() -> None:
    pictures = [_busy(k) for k in range(9)]
    for picture in pictures:
        picture[0, 0] = 255  # so that the scripted reader sees a region
    _, calls = _counts(pictures, [("*", 0.4)] * 9)
    assert calls["text.recognizer"] <= 6, "twice, then in every second sample"


def test_what_is_no_text() -> None:
    assert not believable("O", 0.85)
    assert not believable("★★", 0.99)
    assert believable("wait for it", 0.75)
    assert not readable(Rect(0, 0, 1, 1))
