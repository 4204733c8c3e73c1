"""Any number can be traced to the seconds of video it came from."""

from pathlib import Path

import pytest
from example_analyses import box
from hand_made_analyses import hand_made, hand_made_record

from services.features.compute import FORMULAS, Vector, compute
from services.features.explain.explanation import Explanation, explain
from shared.catalogue.registry import CATALOGUE
from shared.errors import UsageError

EVERY = 7
"""An explanation computes a feature once per piece of evidence, so not every feature is explained here."""


def spans(explanation: Explanation) -> list[tuple[str, float, float, object]]:
    return [(one.what, one.start_s, one.end_s, one.value_without) for one in explanation.decisive]


def test_a_count_is_traced_to_every_item_it_counts() -> None:
    explanation = explain("overlay_count", hand_made(), hand_made_record())
    assert explanation.value == 3.0
    assert spans(explanation) == [
        ('text "STOP scrolling!"', 0.0, 3.0, 2.0),
        ('text "3 tips"', 2.0, 4.0, 2.0),
        ('text "Link in bio"', 9.0, 12.0, 2.0),
    ]
    assert explanation.decisive[1].frames == (60, 119)


def test_a_maximum_is_traced_to_the_item_that_reaches_it() -> None:
    explanation = explain("overlay_call_in_closing", hand_made(), hand_made_record())
    assert spans(explanation) == [('text "Link in bio"', 9.0, 12.0, 0.0)]


def test_cuts_are_moments_and_their_shots_are_joined() -> None:
    explanation = explain("scene_cut_count", hand_made(), hand_made_record())
    assert [(start, without) for _, start, _, without in spans(explanation)] == [(2.0, 3.0), (3.0, 3.0), (4.0, 3.0), (9.0, 3.0)]


def test_what_nothing_decides_alone_rests_on_the_kinds_that_matter() -> None:
    """Of texts, cuts and sounds only the texts are at the bottom, and each of them alone could go."""
    low = tuple(text.model_copy(update={"box": box(0.3, 0.8, 0.4, 0.1)}) for text in hand_made().text or ())
    explanation = explain("overlay_bottom_share", hand_made().model_copy(update={"text": low}), hand_made_record())
    assert (explanation.value, explanation.decisive) == (1.0, ())
    assert [one.what for one in explanation.together] == ['text "STOP scrolling!"', 'text "3 tips"', 'text "Link in bio"']
    whole = explain("emotion_lufs", hand_made(), hand_made_record())
    assert [one.what for one in whole.decisive] == ["loudness of the whole sound"]
    dark = tuple(one.model_copy(update={"brightness": 0.05}) for one in hand_made().visuals or ())
    night = explain("emotion_dark_share", hand_made().model_copy(update={"visuals": dark}), hand_made_record())
    assert (night.value, {one.what for one in night.together}) == (1.0, {"picture"})


@pytest.mark.parametrize("name", [feature.name for feature in CATALOGUE.features() if feature.needs][::EVERY])
def test_a_number_above_zero_has_evidence_or_known_facts(vector: Vector, name: str) -> None:
    explanation = explain(name, hand_made(), hand_made_record())
    if isinstance(explanation.value, float) and explanation.value:
        assert explanation.decisive or explanation.together or explanation.known


def test_metadata_is_shown_as_known_facts() -> None:
    explanation = explain("meta_hashtag_count", hand_made(), hand_made_record())
    assert explanation.known["metadata.hashtags"] == list(hand_made_record().hashtags)


def test_what_is_missing_keeps_its_reason() -> None:
    explanation = explain("meta_hashtag_count", hand_made(), None)
    assert (explanation.value, explanation.missing) == (None, "no metadata given")


@pytest.fixture(scope="module")
def vector() -> Vector:
    return compute(hand_made(), hand_made_record())


@pytest.mark.parametrize("name", [*CATALOGUE.names()[::EVERY], "density_middle_1_layers"])
def test_a_feature_has_the_value_of_the_vector_and_a_formula_that_is_there(vector: Vector, name: str) -> None:
    explanation = explain(name, hand_made(), hand_made_record())
    assert (explanation.value, explanation.missing) == (vector.values[name], vector.missing.get(name))
    path, line = explanation.formula.split(":")
    source = (Path(__file__).parents[2] / path).read_text(encoding="utf-8").splitlines()
    assert FORMULAS[name].__module__.endswith(Path(path).stem)
    assert int(line) <= len(source)
    assert source[int(line) - 1].strip().startswith(("@produces", "def "))


def test_an_unknown_feature_is_one_sentence() -> None:
    with pytest.raises(UsageError, match="No feature is called 'overlay_cuont'"):
        explain("overlay_cuont", hand_made(), None)
