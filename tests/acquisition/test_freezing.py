"""A batch run is planned once: what was frozen is read back, whatever became of the source."""

import json
from pathlib import Path

import pytest

from services.acquisition.freezing import Freezer
from services.acquisition.settings import AcquisitionSettings
from services.acquisition.store import AcquisitionStore
from shared.artifacts import ArtifactStore
from shared.contracts.events import BatchRequested
from shared.contracts.failure import FailureReason
from shared.contracts.request import BatchRequest
from shared.database import Database
from shared.errors import BadInput

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def freezer(tmp_path: Path) -> Freezer:
    return Freezer(
        store=AcquisitionStore(Database(f"sqlite:///{tmp_path}/test.db")),
        artifacts=ArtifactStore.open((tmp_path / "artifacts").as_uri()),
        settings=AcquisitionSettings(),
    )


def event(folder: Path, *, logo: str | None = None) -> BatchRequested:
    (folder / "videos").mkdir(exist_ok=True)
    request = {
        "client": {"name": "Fernwell", "industry": "tea", "brand": {"logo": logo}},
        "source": {"kind": "dataset", "items": str(folder / "items.json"), "videos": str(folder / "videos")},
        "hashtags": ["tea"],
    }
    return BatchRequested(event_id="e", client="fernwell", batch="b", request=BatchRequest.model_validate(request))


def test_the_same_run_gets_the_same_plan_even_when_the_source_is_gone(freezer: Freezer, tmp_path: Path) -> None:
    items = tmp_path / "items.json"
    items.write_text(json.dumps([{"error": "not found"}]))
    first = freezer.plan(event(tmp_path))
    assert first[0].counts.items == 1
    items.unlink()
    assert freezer.plan(event(tmp_path)) == first


def test_a_source_that_is_not_there_is_the_requests_fault(freezer: Freezer, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        freezer.plan(event(tmp_path))
    assert caught.value.reason is FailureReason.FILE_NOT_FOUND


def test_the_logo_travels_as_the_clients_own_artifact(freezer: Freezer, tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text("[]")
    (tmp_path / "logo.PNG").write_bytes(PNG)
    plan, _, _ = freezer.plan(event(tmp_path, logo=str(tmp_path / "logo.PNG")))
    assert plan.logo is not None
    assert plan.logo.key.startswith("clients/fernwell/brand/")
    assert ArtifactStore.open((tmp_path / "artifacts").as_uri()).get(plan.logo) == PNG


@pytest.mark.parametrize("name", ["gone.png", "logo.exe", "."])
def test_a_logo_that_can_not_be_one_is_said_by_its_field(freezer: Freezer, tmp_path: Path, name: str) -> None:
    (tmp_path / "items.json").write_text("[]")
    (tmp_path / "logo.exe").write_bytes(b"MZ")
    with pytest.raises(BadInput, match=r"client\.brand\.logo"):
        freezer.plan(event(tmp_path, logo=str(tmp_path / name)))
