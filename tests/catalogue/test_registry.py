"""The declarations: complete, readable, found by name, and the same as the documents made from them."""

import math
import re
from collections import Counter

import jsonschema
import pytest

from shared.catalogue import docs
from shared.catalogue.feature import Analysis, Block, Feature, Kind, OutOfDomain, Source, Unit
from shared.catalogue.glossary import GLOSSARY, missing_words, unexplained
from shared.catalogue.registry import CATALOGUE, PREFIXES, Catalogue
from shared.catalogue.schema import values_schema
from shared.catalogue.words import format_range, format_value, instruction
from shared.contracts.analysis import EngineName
from shared.errors import UsageError

ALL = CATALOGUE.features()


def test_every_analysis_has_features_in_every_block() -> None:
    assert {(feature.analysis, feature.block) for feature in ALL} == {(a, b) for a in Analysis for b in Block}


def test_sources_are_named_as_engines_are() -> None:
    assert {engine.value for engine in EngineName} == {source.value for source in Source} - {"video", "metadata"}


@pytest.mark.parametrize("feature", ALL, ids=lambda feature: feature.name)
def test_a_declaration_is_complete(feature: Feature) -> None:
    assert feature.name.isidentifier()
    assert feature.name == feature.name.lower()
    assert feature.name.startswith(PREFIXES[feature.analysis])
    assert feature.title[0].isupper()
    assert not feature.title.endswith(".")
    assert feature.definition.endswith(".")
    assert feature.needs, "every feature comes from something"
    assert feature.missing_meaning.endswith(".")
    assert (feature.higher is None) == (feature.lower is None)
    assert feature.higher is None or feature.higher != feature.lower
    assert (feature.kind is Kind.ENUM) == bool(feature.options)
    assert len(set(feature.options)) == len(feature.options)
    if feature.kind is Kind.ENUM and feature.actionable:
        assert "{option}" in str(feature.higher)
        assert "{option}" in str(feature.lower)
    if feature.kind is Kind.COUNT:
        assert feature.noun


def test_titles_and_definitions_tell_features_apart() -> None:
    for attribute in ("title", "definition"):
        values = [getattr(feature, attribute) for feature in ALL]
        assert sorted({value for value in values if values.count(value) > 1}) == []


LEAST = {
    Analysis.CREATIVE_DENSITY: 89, Analysis.VISUAL_OVERLAY: 76, Analysis.EMOTIONAL_JOURNEY: 67, Analysis.PERSON_FRAMING: 52,
    Analysis.SCENE_PACING: 48, Analysis.SPEECH: 40, Analysis.METADATA: 60,
}  # fmt: skip


def test_every_analysis_has_at_least_the_features_that_users_were_promised() -> None:
    counts = Counter(feature.analysis for feature in ALL)
    assert {analysis: counts[analysis] for analysis in Analysis if counts[analysis] < LEAST[analysis]} == {}
    assert sum(LEAST.values()) == 432


def test_a_definition_read_alone_says_what_an_element_is() -> None:
    kinds = "(cut, text, speech, gesture, face)"
    for feature in ALL:
        if re.search(r"\belements?\b", feature.definition):
            assert feature.definition.count(kinds) == 1, feature.name


def test_every_word_of_a_name_is_explained() -> None:
    assert {feature.name: words for feature in ALL if (words := unexplained(feature))} == {}


def test_what_is_read_as_a_feeling_is_called_a_proxy_in_name_and_title() -> None:
    feelings = {"smile", "surprise", "frown", "mood", "valence", "sentiment"}
    named = [feature for feature in ALL if feelings & set(feature.name.split("_"))]
    assert len(named) > 15
    assert [feature.name for feature in named if "proxy" not in feature.name.split("_")] == []
    assert [feature.name for feature in ALL if "proxy" in feature.name.split("_") and "(proxy)" not in feature.title] == []


def test_the_glossary_has_only_words_that_some_name_needs() -> None:
    assert set(GLOSSARY) - {word for feature in ALL for word in missing_words(feature)} == set()


def test_a_name_that_nothing_explains_is_found() -> None:
    feature = Feature(**{**dict(CATALOGUE.get("scene_cut_count").declaration()), "name": "scene_cut_gloom"})  # type: ignore[arg-type]
    assert unexplained(feature) == ("gloom",)


def test_what_a_creator_cannot_change_has_no_instruction() -> None:
    fixed = {feature.name for feature in ALL if not feature.actionable}
    assert {"meta_creator_size", "meta_creator_followers_log10", "meta_language"} <= fixed
    assert len(fixed) < 15


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(UsageError, match="scene_cut_count"):
        CATALOGUE.get("scene_cuts_count")


