"""The same batch as on many hosts: artifacts in S3, tables in PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

from samples.small import SmallBatch
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore
from shared.contracts.base import ArtifactRef
from shared.contracts.events import BatchRequested
from shared.contracts.feature_row import FeatureRow
from shared.database import Database
from tests.e2e.pipeline import Pipeline

pytestmark = pytest.mark.timeout(600)


def test_batch_on_s3_and_postgresql(
    bad_batch: SmallBatch, s3_url: str, s3_environment: dict[str, str], postgres_url: str, tmp_path: Path
) -> None:
    stores = {"RUMIAI_ARTIFACTS_URL": s3_url, "RUMIAI_DATABASE_URL": postgres_url, **s3_environment}
    with Pipeline(tmp_path, environment=stores) as pipeline:
        pipeline.start()
        event = pipeline.submit(bad_batch.request_path)
        ledger = pipeline.wait_complete(event)

        assert set(ledger.ready) == set(bad_batch.good)
        assert {video: failed.reason for video, failed in ledger.failed.items()} == bad_batch.bad
        assert set(ledger.unplanned) == {bad_batch.missing_fields}
        entries = FeaturesStore(Database(postgres_url)).rows(event.client, event.batch)
        assert [entry.video_id for entry in entries] == sorted(bad_batch.good)
        artifacts = ArtifactStore.open(s3_url)
        for entry in entries:
            row = FeatureRow.from_bytes(artifacts.get(ArtifactRef.from_bytes(entry.row)))
            assert row.video_id == entry.video_id
        for report in ledger.reports.values():
            for document in report.documents:
                assert artifacts.get(document.artifact)
        _fetch(pipeline, event, tmp_path / "reports")
        documents = {document.filename for report in ledger.reports.values() for document in report.documents}
        assert {path.name for path in (tmp_path / "reports").iterdir()} == documents
        assert not (tmp_path / "data" / "artifacts").exists(), "nothing was written to a local folder"


def _fetch(pipeline: Pipeline, event: BatchRequested, out: Path) -> None:
    """As ops do on a host that has the bus and the store."""
    command = [sys.executable, "-m", "services.console", "batch", "fetch", event.client, event.batch, "--out", str(out)]
    done = subprocess.run(command, env=pipeline.environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == sorted(str(path) for path in out.iterdir())
