"""Feature rows and the catalogue version."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from example_analyses import SHA, without
from hand_made_analyses import hand_made, hand_made_record

from services.features import statistics, version
from services.features.formulas import density, metadata, overlays
from services.features.rows import AnalyzedVideo, build_rows
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import VideoAnalyzed
from shared.contracts.failure import FailureReason
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import Outcome, ScrapedVideo
from shared.errors import BadInput

REF = ArtifactRef(key="public/videos/aa/x.mp4", sha256=SHA, size=1, media_type="video/mp4")
OUTCOME = Outcome(views=1000, likes=50, comments=3, shares=2)


def event(**more: object) -> VideoAnalyzed:
    base = {
        "event_id": "e", "client": "acme", "batch": "b1", "video_id": "7001", "bucket": Bucket.S0_15, "video": REF,
        "record": REF, "analysis": REF, "profile": "test-profile",
    }  # fmt: skip
    return VideoAnalyzed.model_validate(base | more)


def row(outcome: Outcome = OUTCOME, **more: object) -> FeatureRow:
    return built(event(**more), hand_made(), outcome)


def built(event: VideoAnalyzed, analysis: Analysis, outcome: Outcome = OUTCOME) -> FeatureRow:
    (only,) = build_rows([AnalyzedVideo(event, analysis, ScrapedVideo(record=hand_made_record(), outcome=outcome))])
    return only


def test_same_inputs_give_the_same_bytes_that_read_back() -> None:
    assert row().to_bytes() == row().to_bytes()
    assert FeatureRow.from_bytes(row().to_bytes()) == row()


def test_the_outcome_stands_beside_the_values_and_never_moves_them() -> None:
    other = Outcome(views=5_000_000, likes=1, comments=900_000, shares=77, saves=4)
    assert row().values == row(other).values
    assert row().missing == row(other).missing
    assert row(other).outcome == other
    assert not {"views", "likes", "comments", "shares", "saves", "engagement_rate"} & set(row().values)


def test_an_engine_that_did_not_look_is_named_with_its_reason() -> None:
    other = built(event(), without(hand_made(), EngineName.OBJECTS))
    assert (row().engines_off, other.engines_off) == ({}, {"objects": "switched off"})


@pytest.mark.parametrize(
    "more", [{"video_id": "7002"}, {"profile": "another"}, {"video": REF.model_copy(update={"sha256": "b" * 64})}]
)
def test_artifacts_of_another_video_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(BadInput) as caught:
        row(**more)
    assert caught.value.reason is FailureReason.INVALID_EVENT


def copied_version(monkeypatch: pytest.MonkeyPatch, root: Path) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(version, "ROOT", root)
        return version.catalogue_version.__wrapped__()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for room in ("services/features", "shared"):
        shutil.copytree(version.ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_changed_formula_changes_the_version_and_a_comment_does_not(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    before = copied_version(monkeypatch, copy)
    assert before == version.catalogue_version()
    formula = copy / "services/features/formulas/scene_pacing.py"
    text = formula.read_text()
    formula.write_text("# a comment\n" + text.replace('"""Formulas of scene_pacing."""', '"""Other words."""'))
    assert copied_version(monkeypatch, copy) == before
    formula.write_text(text.replace("10 * len(clip.cuts)", "11 * len(clip.cuts)"))
    assert copied_version(monkeypatch, copy) != before


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("services/features/intervals.py", True),
        ("shared/catalogue/languages.py", True),
        ("shared/contracts/bucket.py", True),
        ("services/features/handlers.py", False),
        ("services/features/explain/evidence.py", False),
        ("shared/contracts/analysis.py", False),
    ],
)
def test_only_what_a_vector_is_computed_with_counts(
    monkeypatch: pytest.MonkeyPatch, copy: Path, path: str, *, counts: bool
) -> None:
    (copy / path).write_text((copy / path).read_text() + "\nADDED = 1\n")
    assert (copied_version(monkeypatch, copy) != version.catalogue_version()) is counts


@pytest.mark.parametrize(
    ("path", "old", "new", "counts"),
    [
        ("spans.py", "return self.end_s - self.start_s", "return 2 * (self.end_s - self.start_s)", True),
        ("spans.py", "Length in seconds.", "How long it lasts.", False),
        ("bucket.py", "Bucket.S16_30: 30.0", "Bucket.S16_30: 31.0", True),
        ("analysis.py", "    thumbnails: ", "    added: float | None = None\n    thumbnails: ", False),
        ("people.py", "    framing: ", "    added: float | None = None\n    framing: ", False),
    ],
)
def test_what_a_contract_computes_counts_and_a_field_that_no_formula_reads_does_not(
    monkeypatch: pytest.MonkeyPatch, copy: Path, path: str, old: str, new: str, *, counts: bool
) -> None:
    contract = copy / "shared/contracts" / path
    before = contract.read_text()
    assert before.count(old) == 1
    contract.write_text(before.replace(old, new))
    assert (copied_version(monkeypatch, copy) != version.catalogue_version()) is counts


def changed(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, value: object) -> set[str]:
    """The features whose formula has another digest where a name of a module stands for something else."""
    before = {feature: version.formula_digest(feature) for feature in CATALOGUE.names()}
    monkeypatch.setattr(module, name, value)
    return {feature for feature in CATALOGUE.names() if version.formula_digest(feature) != before[feature]}


def test_a_formula_is_another_one_with_another_constant_list_or_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed(monkeypatch, density, "DENSE", 2.0) == {"density_class"}
    assert changed(monkeypatch, metadata, "GENERIC_TAGS", frozenset({"fyp"})) == {"meta_generic_hashtag_share"}
    assert changed(monkeypatch, overlays, "_shared_time", lambda _clip, _other: 0.0) == {
        "overlay_speech_share", "overlay_hands_share",
    }  # fmt: skip
    assert changed(monkeypatch, statistics, "fsum", sum) >= {"overlay_mean_duration_s", "speech_word_gap_s"}


def test_every_formula_has_its_own_digest_which_is_the_same_in_another_process() -> None:
    here = {name: version.formula_digest(name) for name in CATALOGUE.names()}
    code = (
        "import json; from services.features.version import *; "
        "print(json.dumps({name: formula_digest(name) for name in CATALOGUE.names()}))"
    )
    there = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=version.ROOT)
    assert json.loads(there.stdout) == here
    assert len(set(here.values())) == len(here)
