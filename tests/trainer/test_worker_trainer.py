import json
from datetime import timedelta
from pathlib import Path

import pytest

from services.trainer.repeats import without_repeats
from services.trainer.rows import from_rows
from services.trainer.worker import OrderContext, handle, train_bucket
from shared.artifacts import ArtifactStore
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Findings, Verdict
from shared.contracts.request import Thresholds
from tests.trainer.tables import feature_rows

CONTEXT = OrderContext(
    client="acme",
    client_name="Acme",
    batch="b1",
    run="r1",
    bucket=Bucket.S16_30,
    population="videos of a test",
    searches=("#tea",),
    sample_data=True,
    thresholds=Thresholds(),
)


def test_rows_of_another_profile_are_left_out_and_said() -> None:
    table = from_rows([*feature_rows(4), *feature_rows(2, profile="lite")])
    assert (len(table), table.left_out, table.profile) == (4, 2, "full")
    assert [check.code for check in table.checks] == ["RUM011"]


def test_a_repost_of_the_same_file_is_left_out_and_the_first_post_kept() -> None:
    rows = feature_rows(4)
    again = rows[2].model_copy(update={"video_id": "again", "posted_at": rows[2].posted_at + timedelta(days=1)})
    table = without_repeats(from_rows([again, *rows]))
    assert (len(table), table.left_out, "again" in table.ids) == (4, 1, False)
    assert [check.code for check in table.checks] == ["RUM017"]
    assert "again (of full002)" in table.checks[0].sentence


def test_outcomes_stay_out_of_the_matrix() -> None:
    assert from_rows(feature_rows(9)).names == ("cuts_per_s", "hook=question", "speech_share")


@pytest.mark.parametrize("count", [0, 6])
def test_a_thin_bucket_gets_a_verdict(count: int) -> None:
    findings = train_bucket(feature_rows(count), planned=max(count, 1), failed=max(1 - count, 0), context=CONTEXT).findings
    assert findings.verdict is Verdict.INSUFFICIENT_DATA
    assert (findings.client, findings.bucket, findings.sample_data) == ("acme", Bucket.S16_30, True)


def test_the_worker_stores_models_and_findings_under_the_client(tmp_path: Path) -> None:
    store = ArtifactStore.open(tmp_path.as_uri())
    refs = [
        store.put("clients/acme/features", row.to_bytes(), suffix=".json", media_type="application/json")
        for row in feature_rows(24)
    ]
    order = {
        "store_url": store.url,
        "rows": [ref.model_dump() for ref in refs],
        "planned": 26,
        "failures": {"too_long": 2},
        "context": CONTEXT.model_dump(mode="json"),
    }
    answer = json.loads(handle(json.dumps(order).encode()))
    assert handle(json.dumps(order).encode()) == json.dumps(answer).encode()
    _check_drift(store, {**order, "rows": order["rows"][:6]}, ArtifactRef.model_validate(answer["findings"]))
    findings = Findings.from_bytes(store.get(ArtifactRef.model_validate(answer["findings"])))
    assert answer["verdict"] == findings.verdict == Verdict.TRAINED
    assert (findings.counts.planned, findings.counts.usable, findings.counts.failed) == (26, 24, 2)
    assert findings.failures == {"too_long": 2}
    assert findings.patterns[0].features == ("cuts_per_s",)
    assert findings.searches == ("#tea",)
    assert findings.drift is None
    assert findings.card is not None
    digests = {model["name"]: model["sha256"] for model in json.loads(store.get(findings.card))["models"]}
    assert digests == {model.name: model.artifact.sha256 for model in findings.models if model.artifact}
    for model in findings.models:
        assert model.artifact is not None
        assert model.artifact.key.startswith("clients/acme/models/")
        assert store.get(model.artifact)


def _check_drift(store: ArtifactStore, order: dict[str, object], earlier: ArtifactRef) -> None:
    """Earlier findings are compared with; those that are lost are named in a check and stop nothing."""
    lost = earlier.model_copy(update={"key": "clients/acme/findings/lost.json"})
    made = [
        Findings.from_bytes(store.get(ArtifactRef.model_validate(json.loads(answer)["findings"])))
        for answer in (handle(json.dumps({**order, "previous": ref.model_dump()}).encode()) for ref in (earlier, lost))
    ]
    assert made[0].drift is not None
    assert made[0].drift.batch == "b1"
    assert made[1].drift is None
    assert "RUM019" in {check.code for check in made[1].checks}


def test_engines_that_did_not_look_are_named_with_the_reason() -> None:
    rows = [row.model_copy(update={"engines_off": {"objects": "no weights were given"}}) for row in feature_rows(3)]
    found = [check for check in from_rows(rows).checks if check.code == "RUM020"]
    assert [check.sentence for check in found] == [
        "Not looked at, so without any finding here: objects (no weights were given)."
    ]
    assert not [check for check in from_rows(feature_rows(3)).checks if check.code == "RUM020"]
