"""A new catalogue version derives past videos again beside the old rows, and any version can be exported as a table."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy
from example_analyses import build
from hand_made_analyses import hand_made_record

from services.console.app import app
from services.console.commands.export import export
from services.features import rows as rows_module
from services.features.derive import derive
from services.features.replay import replay
from services.features.store import FeaturesStore
from services.features.version import catalogue_version
from shared.artifacts import ArtifactStore
from shared.bus import admin
from shared.bus.connection import connect
from shared.bus.publisher import Publisher
from shared.bus.settings import BusSettings
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchRequested, VideoAnalyzed, message_id
from shared.contracts.failure import Stage
from shared.contracts.record import Outcome, ScrapedVideo
from shared.contracts.request import BatchRequest
from shared.database import Database
from shared.errors import Incomplete, UsageError
from shared.settings import Settings

OLD = "0123456789abcdef"


class Past:
    """A data folder as a run leaves it: artifacts, a table, and the events that were published."""

    def __init__(self, count: int) -> None:
        settings = Settings()
        self.artifacts, self.database = ArtifactStore.open(settings.artifacts), Database(settings.database)
        self.store = FeaturesStore(self.database)
        self.events = [self._event(f"70{number:02d}", 8.0 + number) for number in range(count)]

    def _event(self, video_id: str, duration_s: float) -> VideoAnalyzed:
        analysis = build(duration_s)
        record = hand_made_record().model_copy(update={"video_id": video_id})
        scraped = ScrapedVideo(record=record, outcome=Outcome(views=1000, likes=int(duration_s), comments=3, shares=2))
        video = ArtifactRef(key="public/videos/aa/x.mp4", sha256=analysis.video.sha256, size=1, media_type="video/mp4")
        return VideoAnalyzed(
            event_id=message_id("analyzer", "1", client="acme", batch="b1", run="r1", item=video_id),
            client="acme",
            batch="b1",
            video_id=video_id,
            bucket=Bucket.S0_15,
            video=video,
            record=self.put(scraped.to_bytes()),
            analysis=self.put(analysis.to_bytes()),
            profile=analysis.profile,
        )

    def put(self, data: bytes) -> ArtifactRef:
        return self.artifacts.put("public/analyses", data, suffix=".json", media_type="application/json")

    def derive_all(self) -> None:
        for event in self.events:
            derive(event, store=self.store, artifacts=self.artifacts)

    def versions(self) -> list[tuple[str, str]]:
        return sorted((entry.video_id, entry.catalogue_version) for entry in self.store.rows("acme", "b1"))


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    """Three videos with rows of an older catalogue version."""
    monkeypatch.setenv("RUMIAI_DATA_DIR", str(tmp_path / "data"))
    past = Past(3)
    with monkeypatch.context() as older:
        older.setattr(rows_module, "catalogue_version", lambda: OLD)
        past.derive_all()
    return past


def test_a_replay_puts_new_rows_beside_the_old_ones_and_goes_on_where_it_stopped(past: Past) -> None:
    first = replay(past.events[:1], store=past.store, artifacts=past.artifacts)
    both = replay(past.events, store=past.store, artifacts=past.artifacts)
    assert (first.derived, both.derived, both.present, both.failed) == (1, 2, 1, {})
    assert past.versions() == sorted((f"70{n:02d}", version) for n in range(3) for version in (OLD, catalogue_version()))


def test_a_video_that_can_not_be_derived_stops_no_other(past: Past) -> None:
    events = [past.events[0].model_copy(update={"profile": "another"}), *past.events[1:]]
    done = replay(events, store=past.store, artifacts=past.artifacts)
    assert done.derived == 2
    assert list(done.failed) == ["7000"]
    assert "profile another" in done.failed["7000"]


def test_an_analysis_that_this_version_can_not_read_is_named_and_stops_no_other(past: Past) -> None:
    foreign = past.put(b'{"schema_version": 7}')
    events = [past.events[0].model_copy(update={"analysis": foreign}), *past.events[1:]]
    done = replay(events, store=past.store, artifacts=past.artifacts)
    assert done.derived == 2
    assert "can't read its analysis (schema_version)" in done.failed["7000"]


def test_a_replay_asks_the_database_once_per_run_and_once_per_chunk(past: Past) -> None:
    commits: list[object] = []
    sqlalchemy.event.listen(past.database.engine, "commit", commits.append)
    assert replay([*past.events, past.events[0]], store=past.store, artifacts=past.artifacts).derived == 3
    assert len(commits) == 2


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_batch_is_exported_with_its_versions_outcomes_and_reasons(past: Past, tmp_path: Path, suffix: str) -> None:
    past.derive_all()
    out = tmp_path / f"table{suffix}"
    app(["export", "acme", "b1", "--out", str(out)], result_action="return_value")
    read = pl.read_csv if suffix == ".csv" else pl.read_parquet
    table, reasons = read(out), read(tmp_path / f"table.missing{suffix}")
    assert [str(one) for one in table["video_id"]] == ["7000", "7001", "7002"]
    assert set(table["catalogue_version"]) == {catalogue_version()}
    assert table["likes"].to_list() == [8, 9, 10]
    assert table["engagement_rate"].to_list() == pytest.approx([0.013, 0.014, 0.015])
    assert table["scene_cut_count"].to_list() == [0.0, 0.0, 0.0]
    assert table["overlay_first_s"].null_count() == 3
    assert set(reasons["overlay_first_s"]) == {"no text is on screen"}
    assert reasons["scene_cut_count"].null_count() == 3


def test_an_older_version_is_exported_by_its_name_and_the_choice_is_told(past: Past, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    with pytest.raises(UsageError, match=f"are of catalogue version {OLD}, not {catalogue_version()}"):
        app(["export", "acme", "b1", "--out", str(out)], exit_on_error=False, result_action="return_value")
    app(["export", "acme", "b1", "--out", str(out), "--version", OLD], result_action="return_value")
    assert set(pl.read_csv(out, schema_overrides={"catalogue_version": pl.String})["catalogue_version"]) == {OLD}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"bucket": Bucket.S16_30}, "are of bucket 0-15s, none of 16-30s."),
        ({"profile": "nope"}, "has the profile nope: choose one with --profile of test-profile (3)."),
        ({"version": "123"}, ", not 123: give one with --version."),
        ({"run": "r2"}, "no feature row of batch 'b1' of client 'acme', run 'r2'"),
    ],
)
def test_a_choice_that_no_row_has_is_told_with_what_there_is(
    past: Past, tmp_path: Path, choice: dict[str, Any], said: str
) -> None:
    past.derive_all()
    with pytest.raises(UsageError) as caught:
        export("acme", "b1", out=tmp_path / "t.csv", **choice)
    assert said in str(caught.value)


def test_another_client_has_no_rows(past: Past, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no feature row of batch 'b1' of client 'globex'"):
        app(["export", "globex", "b1", "--out", str(tmp_path / "t.csv")], exit_on_error=False, result_action="return_value")


def test_the_exported_table_can_be_trained_on(past: Past, tmp_path: Path) -> None:
    past.derive_all()
    out = tmp_path / "table.parquet"
    seen = tmp_path / "seen"
    app(["export", "acme", "b1", "--out", str(out), "--analyses", str(seen)], result_action="return_value")
    stored = {f"{event.video_id}.json": past.artifacts.get(event.analysis) for event in past.events}
    assert {path.name: path.read_bytes() for path in seen.iterdir()} == stored
    arguments = ["train", str(out), "--target", "engagement_rate", "--groups", "creator", "--analyses", str(seen)]
    app([*arguments, "--out", str(tmp_path / "found")], result_action="return_value")
    assert "insufficient_data" in (tmp_path / "found" / "findings.json").read_text()


def test_the_command_reads_the_events_off_the_bus(past: Past, bus_settings: BusSettings) -> None:
    source = {"kind": "dataset", "items": "/i.json", "videos": "/v"}
    request = BatchRequest.model_validate({"client": {"name": "Acme", "industry": "x"}, "source": source, "hashtags": ["tea"]})
    asked = BatchRequested(
        event_id=message_id(Stage.ACQUISITION, "1", client="acme", batch="b1", run="r1", item="request"),
        client="acme", batch="b1", request=request,
    )  # fmt: skip
    broken = past.events[2].model_copy(update={"profile": "another"})

    async def publish() -> None:
        await admin.apply(bus_settings)
        async with connect(bus_settings) as client:
            for event in (asked, *past.events[:2], broken):
                await Publisher(client.jetstream, bus_settings).emit(event)

    asyncio.run(publish())
    command = [sys.executable, "-m", "services.console", "replay", "features", "acme", "b1"]
    environment = {**os.environ, "RUMIAI_NATS_URL": bus_settings.nats_url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "2 rows derived, 0 were there already" in done.stdout) == (Incomplete.exit_code, True), done.stderr
    assert "1 of 3 videos gave no feature row" in done.stderr
    assert sum(version == catalogue_version() for _, version in past.versions()) == 2
