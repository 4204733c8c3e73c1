"""What changes over time has a number in each window of the video, and what begins together is in step."""

from itertools import combinations

import pytest
from example_analyses import box, build, face, hand, shots
from timed_analysis import EXPECTED, timed

from services.features.compute import compute
from shared.catalogue.creative_density.kinds import ELEMENTS
from shared.catalogue.feature import Block
from shared.catalogue.registry import CATALOGUE
from shared.catalogue.timeline import WINDOWS
from shared.contracts.analysis import Analysis, Graphic, Objects, ObjectSample, SpeechSegment, TextOverlay
from shared.contracts.people import People

MIDDLE = box(0.4, 0.4, 0.2, 0.2)


@pytest.fixture(scope="module")
def timed_values() -> dict[str, float | str | None]:
    return compute(timed(), None).values


@pytest.mark.parametrize("name", EXPECTED)
def test_value_in_the_timed_analysis(timed_values: dict[str, float | str | None], name: str) -> None:
    assert timed_values[name] == pytest.approx(EXPECTED[name], abs=1e-6)


@pytest.mark.parametrize("timeline", [n.replace("_hook_", "_{window}_") for n in EXPECTED if "_hook_" in n])
def test_a_timeline_is_declared_for_every_window(timeline: str) -> None:
    found = {window: CATALOGUE.get(timeline.replace("{window}", window)) for window in WINDOWS}
    assert all((feature.block is Block.DYNAMICS) == window.startswith("middle_") for window, feature in found.items())
    assert all("{" not in f"{one.title} {one.definition} {one.undefined} {one.higher} {one.lower}" for one in found.values())


def test_a_clip_without_a_middle_has_hook_and_closing_only() -> None:
    vector = compute(build(5.0), None)
    assert (vector.values["person_hook_hands_share"], vector.values["person_closing_hands_share"]) == (0, 0)
    assert vector.missing["person_middle_1_hands_share"] == "the middle of a clip of 5.0 s has no segments"


def beginning(**later: float) -> Analysis:
    """10 s in which everything begins at 5 s; named kinds begin so much later."""
    at = {kind: 5.0 + later.get(kind, 0.0) for kind in ELEMENTS}
    looks = tuple(i / 4 for i in range(40))
    return build(
        10.0,
        scenes=shots(10.0, at["cut"]),
        text=(TextOverlay(start_s=at["text"], end_s=10.0, text="now", confidence=0.9, box=MIDDLE),),
        graphics=(Graphic(start_s=at["graphic"], end_s=10.0, kind="sticker", box=MIDDLE, confidence=0.9),),
        speech=(SpeechSegment(start_s=at["speech"], end_s=10.0),),
        objects=Objects(
            sampled_s=looks,
            found=tuple(ObjectSample(t_s=t, label="cup", confidence=0.9, box=MIDDLE) for t in looks if t >= at["object"]),
        ),
        people=People(
            sampled_s=looks,
            faces=tuple(
                face(t, MIDDLE, 0, yaw=0.0, roll=0.0, smile=0.1, mouth=0.1, expression_score=0.5,
                     expression="smile" if t >= at["expression"] else "neutral")
                for t in looks if t >= at["face"]
            ),
            poses=(),
            hands=tuple(hand(t, "right", "open_palm") for t in looks if t >= at["gesture"]),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("moved", ELEMENTS)
def test_what_begins_together_is_in_step_and_what_begins_later_is_not(moved: str) -> None:
    near, far = compute(beginning(), None).values, compute(beginning(**{moved: 1.0}), None).values
    later = {moved, "expression"} if moved == "face" else {moved}  # there is no expression before there is a face
    for first, second in combinations(ELEMENTS, 2):
        name = f"density_{first}_near_{second}_share"
        assert (near[name], far[name]) == (1, float((first in later) == (second in later))), name


def test_positions_of_what_begins_at_half_time() -> None:
    values = compute(beginning(), None).values
    expected = {
        "density_peak_position": 0.5, "density_layers_peak_position": 0.5, "person_largest_face_position": 0.5,
        "person_first_face_s": 5, "density_expression_with_object_share": 0.5, "emotion_peak_position": 0.5,
        "person_hook_face_share": 0, "scene_shortest_shot_position": 0,
    }  # fmt: skip
    assert {name: values[name] for name in expected} == expected
