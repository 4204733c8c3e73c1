"""What holds for every feature: produced, in domain, never constant or repeated, null exactly where something is missing."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from example_analyses import build, report, without
from hand_made_analyses import hand_made, hand_made_record

import services.features
from services.features.binding import Unbound, bound, produces
from services.features.compute import Vector, compute, compute_all
from services.features.formulas import MODULES
from shared.catalogue.feature import OutOfDomain, Source
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis, Coverage, EngineName, EngineStatus, Objects
from shared.contracts.record import VideoRecord

Corpus = list[tuple[Analysis, VideoRecord, Vector]]

NOTHING = Objects(sampled_s=tuple(float(t) for t in range(10)), found=())


def test_every_vector_has_every_feature_in_order_and_a_reason_for_each_null(corpus: Corpus) -> None:
    for _, _, vector in corpus:
        assert tuple(vector.values) == CATALOGUE.names()
        assert set(vector.missing) == {name for name, value in vector.values.items() if value is None}
        assert all(reason.strip() for reason in vector.missing.values())


def test_videos_computed_side_by_side_have_the_vectors_that_each_has_alone(corpus: Corpus) -> None:
    assert compute_all((analysis, record) for analysis, record, _ in corpus) == [vector for _, _, vector in corpus]


def test_a_vector_leaves_nothing_for_the_garbage_collector(corpus: Corpus) -> None:
    """Or else a replay of thousands grows until it runs, and waits for it."""
    gc.collect()
    gc.disable()
    try:
        compute_all((analysis, record) for analysis, record, _ in corpus[:4])
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_declared_feature_without_a_formula_stops_the_program() -> None:
    with pytest.raises(Unbound, match="scene_never_declared"):
        bound((*CATALOGUE.names(), "scene_never_declared"), MODULES)


def test_a_formula_without_a_declaration_or_beside_another_stops_the_program() -> None:
    with pytest.raises(Unbound, match="does not declare"):
        produces("scene_never_declared")(lambda clip: clip.duration_s)
    with pytest.raises(Unbound, match="Two formulas"):
        produces("meta_duration_s")(lambda clip: clip.duration_s)


def test_a_value_out_of_its_domain_is_an_error_that_names_feature_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(services.features.compute.FORMULAS, "scene_short_shot_share", lambda _clip: 1.5)
    with pytest.raises(OutOfDomain, match=r"scene_short_shot_share is 1\.5.*0 to 1"):
        compute(hand_made(), None)


@pytest.mark.parametrize("engine", list(EngineName))
def test_an_engine_that_did_not_run_nulls_exactly_what_needs_it(corpus: Corpus, engine: EngineName) -> None:
    needing = {feature.name for feature in CATALOGUE.features() if Source(engine.value) in feature.needs}
    complete = [row for row in corpus if all(report.status is EngineStatus.OK for report in row[0].engines.values())]
    for analysis, record, before in complete[:12]:
        after = compute(without(analysis, engine), record)
        assert all(after.values[name] is None for name in needing)
        assert all(f"the {engine.value} engine did not run: switched off" == after.missing[name] for name in needing)
        assert all(after.values[name] == before.values[name] for name in CATALOGUE.names() if name not in needing)


def test_without_metadata_exactly_what_needs_it_is_null(corpus: Corpus) -> None:
    needing = {feature.name for feature in CATALOGUE.features() if Source.METADATA in feature.needs}
    for analysis, _, before in corpus[:12]:
        after = compute(analysis, None)
        assert {name for name in needing if after.missing.get(name) == "no metadata given"} == needing
        assert all(after.values[name] == before.values[name] for name in CATALOGUE.names() if name not in needing)


def test_an_engine_that_left_the_end_unseen_counts_as_not_having_looked() -> None:
    short = report(79.9).model_copy(update={"coverage": Coverage(first_s=0, last_s=49.5, largest_gap_s=0.5, samples=100)})
    analysis = build(79.9)
    vector = compute(analysis.model_copy(update={"engines": {**analysis.engines, EngineName.TEXT: short}}), None)
    assert vector.values["overlay_count"] is None
    assert vector.missing["overlay_count"] == "the text engine left 30.4 s of 79.9 s unseen, more than 2 s"


def test_a_feature_that_is_not_declared_undefined_always_exists_where_its_engines_looked() -> None:
    empty = compute(build(10.0, objects=NOTHING), hand_made_record())
    always = {feature.name for feature in CATALOGUE.features() if feature.undefined is None}
    assert [name for name in empty.missing if name in always] == []


def test_nothing_seen_is_zero_not_null() -> None:
    values = compute(build(10.0), None).values
    zero = (
        "overlay_count", "overlay_time_share", "speech_share", "person_face_share", "person_gesture_count", "scene_cut_count",
        "density_elements_per_s", "emotion_onsets_per_s", "speech_pause_max_s", "person_face_area_max", "speech_word_count",
        "speech_asks", "speech_calls", "speech_hook_asks", "emotion_expression_kinds", "emotion_smile_count_proxy",
        "emotion_strong_moment_count", "person_looks_per_10s", "person_longest_gaze_s",
    )  # fmt: skip
    assert {name: values[name] for name in zero} == dict.fromkeys(zero, 0.0)
    assert values["overlay_position"] == "none"
    assert values["overlay_first_s"] is None
    assert values["density_empty_share"] == 1.0


def test_what_never_happens_has_no_place_in_time() -> None:
    """A clip in which nothing happens has no busiest moment at its start: that would read as an early one."""
    vector = compute(build(10.0, objects=NOTHING), None)
    placed = {n for n in CATALOGUE.names() if n.endswith("_position") and n != "overlay_position"}
    assert {name: vector.values[name] for name in placed} == dict.fromkeys(placed)
    for name, reason in {
        "density_layers_peak_position": "there is never text, speech, a face or a hand",
        "density_lull_position": "no element begins",
        "emotion_most_motion_position": "the picture never changes",
        "emotion_loudest_position": "there is no sound above -60 dBFS",
        "scene_longest_shot_position": "nothing is cut",
    }.items():
        assert vector.missing[name] == reason


def test_same_bytes_in_every_process() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from random_analyses import random_analysis, random_record\n"
        "from services.features.compute import compute\n"
        "from services.features.version import catalogue_version\n"
        "print(catalogue_version())\n"
        "for seed in range(8):\n"
        "    analysis = random_analysis(seed)\n"
        "    print(compute(analysis, random_record(seed, analysis.video.duration_s)))\n"
    )
    folder = str(Path(__file__).parent)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, folder], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "4711")
    }
    assert len(outputs) == 1