def test_two_declarations_of_one_name_or_a_wrong_prefix_are_refused() -> None:
    feature = CATALOGUE.get("scene_cut_count")
    with pytest.raises(ValueError, match="declared twice"):
        Catalogue((feature, feature))
    with pytest.raises(ValueError, match="must start with"):
        Catalogue((Feature(**{**dict(feature.declaration()), "name": "cut_count"}),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scene_cut_count", 1.5), ("scene_cut_count", -1.0), ("scene_short_shot_share", 1.01), ("scene_hook_faster", 0.5),
        ("scene_pace_class", "neutral"), ("scene_pace_class", 1.0), ("scene_cut_count", "many"), ("scene_pace_trend", math.inf),
        ("scene_pace_trend", math.nan),
    ],
)  # fmt: skip
def test_out_of_domain_is_refused_by_name_and_value(name: str, value: float | str) -> None:
    with pytest.raises(OutOfDomain, match=name):
        CATALOGUE.get(name).check(value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("scene_cuts_per_10s", 4.234, "4.2 cuts per 10 s"), ("scene_short_shot_share", 0.347, "35%"),
        ("scene_first_cut_s", 1.84, "1.8 s"),
        ("scene_hook_faster", 1.0, "yes"), ("scene_hook_faster", 0.4, "40%"), ("scene_cut_count", 4.0, "4 cuts"),
        ("scene_cut_count", 4.5, "4.5 cuts"), ("scene_pace_class", "single_shot", "single shot"), ("overlay_time_trend", -0.25,
        "-25 percentage points"), ("emotion_loudness_trend_db", -0.04, "0.0 dB"), ("scene_first_cut_s", None, "not observed"),
    ],
)  # fmt: skip
def test_values_in_words(name: str, value: float | str | None, words: str) -> None:
    assert format_value(CATALOGUE.get(name), value) == words


def test_instructions_name_the_value_to_aim_for() -> None:
    feature = CATALOGUE.get("scene_cuts_per_10s")
    assert instruction(feature, "lower") == "Hold your shots longer"
    assert instruction(feature, "higher", 4.23) == (
        "Cut to a new shot more often (aim for about 4.2 cuts per 10 s, one every 2.4 s)"
    )
    assert instruction(feature, "higher", (5.0, 6.667)) == (
        "Cut to a new shot more often (aim for 5.0 to 6.7 cuts per 10 s, one every 1.5 to 2.0 s)"
    )
    assert instruction(CATALOGUE.get("meta_creator_size"), "higher") is None


@pytest.mark.parametrize(
    ("name", "low", "high", "words"),
    [
        ("scene_shot_median_s", 1.5, 2.0, "1.5 to 2.0 s"), ("scene_short_shot_share", 0.301, 0.299, "30%"),
        ("scene_cut_count", 3.0, 5.0, "3 to 5 cuts"), ("overlay_time_trend", -0.25, 0.1, "-25 to 10 percentage points"),
        ("speech_pitch_range_semitones", 4.0, 9.0, "4.00 to 9.00 semitones"),
    ],
)  # fmt: skip
def test_ranges_in_words(name: str, low: float, high: float, words: str) -> None:
    assert format_range(CATALOGUE.get(name), low, high) == words


@pytest.mark.parametrize("feature", [feature for feature in ALL if feature.actionable], ids=lambda feature: feature.name)
def test_every_instruction_can_be_given_with_what_to_aim_for(feature: Feature) -> None:
    for direction in ("higher", "lower"):
        plain, aimed = instruction(feature, direction), instruction(feature, direction, (0.2, 0.5))
        assert plain is not None
        assert aimed is not None
        assert aimed.startswith(plain)
        assert plain[0].isupper()
        assert not plain.endswith(".")
        assert ("aim for" in aimed) == (feature.kind not in (Kind.FLAG, Kind.ENUM))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("scene_shot_variation", "Mix long and short shots (variation of shot lengths: aim for 0.40 to 0.60)"),
        ("emotion_smile_proxy", "Smile more (smile: aim for 0.40 to 0.60 landmark ratio)"),
        (
            "overlay_time_trend",
            "Use more text towards the end (change of time with text: aim for 40 to 60 percentage points)",
        ),
        ("scene_longest_shot_position", "Put your longest take late (aim for 40 to 60% of the way through the video)"),
        ("meta_hashtag_position", "Put hashtags towards the end of the caption (aim for 40 to 60%)"),
        ("density_layers_mean", "Combine more of text, speech, face and hands (aim for 0.40 to 0.60 layers)"),
    ],
)
def test_an_instruction_says_what_its_number_is_of(name: str, told: str) -> None:
    assert instruction(CATALOGUE.get(name), "higher", (0.4, 0.6)) == told


def test_a_difference_of_rates_is_no_time_from_one_to_the_next() -> None:
    assert instruction(CATALOGUE.get("scene_pace_trend"), "higher", (1.0, 2.0)) == (
        "Cut faster towards the end (aim for 1.0 to 2.0 cuts per 10 s)"
    )


def example(feature: Feature) -> float | str:
    if feature.kind is Kind.ENUM:
        return feature.options[-1]
    return max(feature.low or 0.0, 0.0) if feature.unit is not Unit.LUFS else -14.0


def test_the_schema_accepts_what_the_declarations_allow_and_nothing_else() -> None:
    values = {feature.name: example(feature) for feature in ALL}
    validator = jsonschema.Draft202012Validator(values_schema())
    assert validator.is_valid(values)
    assert validator.is_valid(dict.fromkeys(CATALOGUE.names()))
    assert not validator.is_valid({**values, "scene_short_shot_share": 1.5})
    assert not validator.is_valid({**values, "scene_pace_class": "neutral"})
    assert not validator.is_valid({**values, "views": 1})


def test_the_document_names_every_feature_and_its_formula() -> None:
    page = docs.markdown({name: f"formula_of.{name}" for name in CATALOGUE.names()})
    assert all(f"`{name}`" in page and f"`formula_of.{name}`" in page for name in CATALOGUE.names())
