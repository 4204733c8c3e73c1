"""Every pattern lists the seconds of video where its top rows show it."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from services.console.commands.train import train as train_command
from services.features.compute import compute
from services.features.explain.sightings import TRACER
from services.features.version import catalogue_version
from services.trainer.page.render import page
from services.trainer.sightings import with_sightings
from services.trainer.worker import handle
from shared.artifacts import ArtifactStore
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef
from shared.contracts.feature_row import FeatureRow
from shared.contracts.findings import Findings
from shared.errors import UsageError
from shared.tracing import Tracer
from tests.features.example_analyses import build, shots
from tests.trainer.tables import feature_rows
from tests.trainer.test_worker_trainer import CONTEXT

ROWS = 24
DURATION_S = 20.0
KEPT = ("scene_cut_count", "overlay_count", "emotion_music_share")


def _analysis(cuts: int) -> Analysis:
    return build(DURATION_S, scenes=shots(DURATION_S, *(1.5 * (cut + 1) for cut in range(cuts))))


@pytest.fixture(scope="module")
def videos() -> dict[str, Analysis]:
    """Videos by id; the later the id, the more cuts."""
    return {f"v{row:03d}": _analysis(row // 2) for row in range(ROWS)}


@pytest.fixture(scope="module")
def rows(videos: dict[str, Analysis]) -> list[FeatureRow]:
    """A few features of each video; the engagement follows the cuts."""
    rng = np.random.default_rng(0)
    made = []
    for base, (video_id, analysis) in zip(feature_rows(ROWS), videos.items(), strict=True):
        values = compute(analysis, None).values
        likes = int(200 * np.exp(0.4 * float(values["scene_cut_count"] or 0) + 0.2 * rng.normal()))
        update = {
            "video_id": video_id,
            "catalogue_version": catalogue_version(),
            "values": {name: values[name] for name in KEPT if values[name] is not None} | {"noise": float(rng.normal())},
            "missing": {},
            "outcome": base.outcome.model_copy(update={"likes": likes}),
        }
        made.append(base.model_copy(update=update))
    return made


@pytest.fixture(scope="module")
def told(rows: list[FeatureRow], videos: dict[str, Analysis], tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What the worker makes of the rows and analyses in a store."""
    store = ArtifactStore.open(tmp_path_factory.mktemp("store").as_uri())
    placed = [row.model_copy(update={"analysis": _put(store, videos[row.video_id].to_bytes())}) for row in rows]
    order = {
        "store_url": store.url,
        "rows": [_put(store, row.to_bytes()).model_dump() for row in placed],
        "planned": ROWS,
        "failures": {},
        "context": CONTEXT.model_dump(mode="json"),
    }
    answer = json.loads(handle(json.dumps(order).encode()))
    return Findings.from_bytes(store.get(ArtifactRef.model_validate(answer["findings"])))


def _put(store: ArtifactStore, data: bytes) -> ArtifactRef:
    return store.put("clients/acme/features", data, suffix=".json", media_type="application/json")


@pytest.fixture(scope="module")
def findings(told: Findings) -> Findings:
    """The same without what was traced."""
    assert told.patterns[0].features == ("scene_cut_count",)
    return told.model_copy(update={"patterns": tuple(one.model_copy(update={"sightings": ()}) for one in told.patterns)})


def _codes(findings: Findings) -> list[str]:
    return [check.code for check in findings.checks]


def test_supporting_and_contradicting_rows_carry_their_seconds(told: Findings, videos: dict[str, Analysis]) -> None:
    pattern = told.patterns[0]
    assert [seen.row_id for seen in pattern.sightings] == [*pattern.supporting, *pattern.contradicting]
    for seen in pattern.sightings:
        cuts = [shot.start_s for shot in videos[seen.row_id].scenes or ()][1:]
        assert seen.value == len(cuts)
        assert [moment.start_s for moment in seen.moments] == cuts[: len(seen.moments)]
        assert len(seen.moments) + seen.more == len(cuts)
    assert "RUM021" not in _codes(told)
    shown = page(told).decode()
    assert "Where it shows in these videos" in shown
    assert "1.5 s cut; 3.0 s cut" in shown


def test_a_lost_analysis_is_named_and_the_others_are_traced(findings: Findings, videos: dict[str, Analysis]) -> None:
    lost = findings.patterns[0].supporting[0]
    told = with_sightings(findings, {row: one for row, one in videos.items() if row != lost}.get, TRACER)
    assert lost in told.checks[-1].sentence
    assert told.checks[-1].code == "RUM021"
    assert {seen.row_id for seen in told.patterns[0].sightings} == {
        *told.patterns[0].supporting, *told.patterns[0].contradicting
    } - {lost}  # fmt: skip


def test_an_analysis_that_made_another_value_shows_nothing(findings: Findings, videos: dict[str, Analysis]) -> None:
    told = with_sightings(findings, lambda _: _analysis(1), TRACER)
    for seen in told.patterns[0].sightings:
        assert seen.moments == ()
        assert seen.note is not None
        assert seen.note.startswith("The analysis gives 1 where the row has ")


@pytest.mark.parametrize(
    ("tracer", "words"),
    [(None, "no installed package can trace"), (Tracer(lambda: "another", TRACER.trace), "and this installation has another")],
)
def test_what_can_not_be_traced_is_a_check(
    findings: Findings, videos: dict[str, Analysis], tracer: Tracer | None, words: str
) -> None:
    told = with_sightings(findings, videos.get, tracer)
    assert told.patterns == findings.patterns
    assert told.checks[-1].code == "RUM021"
    assert words in told.checks[-1].sentence


def test_without_patterns_no_analysis_is_read(findings: Findings) -> None:
    def never(row_id: str) -> Analysis:
        raise AssertionError(row_id)

    silent = findings.model_copy(update={"patterns": ()})
    assert with_sightings(silent, never, TRACER) is silent


def test_a_table_of_ones_own_is_traced_from_a_folder(
    rows: list[FeatureRow], videos: dict[str, Analysis], tmp_path: Path
) -> None:
    lines = [{"id": row.video_id, **row.values, "engagement_rate": row.outcome.engagement_rate} for row in rows]
    pl.DataFrame(lines).write_csv(tmp_path / "table.csv")
    for video_id, analysis in videos.items():
        (tmp_path / f"{video_id}.json").write_bytes(analysis.to_bytes())
    train_command(tmp_path / "table.csv", target="engagement_rate", out=tmp_path / "out", analyses=tmp_path)
    told = Findings.from_bytes((tmp_path / "out" / "findings.json").read_bytes())
    assert told.patterns[0].sightings[0].moments[0].what == "cut"
    with pytest.raises(UsageError, match="There is no folder"):
        train_command(tmp_path / "table.csv", target="engagement_rate", out=tmp_path / "out", analyses=tmp_path / "none")
