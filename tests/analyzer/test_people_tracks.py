"""Following faces from sample to sample, and people across cuts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.portraits import Shot, background, place, portraits
from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.people.persons import Persons
from services.analyzer.engines.people.tracks import Tracker
from services.analyzer.engines.people.view import View, Watch
from tests.analyzer.clips import portrait, texture, write_clip

SEEDS = st.integers(0, 10_000)
LEFT, RIGHT = Rect(0.1, 0.1, 0.2, 0.2), Rect(0.6, 0.1, 0.2, 0.2)


def test_tracks_follow_faces_and_end_at_a_cut() -> None:
    tracker = Tracker()
    assert tracker.link([LEFT, RIGHT], 0.0) == [0, 1]
    assert tracker.link([RIGHT._replace(x=0.65), LEFT._replace(x=0.15)], 0.33) == [1, 0]
    assert tracker.link([LEFT], 0.66) == [0]
    assert tracker.link([LEFT, RIGHT], 1.2) == [0, 1], "a face may be missed for a second"
    assert tracker.link([RIGHT], 3.0) == [2]
    tracker.cut()
    assert tracker.link([RIGHT], 3.3) == [3]


def test_tracks_go_with_the_camera() -> None:
    still, panned = Tracker(), Tracker()
    for tracker in (still, panned):
        tracker.link([LEFT], 0.0)
    panned.move((0.3, 0.0))
    beyond = LEFT._replace(x=LEFT.x + 0.3)
    assert (still.link([beyond], 0.33), panned.link([beyond], 0.33)) == ([1], [0])


def _boxes(seed: int) -> tuple[list[Rect], list[Rect]]:
    """The boxes of two samples, some of them near one another."""
    rng = np.random.default_rng(seed)
    first = [Rect(*rng.uniform(0, 0.8, 2), *rng.uniform(0.05, 0.3, 2)) for _ in range(rng.integers(0, 6))]
    near = [box._replace(x=box.x + rng.normal(0, 0.1), y=box.y + rng.normal(0, 0.1)) for box in first if rng.random() < 0.7]
    new = [Rect(*rng.uniform(0, 0.8, 2), *rng.uniform(0.05, 0.3, 2)) for _ in range(rng.integers(0, 3))]
    return first, near + new


@given(SEEDS, st.randoms())
def test_no_two_boxes_share_a_track_and_their_order_decides_nothing(seed: int, shuffler: Any) -> None:
    first, second = _boxes(seed)
    tracker, other = Tracker(), Tracker()
    assert tracker.link(first, 0.0) == other.link(first, 0.0)
    numbers = dict(zip(second, tracker.link(second, 0.3), strict=True))
    assert len(set(numbers.values())) == len(second)
    mixed = list(second)
    shuffler.shuffle(mixed)
    known = range(len(first))
    again = dict(zip(mixed, other.link(mixed, 0.3), strict=True))
    assert {box: k for box, k in again.items() if k in known} == {box: k for box, k in numbers.items() if k in known}


@given(SEEDS)
def test_mirrored_boxes_have_the_same_tracks(seed: int) -> None:
    tracker, mirrored = Tracker(), Tracker()
    for k, boxes in enumerate(_boxes(seed)):
        turned = [box._replace(x=1 - box.x - box.width) for box in boxes]
        assert mirrored.link(turned, k * 0.3) == tracker.link(boxes, k * 0.3)


def _look(kind: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A look that has nothing in common with those of other kinds."""
    look = np.zeros((25, 59))
    look[:, kind] = 1
    return look.ravel()


def _persons(*tracks: tuple[int, list[float], int | None], cuts: tuple[float, ...] = ()) -> Persons:
    """Tracks as (number, sample times, look); cuts before the first sample at or after each time."""
    persons, ahead = Persons(), list(cuts)
    for t_s in sorted({t for _, times, _ in tracks for t in times}):
        while ahead and ahead[0] <= t_s:
            persons.cut()
            ahead.pop(0)
        persons.sample()
        for number, times, kind in tracks:
            if t_s in times:
                persons.add_face(number, t_s, LEFT, None if kind is None else _look(kind))
    return persons


def test_a_person_is_known_again_after_a_cut_and_nobody_is_two_people_at_once() -> None:
    persons = _persons((0, [0, 1], 0), (1, [2, 3], 1), (2, [4, 5], 0), (3, [4, 5], 0), cuts=(2, 4))
    assert persons.numbers() == {0: 0, 1: 1, 2: 0, 3: 2}
    found = [
        (one.track, one.start_s, one.end_s, one.samples) for one in persons.tracks(persons.numbers(), [0, 1, 2, 3, 4, 5], 5.5)
    ]
    assert found == [(0, 0, 5.5, 4), (1, 2, 4, 2), (2, 4, 5.5, 2)]


def test_a_person_seen_last_is_held_to_the_end_only_where_that_was_seen() -> None:
    persons = _persons((0, [0, 1, 2], 0))
    ends = [persons.tracks(persons.numbers(), [0, 1, 2], duration_s)[0].end_s for duration_s in (2.0, 3.4, 3.6)]
    assert ends == [2.001, 3.4, 2.5]


def test_faces_without_a_look_are_never_taken_for_one_another() -> None:
    assert _persons((0, [0, 1], None), (1, [2, 3], None), cuts=(2,)).numbers() == {0: 0, 1: 1}


def test_a_glimpse_is_no_person_unless_its_shot_had_one_sample() -> None:
    persons = _persons((0, [0, 1, 2], 0), (1, [1], 1), (2, [3], 2), cuts=(3,))
    assert [one.track for one in persons.tracks(persons.numbers(), [0, 1, 2, 3], 4.0)] == [0, 2]
    assert persons.numbers()[1] == 1, "it has a number all the same"


def test_what_becomes_of_a_picture() -> None:
    watch = Watch()
    wide = np.asarray(cv2.resize(portrait(), (540, 960)), np.uint8)
    assert watch.compare(wide[:640, :360]).view is View.NEW
    assert watch.compare(wide[:640, :360]).view is View.SAME
    view, (across, down) = watch.compare(wide[64:704, 36:396])
    assert (view, across, down) == (View.CHANGED, pytest.approx(-0.1, abs=0.02), pytest.approx(-0.1, abs=0.02))
    assert watch.compare(texture(4, width=360, height=640)).view is View.NEW


def test_two_people_in_four_shots_are_two(shared_data: Path, tmp_path: Path, watch: Callable[..., Any]) -> None:
    named = {one.name: one for one in portraits()}
    if "collins" not in named:
        pytest.skip(f"this test needs video/generated/clip15.mp4 in {shared_data.name}")
    rng = np.random.default_rng(1)
    shots = [
        Shot(background(rng), (place(rng, named[name], width, mirrored=False),), 12)
        for name, width in (("hopper", 0.4), ("collins", 0.3), ("hopper", 0.25), ("collins", 0.45))
    ]
    clip_path = write_clip(tmp_path / "v.mp4", (picture for shot in shots for picture in shot.pictures()))
    analysis, _ = watch(clip_path, "people")
    assert len(analysis.people.tracks) == 2
    assert [{face.expression for face in analysis.people.faces if face.track == k} for k in (0, 1)] == [{"neutral"}, {"smile"}]
