"""The text gate: strokes that stand are known again whatever moves behind them, and only new strokes call the detector."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, repeat

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.text.areas import Area, areas
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


WHOLE = [Area(0, 0, 360, 640)]


def _watching(gray: Image) -> Watched:
    watched = Watched()
    watched.searched(gray, WHOLE)
    return watched


def test_light_and_soft_movement_do_not_call_the_detector_new_strokes_do() -> None:
    patches = texture(1, width=360, height=660)
    assert Watched().changed(_gray(patches[:640]), []) == [Rect(0, 0, 360, 640)]
    watched = _watching(_gray(patches[:640]))
    soft = patches[9:649]
    assert not watched.changed(_gray(np.asarray(soft * 0.8, np.uint8)), [])
    shown = _written(soft, "follow")[0]
    [box] = watched.changed(shown, [])
    assert overlap(box, Rect(36, 172, 110, 40)) > 0.5, "only there"
    assert not watched.changed(shown, [Rect(30, 165, 130, 50)]), "a text that is known to stand there"


def _photo() -> Picture:
    """With edges everywhere, larger than a frame."""
    noise = np.random.default_rng(3).integers(40, 200, (36, 24, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (480, 720), interpolation=cv2.INTER_NEAREST), np.uint8)


def test_what_only_moved_does_not_call_the_detector_lettering_on_it_does() -> None:
    photo = _photo()
    watched = _watching(_gray(photo[20:660, 20:380]))
    moved = photo[26:666, 30:390]
    assert not watched.changed(_gray(moved), [])
    boxes = watched.changed(_written(moved, "follow")[0], [])
    assert any(overlap(box, Rect(36, 172, 110, 40)) > 0.3 for box in boxes)


def test_faint_small_lettering_calls_the_detector() -> None:
    handle = GROUND.copy()
    cv2.putText(handle, "@maria", (20, 600), cv2.FONT_HERSHEY_DUPLEX, 0.45, (118, 88, 68), 1, cv2.LINE_AA)
    assert _watching(_gray(GROUND)).changed(_gray(handle), [])


@pytest.mark.parametrize(("height", "width"), [(16, 640), (640, 16), (8, 8), (33, 17), (130, 640)])
def test_pictures_of_any_shape_can_be_watched(height: int, width: int) -> None:
    before, now = (np.random.default_rng(k).integers(0, 255, (height, width)).astype(np.uint8) for k in range(2))
    watched = Watched()
    watched.searched(before, [Area(0, 0, width, height)])
    assert all(0 <= box.x <= width and 0 <= box.y <= height for box in watched.changed(now, []))


def test_lettering_at_the_very_edge_of_a_still_picture_calls_the_detector() -> None:
    handle = GROUND.copy()
    cv2.putText(handle, "@maria", (20, 636), cv2.FONT_HERSHEY_DUPLEX, 0.35, (255, 255, 255), 1, cv2.LINE_AA)
    assert _watching(_gray(GROUND)).changed(_gray(handle), [])


PLACES = st.tuples(st.floats(0, 359), st.floats(0, 639), st.floats(1, 300), st.floats(1, 300))
RECTS = st.builds(lambda p: Rect(p[0], p[1], min(p[2], 360 - p[0]), min(p[3], 640 - p[1])), PLACES)


@given(st.lists(RECTS, max_size=6), st.lists(RECTS, max_size=4), st.sampled_from([32.0, 40.0, 37.5]))
def test_areas_hold_every_change_lie_apart_and_cut_no_known_text(changed: list[Rect], known: list[Rect], tile: float) -> None:
    found = areas(changed, known, WHOLE[0], tile)
    assert found == sorted(found)
    assert all(0 <= a.left < a.right <= 360 and 0 <= a.top < a.bottom <= 640 for a in found)
    assert not any(a.meets(b) for a in found for b in found if a != b)
    assert all(any(a.joined(Area.around(rect, 0)) == a for a in found) for rect in changed)
    for box in (Area.around(rect, 0).within(WHOLE[0]) for rect in known):
        assert all(a.joined(box) == a for a in found if a.meets(box))


class Scripted:
    """A reader that finds one region around all bright pixels, unless it is blind, and says what it is told to say."""

    def __init__(self, answers: Iterator[tuple[str, float]], sees: Iterator[bool] | None = None, together: int = 1) -> None:
        self.answers, self.sees = answers, repeat(True) if sees is None else sees
        self.together = together

    def detect(self, images: Sequence[Image], whole: int | None = None) -> list[list[Quad]]:  # noqa: ARG002 - it knows no scale
        return list(map(self._detect, images))

    def _detect(self, image: Image) -> list[Quad]:
        ys, xs = np.nonzero(image.max(axis=2) > 200)
        if not next(self.sees) or len(ys) == 0:
            return []
        (left, right), (top, bottom) = ((int(v.min()) - 4, int(v.max()) + 5) for v in (xs, ys))
        return [np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)]

    def tile(self, image: Image) -> float:  # noqa: ARG002 - the same for all
        return 40.0

    def recognize(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        return [next(self.answers) for _ in crops]

    def release(self) -> None:
        """It holds no memory."""


def _counts(
    pictures: list[Picture],
    answers: list[tuple[str, float]],
    *,
    sees: Sequence[bool] = (),
    ungated: bool = False,
) -> tuple[list[list[str]], dict[str, int]]:
    counters = Counters()
    gate = Gate(Scripted(iter(answers), chain(sees, repeat(True))), counters, ungated=ungated)
    return [[reading.text for reading in gate.read(picture, _gray(picture))] for picture in pictures], counters.calls


def test_a_text_that_stands_is_read_once_per_appearance_and_its_surroundings_only_are_searched() -> None:
    shown, empty = lettered(GROUND, "wait", y=0.31), GROUND
    pictures = [empty, shown, shown, shown, empty, empty, shown]
    texts, calls = _counts(pictures, [("wait", 0.95)] * 2)
    assert texts == [[], ["wait"], ["wait"], ["wait"], [], [], ["wait"]]
    assert (calls["text.detector"], calls["text.regions"], calls["text.recognizer"]) == (3, 2, 2), "it leaves plain ground"
    assert calls["text.detector_kilopixels"] < 1.8 * 360 * 640 / 1000, "the first picture, and less than half of two more"
    texts, calls = _counts(pictures, [("wait", 0.95)] * 4, ungated=True)
    assert texts == [[], ["wait"], ["wait"], ["wait"], [], [], ["wait"]]
    assert (calls["text.detector"], calls["text.regions"], calls["text.recognizer"]) == (7, 4, 4)


def test_a_text_that_travels_is_followed_without_the_recognizer() -> None:
    pictures = [lettered(GROUND, "wait", y=0.3 + 0.012 * k) for k in range(6)]
    texts, calls = _counts(pictures, [("wait", 0.95)])
    assert texts == [["wait"]] * 6
    assert (calls["text.detector"], calls["text.recognizer"]) == (2, 1), "the detector tells where it goes, once"


def test_a_text_that_the_detector_misses_while_it_stands_stays() -> None:
    first, other = lettered(GROUND, "wait", y=0.31), lettered(lettered(GROUND, "wait", y=0.31), "more", y=0.42)
    assert _counts([first, other], [("wait", 0.95)], sees=[True, False])[0] == [["wait"], ["wait"]]


def test_a_text_that_is_lost_among_strokes_is_sought_once_more() -> None:
    busy, answers = [_written_in(_busy(k), "follow me", dark=k > 0) for k in range(3)], [("follow me", 0.95)] * 2
    texts, _ = _counts([busy[0], busy[1], busy[1]], answers, sees=[True, False, True])
    assert texts == [["follow me"], [], ["follow me"]]


def _written_in(ground: Picture, text: str, *, dark: bool) -> Picture:
    """In white on a dark band, or the other way round."""
    out = ground.copy()
    out[160:220, 30:260] = 250 if dark else 5
    cv2.putText(out, text, (40, 200), cv2.FONT_HERSHEY_DUPLEX, 1.0, (5, 5, 5) if dark else (250, 250, 250), 2, cv2.LINE_AA)
    return out


def test_an_unsure_reading_is_tried_once_more_and_the_surer_one_kept() -> None:
    texts, calls = _counts([lettered(GROUND, "wait", y=0.31)] * 4, [("walt", 0.75), ("wait", 0.85)])
    assert texts == [["walt"], ["wait"], ["wait"], ["wait"]]
    assert calls["text.recognizer"] == 2


def test_a_text_that_is_read_at_the_second_try_was_there_at_the_first() -> None:
    counters, picture = Counters(), lettered(GROUND, "wait", y=0.31)
    gate = Gate(Scripted(iter([("wa1", 0.6), ("wait", 0.95)])), counters)
    assert gate.read(picture, _gray(picture)) == []
    assert [(reading.text, reading.late) for reading in gate.read(picture, _gray(picture))] == [("wait", 1)]
    assert [(reading.text, reading.late) for reading in gate.read(picture, _gray(picture))] == [("wait", 1)]


def test_what_holds_no_letters_is_read_once_while_it_stands() -> None:
    _, calls = _counts([lettered(GROUND, "wait", y=0.31)] * 4, [("***", 0.6)])
    assert calls["text.recognizer"] == 1


def test_a_region_without_text_that_keeps_changing_is_read_less_and_less() -> None:
    pictures = [_busy(k) for k in range(9)]
    for picture in pictures:
        picture[170, 40] = picture[210, 200] = 255  # so that the scripted reader sees a region
    _, calls = _counts(pictures, [("*", 0.4)] * 9)
    assert calls["text.recognizer"] <= 6, "twice, then in every second sample"


def test_what_is_no_text() -> None:
    assert not believable("O", 0.85)
    assert not believable("★★", 0.99)
    assert believable("wait for it", 0.75)
    assert not readable(Rect(0, 0, 1, 1))
