"""The child's side: references in, stored documents out."""

import json
from pathlib import Path

import pdf_reading as reading
import pytest
import report_samples as samples

from services.reporter.worker import handle
from shared.artifacts import ArtifactDamaged, ArtifactStore
from shared.contracts.base import ArtifactRef, Contract
from shared.contracts.events import Document


def put(store: ArtifactStore, contract: Contract) -> ArtifactRef:
    return store.put("clients/stateside-grower/findings", contract.to_bytes(), suffix=".json", media_type="application/json")


def test_documents_are_stored_under_the_client(tmp_path: Path) -> None:
    store = ArtifactStore.open(tmp_path.as_uri())
    logo = store.put("clients/stateside-grower/brand", b"no picture", suffix=".png", media_type="image/png")
    order = {
        "store_url": store.url,
        "client": "stateside-grower",
        "findings": put(store, samples.findings(patterns=1)).model_dump(),
        "plan": put(store, samples.plan().model_copy(update={"logo": logo})).model_dump(),
        "request": put(store, samples.request()).model_dump(),
    }
    answer = json.loads(handle(json.dumps(order).encode()))
    documents = [Document.model_validate(item) for item in answer["documents"]]
    assert answer["patterns"] == 1
    assert [document.kind for document in documents] == ["client_report", "findings"]
    assert all(document.artifact.key.startswith("clients/stateside-grower/reports/") for document in documents)
    assert "Stateside Grower" in reading.text(store.get(documents[0].artifact))
    assert "The logo of the brand pack" in answer["notes"][0], "a batch does not stop for its decoration"
    assert json.loads(handle(json.dumps(order).encode())) == answer


def test_the_trainers_page_is_handed_on_beside_the_report(tmp_path: Path) -> None:
    store = ArtifactStore.open(tmp_path.as_uri())
    page = store.put("clients/stateside-grower/findings", b"<html></html>", suffix=".html", media_type="text/html")
    findings = samples.insufficient().model_copy(update={"page": page})
    order = {"store_url": store.url, "client": "stateside-grower", "findings": put(store, findings).model_dump()}
    report, _, handed = (Document.model_validate(one) for one in json.loads(handle(json.dumps(order).encode()))["documents"])
    assert (handed.kind, handed.artifact) == ("findings_page", page)
    assert handed.filename == report.filename.replace("-report.pdf", "-findings.html")


def test_plan_and_request_may_be_missing_but_findings_may_not(tmp_path: Path) -> None:
    store = ArtifactStore.open(tmp_path.as_uri())
    ref = put(store, samples.insufficient()).model_dump()
    order = {"store_url": store.url, "client": "stateside-grower", "findings": ref, "plan": None, "request": None}
    assert json.loads(handle(json.dumps(order).encode()))["notes"] == []
    order["findings"] = ref | {"key": "clients/stateside-grower/findings/aa/missing.json"}
    with pytest.raises(ArtifactDamaged):
        handle(json.dumps(order).encode())
