"""Trains one bucket in a child process: feature rows from the artifact store in, models and findings back into it."""

import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from services.trainer.rows import from_rows
from services.trainer.train import Context, Trained, train
from shared.artifacts import ArtifactStore, client_prefix
from shared.contracts.base import ArtifactRef, Token
from shared.contracts.bucket import Bucket
from shared.contracts.feature_row import FeatureRow
from shared.contracts.findings import Findings
from shared.contracts.request import Thresholds


class OrderContext(BaseModel):
    """Whose bucket it is, and the request's thresholds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: Token
    client_name: str
    batch: Token
    run: Token
    bucket: Bucket
    population: str
    sample_data: bool
    thresholds: Thresholds


class Order(BaseModel):
    """One training: the rows of a bucket, and how many videos it planned and lost, by reason code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store_url: str
    rows: tuple[ArtifactRef, ...]
    planned: int
    failures: dict[str, int]
    context: OrderContext
    seed: int = 0


def handle(request: bytes) -> bytes:
    """An `Order` as JSON in; `{"findings": ArtifactRef, "verdict": str}` as JSON out."""
    order = Order.model_validate_json(request)
    store = ArtifactStore.open(order.store_url)
    rows = [FeatureRow.from_bytes(store.get(ref)) for ref in order.rows]
    trained = train_bucket(
        rows, planned=order.planned, failed=sum(order.failures.values()), context=order.context, seed=order.seed
    )
    findings = store_trained(store, order.context.client, trained).model_copy(update={"failures": order.failures})
    ref = store.put(
        client_prefix(order.context.client, "findings"), findings.to_bytes(), suffix=".json", media_type="application/json"
    )
    return json.dumps({"findings": ref.model_dump(), "verdict": findings.verdict}).encode()


def train_bucket(rows: Sequence[FeatureRow], *, planned: int, failed: int, context: OrderContext, seed: int = 0) -> Trained:
    """Findings and models of a bucket's rows; touches no store."""
    own = Context(**context.model_dump(exclude={"thresholds"}))
    return train(from_rows(rows), seed=seed, thresholds=context.thresholds, planned=planned, failed=failed, context=own)


def store_trained(store: ArtifactStore, client: str, trained: Trained) -> Findings:
    """Put the models under the client's prefix; the findings that name them."""
    refs = {
        name: store.put(client_prefix(client, "models"), data, suffix=".skops", media_type="application/zip")
        for name, data in trained.models.items()
    }
    reports = tuple(model.model_copy(update={"artifact": refs.get(model.name)}) for model in trained.findings.models)
    return trained.findings.model_copy(update={"models": reports})
