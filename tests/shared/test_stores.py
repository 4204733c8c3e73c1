"""The artifact store and the tables behave the same on a folder and S3, on SQLite and PostgreSQL."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.acquisition.store import AcquisitionStore
from services.analyzer.store import AnalyzerStore
from services.features.store import FeaturesStore
from services.trainer.store import TrainerStore
from shared.artifacts import PUBLIC_VIDEOS, ArtifactDamaged, ArtifactStore, client_prefix
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchPlanned, FeaturesReady, VideoFailed
from shared.contracts.failure import FailureReason, Stage
from shared.database import Database
from shared.errors import Unavailable, UsageError
from shared.tokens import slug

REF = ArtifactRef(key="public/videos/aa/a.mp4", sha256="a" * 64, size=1, media_type="video/mp4")
OTHER = REF.model_copy(update={"sha256": "b" * 64})


@pytest.fixture(params=["folder", "s3"])
def artifacts(request: pytest.FixtureRequest, tmp_path: Path) -> ArtifactStore:
    if request.param == "s3":
        return ArtifactStore.open(request.getfixturevalue("s3_url"))
    return ArtifactStore.open((tmp_path / "with space").as_uri())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        return Database(request.getfixturevalue("postgres_url"))
    return Database(f"sqlite:///{tmp_path}/test.db")


def test_artifact_is_named_by_its_content_and_comes_back_whole(artifacts: ArtifactStore, tmp_path: Path) -> None:
    ref = artifacts.put(PUBLIC_VIDEOS, b"abc", suffix=".mp4", media_type="video/mp4")
    assert ref.key == f"public/videos/{ref.sha256[:2]}/{ref.sha256}.mp4"
    assert artifacts.put(PUBLIC_VIDEOS, b"abc", suffix=".mp4", media_type="video/mp4") == ref
    assert artifacts.get(ref) == b"abc"
    artifacts.fetch(ref, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"abc"


def test_file_and_bytes_get_the_same_name(artifacts: ArtifactStore, tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * 3_000_000)
    ref = artifacts.put_file(PUBLIC_VIDEOS, path, suffix=".mp4", media_type="video/mp4")
    assert ref == artifacts.put(PUBLIC_VIDEOS, path.read_bytes(), suffix=".mp4", media_type="video/mp4")


def test_damaged_and_missing_artifacts_are_told_apart_from_good_ones(artifacts: ArtifactStore, tmp_path: Path) -> None:
    ref = artifacts.put(PUBLIC_VIDEOS, b"abc", suffix=".mp4", media_type="video/mp4")
    artifacts.put_key(ref.key, b"abX")
    with pytest.raises(ArtifactDamaged, match="other bytes"):
        artifacts.get(ref)
    with pytest.raises(ArtifactDamaged, match="other bytes"):
        artifacts.fetch(ref, tmp_path / "copy")
    gone = ref.model_copy(update={"key": "public/videos/00/gone.mp4"})
    for look in (lambda: artifacts.get(gone), lambda: artifacts.fetch(gone, tmp_path / "copy")):
        with pytest.raises(ArtifactDamaged, match="is not in"):
            look()
    assert artifacts.get_key("public/none") is None


def test_unknown_scheme_and_unwritable_folder_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="file://, s3://"):
        ArtifactStore.open("ftp://x")
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="can't be made"):
        ArtifactStore.open((tmp_path / "file" / "below").as_uri())
    with pytest.raises(Unavailable, match="can't be made"):
        Database(f"sqlite:///{tmp_path / 'file' / 'below' / 'x.db'}")


@pytest.mark.parametrize("url", ["file://data/artifacts", "file://", "s3://", "s3:///prefix", "s3://a b/c"])
def test_an_address_without_a_place_is_a_sentence(url: str) -> None:
    with pytest.raises(UsageError, match="must look like"):
        ArtifactStore.open(url)


def test_a_plan_once_frozen_stays(database: Database) -> None:
    store = AcquisitionStore(database)
    AcquisitionStore(database)  # a second service start makes no second table
    assert store.plan("c", "b", "r1") is None
    store.freeze_plan("c", "b", "r1", plan=REF, request=REF)
    store.freeze_plan("c", "b", "r1", plan=OTHER, request=OTHER)
    assert store.plan("c", "b", "r1") == (REF, REF)
    assert store.plan("other-client", "b", "r1") is None


def test_fetched_media_are_remembered_per_client(database: Database) -> None:
    store = AcquisitionStore(database)
    store.remember_media("c", "b", "r1", "v", REF)
    store.remember_media("c", "b", "r1", "v", OTHER)
    assert store.media("c", "b", "r1", "v") == REF
    assert store.media("d", "b", "r1", "v") is None


def test_engine_runs_are_counted(database: Database) -> None:
    store = AnalyzerStore(database)
    store.record_runs("a" * 64, {"text": "f", "audio": "f"})
    store.record_runs("a" * 64, {"text": "f"})
    assert store.runs() == {("a" * 64, "text"): 2, ("a" * 64, "audio"): 1}


def test_the_trainers_projection_folds_each_event_once(database: Database) -> None:
    store = TrainerStore(database)
    common = {"client": "c", "batch": "b", "run": "r1"}
    planned = BatchPlanned(event_id="p", plan=REF, request=REF, planned={Bucket.S0_15: 2, Bucket.S16_30: 0}, **common)
    ready = FeaturesReady(
        event_id="v1", video_id="v1", bucket=Bucket.S0_15, row=REF, catalogue_version="1", profile="p", **common
    )
    failed = VideoFailed(
        event_id="v2", video_id="v2", bucket=Bucket.S0_15, planned=True, stage=Stage.ANALYZER,
        reason=FailureReason.CORRUPT_FILE, message="m", **common,
    )  # fmt: skip
    for _ in range(2):
        store.plan(planned)
        store.settle(ready)
        store.settle(failed)
    batch = store.batch("c", "b", "r1")
    assert batch is not None
    assert batch.planned == {Bucket.S0_15: 2, Bucket.S16_30: 0}
    supply = store.bucket("c", "b", "r1", Bucket.S0_15)
    assert (supply.rows, supply.failures) == ((REF,), {"corrupt_file": 1})
    assert store.batch("d", "b", "r1") is None
    assert store.bucket("d", "b", "r1", Bucket.S0_15).rows == ()


def test_feature_rows_are_listed_for_their_client_only(database: Database) -> None:
    assert FeaturesStore(database).rows("c", "b") == []


def test_unreachable_and_unknown_databases_are_sentences() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        AcquisitionStore(Database("postgresql://rumiai@127.0.0.1:1/none"))
    with pytest.raises(UsageError, match="sqlite:// or postgresql://"):
        Database("mysql://x/y")


@given(st.text(min_size=1, max_size=200))
def test_every_name_becomes_a_token_usable_in_prefixes(name: str) -> None:
    assert ArtifactRef(key=f"{client_prefix(slug(name), 'plans')}/x", sha256="a" * 64, size=0, media_type="x")
