"""Truth and findings side by side: what counts as found, and what does not."""

import pytest

from samples.storyboard import PLANTED
from samples.truth import CHOICES, SampleVideo, Truth
from samples.verdict import compare
from shared.catalogue.feature import Kind
from shared.catalogue.registry import CATALOGUE
from shared.contracts.findings import Evidence, Findings, Label, Pattern, Usable, Verdict

LEVELS = (0.1, 0.3, 0.5, 0.7)


def _truth() -> Truth:
    knobs = {f"v{i}": dict.fromkeys(PLANTED, level) for i, level in enumerate(LEVELS)}
    videos = {
        name: SampleVideo(bucket="0-15s", engagement_rate=0.1, knobs=values, shots=(), texts=(), speech=())
        for name, values in knobs.items()
    }
    return Truth(seed=1, explained=0.8, choices=CHOICES, videos=videos)


def _pattern(feature: str, direction: str, *, label: Label = Label.STRONG, aliases: tuple[str, ...] = ()) -> Pattern:
    return Pattern.model_validate(
        {
            "id": f"p-{feature}-{direction}",
            "features": (feature,),
            "direction": direction,
            "label": label,
            "effect": 0.5 if direction == "higher" else -0.5,
            "interval": (0.2, 0.7),
            "p_value": 0.001,
            "q_value": 0.01,
            "n": 32,
            "consensus": (),
            "tiers": (),
            "also_known_as": aliases,
        }
    )


def _findings(*patterns: Pattern, evidence: tuple[Evidence, ...] = ()) -> Findings:
    return Findings(
        target="engagement_rate",
        verdict=Verdict.TRAINED,
        verdict_sentence="",
        counts=Usable(planned=32, usable=32, failed=0),
        performance=None,
        patterns=patterns,
        models=(),
        checks=(),
        evidence=evidence,
        features_tested=10,
        seed=0,
        data_sha256="0" * 64,
        libraries={},
    )


def _evidence(feature: str, sign: int) -> tuple[Evidence, ...]:
    return tuple(Evidence(row_id=f"v{i}", target=0.1, values={feature: sign * level}) for i, level in enumerate(LEVELS))


def test_every_planted_knob_has_a_choice_with_features_of_the_catalogue() -> None:
    assert [choice.knob for choice in CHOICES] == list(PLANTED)
    for choice in CHOICES:
        assert (choice.direction == "higher") == (PLANTED[choice.knob][1].sign > 0)
        for name in choice.features:
            column, _, option = name.partition("=")
            feature = next(feature for feature in CATALOGUE.features() if feature.name == column)
            assert (feature.kind is Kind.ENUM) == bool(option)
            assert not option or option in feature.options


def test_no_feature_stands_for_two_choices() -> None:
    names = [name for choice in CHOICES for name in choice.features]
    assert len(names) == len(set(names))


def test_the_right_direction_counts_and_the_wrong_one_is_reported_as_unplanted() -> None:
    found = compare(_truth(), _findings(_pattern("overlay_first_s", "lower"), _pattern("person_face_share", "lower")))
    assert [verdict.found for verdict in found.choices] == [False, True, False]
    assert [pattern.features for pattern in found.unplanted] == [("person_face_share",)]


def test_an_emerging_pattern_is_a_hint_and_not_a_find() -> None:
    found = compare(_truth(), _findings(_pattern("scene_cuts_per_10s", "higher", label=Label.EMERGING)))
    assert not found.choices[0].found
    assert found.unplanted == ()
    assert "Only hinted at" in found.lines()[0]


@pytest.mark.parametrize(("sign", "direction", "expected"), [(1, "higher", True), (-1, "lower", True), (1, "lower", False)])
def test_an_alias_counts_when_its_feature_moves_with_the_knob(sign: int, direction: str, expected: bool) -> None:
    pattern = _pattern("unlisted", direction, aliases=("person_face_share",))
    found = compare(_truth(), _findings(pattern, evidence=_evidence("unlisted", sign)))
    assert found.choices[2].found is expected


def test_an_alias_without_values_proves_nothing() -> None:
    found = compare(_truth(), _findings(_pattern("unlisted", "higher", aliases=("person_face_share",))))
    assert not found.choices[2].found
    assert len(found.unplanted) == 1


def test_lines_say_what_was_not_found_and_what_was_not_planted() -> None:
    lines = compare(_truth(), _findings(_pattern("meta_post_hour", "higher"))).lines()
    assert len(lines) == 4
    assert all(line.endswith("Not found.") for line in lines[:3])
    assert "meta_post_hour higher (STRONG)" in lines[3]
    assert compare(_truth(), _findings()).lines()[3] == "Nothing was reported that was not planted."
