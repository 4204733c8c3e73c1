"""What changes at a cut is read off the shots on its two sides, wherever between two looks the cut falls."""

import pytest
from example_analyses import box, build, face, look, shots
from hypothesis import given
from hypothesis import strategies as st

from services.features.compute import compute
from services.features.grid import beside
from shared.contracts.analysis import Analysis, Audio
from shared.contracts.people import FaceSample, Framing, People

MIDDLE = box(0.4, 0.4, 0.2, 0.2)
LOOKS, STEPS = tuple(round(i / 3, 3) for i in range(24)), range(32)


def seen(t_s: float) -> FaceSample:
    return face(t_s, MIDDLE, 0, yaw=0.0, roll=0.0, smile=0.0, mouth=0.0)


def level(start_s: float, cut_s: float) -> float:
    """-40 dB before the cut and -10 after it, in between where the cut falls into the step."""
    return -40.0 + 30.0 * min(1.0, max(0.0, (start_s + 0.25 - cut_s) / 0.25))


def black_to_white(cut_s: float) -> Analysis:
    """8 s: dark, quiet, with a face in close-up; from the cut on bright and loud, with somebody in full but no face."""
    return build(
        8.0,
        scenes=shots(8.0, cut_s),
        visuals=tuple(look(i / 2, float(i / 2 >= cut_s), 0.2, 0.3, 0.5, 10.0, 0.1) for i in range(16)),
        people=People(
            sampled_s=LOOKS, faces=tuple(seen(t_s) for t_s in LOOKS if t_s < cut_s), poses=(), hands=(),
            framing=tuple(Framing(t_s=t_s, size="close_up" if t_s < cut_s else "full") for t_s in LOOKS),
        ),
        audio=Audio(
            step_s=0.25, level_db=tuple(level(i / 4, cut_s) for i in STEPS), brightness_hz=(100.0,) * 32, onsets_s=(),
            silences=(),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("cut_s", [3.0, 3.03, 3.07, 3.2, 3.25, 3.3, 3.334, 3.37, 3.45, 3.5])
def test_a_change_at_a_cut_is_whole_wherever_the_cut_falls(cut_s: float) -> None:
    values = compute(black_to_white(cut_s), None).values
    assert values["scene_cut_brightness_step"] == 1
    assert values["person_face_after_cut_share"] == 0
    assert values["person_reframed_cut_share"] == 1
    assert values["emotion_cut_loudness_step_db"] == pytest.approx(30)


def test_a_shot_that_nobody_looked_at_says_nothing_about_its_cuts() -> None:
    between = black_to_white(3.05).model_copy(update={"scenes": shots(8.0, 3.05, 3.2)})
    vector = compute(between, None)
    assert vector.missing["scene_cut_brightness_step"] == "there are no cuts between shots that were looked at"
    assert vector.missing["person_reframed_cut_share"] == "there are no cuts from person to person"
    assert vector.missing["emotion_cut_loudness_step_db"] == "there are no cuts with measured sound on both sides"
    assert vector.values["person_face_after_cut_share"] == 0, "the last shot was looked at"


def test_a_look_at_the_first_frame_after_a_cut_is_after_it_whatever_the_rounding() -> None:
    assert beside((0.0, 3.033, 6.0667), (3.0333, 6.067)) == [(0, 1), (1, 2)]


times = st.lists(st.integers(0, 9_000).map(lambda ms: ms / 1000), max_size=12, unique=True).map(sorted)


@given(times, times)
def test_the_looks_beside_a_cut_are_the_nearest_ones_in_its_shots(looks: list[float], edges: list[float]) -> None:
    cuts = [edge for edge in edges if edge > 0.0]
    shots_of = list(zip([-1.0, *cuts], [*cuts, 10.0], strict=True))
    for i, (before, after) in enumerate(beside(looks, cuts)):
        earlier, later = ([t for t in looks if start <= t < end] for start, end in shots_of[i : i + 2])
        assert (None if before is None else looks[before]) == (earlier[-1] if earlier else None)
        assert (None if after is None else looks[after]) == (later[0] if later else None)
