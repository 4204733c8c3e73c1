from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.trainer.store import TrainerStore
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import BatchPlanned
from shared.database import Database

START = datetime(2025, 3, 1, tzinfo=UTC)
TEA = ("#tea", "@brand")


def ref(name: str) -> ArtifactRef:
    return ArtifactRef(key=f"clients/acme/findings/{name}", sha256="0" * 64, size=1, media_type="application/json")


@pytest.fixture
def store(tmp_path: Path) -> TrainerStore:
    made = TrainerStore(Database(f"sqlite:///{tmp_path / 'trainer.db'}"))
    for day, batch in enumerate(("b1", "b2", "b3")):
        made.plan(
            BatchPlanned(
                event_id=f"e-{batch}",
                client="acme",
                batch=batch,
                occurred_at=START + timedelta(days=day),
                plan=ref("plan"),
                request=ref("request"),
                planned={Bucket.S0_15: 3},
            )
        )
    return made


def keep(store: TrainerStore, batch: str, bucket: Bucket = Bucket.S0_15, searches: tuple[str, ...] = TEA) -> None:
    store.keep("acme", batch, "r1", bucket, searches=searches, findings=ref(batch))


def previous(store: TrainerStore, batch: str, searches: tuple[str, ...] = TEA, client: str = "acme") -> ArtifactRef | None:
    return store.previous(client, batch, "r1", Bucket.S0_15, searches)


def test_the_latest_earlier_batch_of_the_same_search_is_found(store: TrainerStore) -> None:
    keep(store, "b1")
    assert previous(store, "b3") == ref("b1")
    keep(store, "b2")
    keep(store, "b3")
    assert previous(store, "b3") == ref("b2")
    assert previous(store, "b2") == ref("b1")
    assert previous(store, "b1") is None


def test_another_search_bucket_client_or_a_later_batch_is_not(store: TrainerStore) -> None:
    keep(store, "b1", searches=("#mate",))
    keep(store, "b2", bucket=Bucket.S16_30)
    keep(store, "b3")
    assert previous(store, "b2") is None
    assert previous(store, "b3") is None
    assert previous(store, "b3", client="other") is None


def test_the_order_and_case_of_hashtags_do_not_matter(store: TrainerStore) -> None:
    keep(store, "b1", searches=("@Brand", "#TEA"))
    assert previous(store, "b2") == ref("b1")


def test_a_batch_whose_plan_was_never_seen_has_no_previous(store: TrainerStore) -> None:
    keep(store, "b1")
    assert previous(store, "unplanned") is None


def test_findings_are_kept_once(store: TrainerStore) -> None:
    keep(store, "b1")
    store.keep("acme", "b1", "r1", Bucket.S0_15, searches=TEA, findings=ref("again"))
    assert previous(store, "b2") == ref("b1")
