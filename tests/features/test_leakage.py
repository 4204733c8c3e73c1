"""Outcomes can't reach a feature: not by value, not by type, not by any code that a vector runs through."""

import ast
import inspect
import typing
from collections.abc import Iterator

import pytest
from example_analyses import SHA
from random_analyses import random_analysis, random_record

from services.features import version
from services.features.binding import Formula
from services.features.clip import Clip
from services.features.compute import compute
from services.features.rows import AnalyzedVideo, build_rows
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef, Contract
from shared.contracts.bucket import Bucket
from shared.contracts.events import VideoAnalyzed
from shared.contracts.record import Outcome, ScrapedVideo, VideoRecord

COUNTED_AFTER = {"views", "likes", "comments", "shares", "saves", "reposts", "plays", "engagement_rate", "outcome"}
REF = ArtifactRef(key="public/videos/aa/x.mp4", sha256=SHA, size=1, media_type="video/mp4")
OUTCOMES = (
    Outcome(views=1, likes=0, comments=0, shares=0),
    Outcome(views=1000, likes=50, comments=3, shares=2),
    Outcome(views=90_000_000, likes=7_000_000, comments=123_456, shares=5, saves=99),
)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_outcome_every_column_is_the_same(seed: int) -> None:
    analysis = random_analysis(seed)
    record = random_record(seed, analysis.video.duration_s)
    event = VideoAnalyzed(
        event_id="e", client="acme", batch="b1", video_id=str(seed), bucket=Bucket.S0_15, video=REF, record=REF, analysis=REF,
        profile=analysis.profile,
    )  # fmt: skip
    rows = build_rows([AnalyzedVideo(event, analysis, ScrapedVideo(record=record, outcome=outcome)) for outcome in OUTCOMES])
    assert [row.outcome for row in rows] == list(OUTCOMES)
    assert rows[0].values == rows[1].values == rows[2].values
    assert rows[0].missing == rows[1].missing == rows[2].missing


def reachable(model: type[Contract], seen: set[type[Contract]]) -> Iterator[type[Contract]]:
    """The contract and all contracts in its fields, however deep."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in contracts_in(field.annotation):
            yield from reachable(inner, seen)


def contracts_in(annotation: object) -> Iterator[type[Contract]]:
    if inspect.isclass(annotation) and issubclass(annotation, Contract):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from contracts_in(argument)


def test_what_formulas_are_given_can_not_hold_an_outcome() -> None:
    given = typing.get_type_hints(Clip.__init__)
    assert given == {"analysis": Analysis, "record": VideoRecord | None, "return": type(None)}
    assert set(typing.get_type_hints(compute)) == {"analysis", "record", "return"}
    assert typing.get_args(Formula)[0] == [Clip] or typing.get_args(Formula)[0] is Clip
    contracts = [model for root in (Analysis, VideoRecord) for model in reachable(root, set())]
    assert Outcome not in contracts
    assert len(contracts) > 20
    assert {(model.__name__, name) for model in contracts for name in model.model_fields if name in COUNTED_AFTER} == set()


def test_no_code_that_a_vector_runs_through_can_name_an_outcome() -> None:
    for module in version.code_digests().keys() - {"shared.contracts.record"}:  # where the outcome is declared
        base = version.ROOT / module.replace(".", "/")
        path = base.with_suffix(".py") if base.with_suffix(".py").is_file() else base / "__init__.py"
        tree = ast.parse(path.read_text())
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert not names & {"Outcome", "ScrapedVideo", "FeatureRow"}, path
