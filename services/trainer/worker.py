"""Trains one bucket in a child process: feature rows from the artifact store in, models and findings back into it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from pydantic import BaseModel, ConfigDict, ValidationError

from services.trainer import checks
from services.trainer.card import model_card
from services.trainer.files import forecast_files
from services.trainer.page.render import page
from services.trainer.rows import from_rows
from services.trainer.sightings import with_sightings
from services.trainer.train import Context, Trained, train
from shared.artifacts import ArtifactDamaged, ArtifactStore, client_prefix
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef, Token
from shared.contracts.bucket import Bucket
from shared.contracts.feature_row import FeatureRow
from shared.contracts.findings import Check, Findings
from shared.contracts.request import Thresholds
from shared.tracing import installed_tracer

_MEDIA = {".skops": "application/zip", ".json": "application/json", ".html": "text/html"}


class OrderContext(BaseModel):
    """Whose bucket it is, and the request's thresholds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: Token
    client_name: str
    batch: Token
    run: Token
    bucket: Bucket
    population: str
    searches: tuple[str, ...] = ()
    sample_data: bool
    thresholds: Thresholds


class Order(BaseModel):
    """One training: the rows of a bucket, how many videos it planned and lost, by reason code, and earlier findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store_url: str
    rows: tuple[ArtifactRef, ...]
    planned: int
    failures: dict[str, int]
    context: OrderContext
    previous: ArtifactRef | None = None
    seed: int = 0


def handle(request: bytes) -> bytes:
    """An `Order` as JSON in; `{"findings": ArtifactRef, "verdict": str}` as JSON out."""
    order = Order.model_validate_json(request)
    store = ArtifactStore.open(order.store_url)
    rows = [FeatureRow.from_bytes(store.get(ref)) for ref in order.rows]
    previous, lost = _previous(store, order.previous)
    trained = train_bucket(
        rows,
        planned=order.planned,
        failed=sum(order.failures.values()),
        context=order.context,
        previous=previous,
        seed=order.seed,
    )
    told = {"failures": order.failures, "checks": (*trained.findings.checks, *lost)}
    learned = trained.findings.model_copy(update=told)
    trained = replace(trained, findings=with_sightings(learned, partial(_analysis, store, rows), installed_tracer()))
    findings = store_trained(store, order.context.client, trained)
    ref = _put(store, order.context.client, "findings", findings.to_bytes(), ".json")
    return json.dumps({"findings": ref.model_dump(), "verdict": findings.verdict}).encode()


def _analysis(store: ArtifactStore, rows: Sequence[FeatureRow], row_id: str) -> Analysis | None:
    """None where it is gone or of a version that can't be read any more: a pattern holds without its seconds."""
    ref = next(row.analysis for row in rows if row.video_id == row_id)
    try:
        return Analysis.from_bytes(store.get(ref))
    except (ArtifactDamaged, ValidationError):
        return None


def _previous(store: ArtifactStore, ref: ArtifactRef | None) -> tuple[Findings | None, tuple[Check, ...]]:
    """Earlier findings; those that can't be read any more must not stop a batch, and are named in a check."""
    if ref is None:
        return None, ()
    try:
        return Findings.from_bytes(store.get(ref)), ()
    except (ArtifactDamaged, ValidationError) as error:
        why = str(error) if isinstance(error, ArtifactDamaged) else f"{ref.key} was written by another version."
        return None, (checks.check(checks.NO_PREVIOUS, "warning", f"Nothing was compared with earlier findings. {why}"),)


def train_bucket(
    rows: Sequence[FeatureRow],
    *,
    planned: int,
    failed: int,
    context: OrderContext,
    previous: Findings | None = None,
    seed: int = 0,
) -> Trained:
    """Findings and models of a bucket's rows; touches no store."""
    return train(
        from_rows(rows),
        seed=seed,
        thresholds=context.thresholds,
        planned=planned,
        failed=failed,
        context=Context(**context.model_dump(exclude={"thresholds"})),
        previous=previous,
    )


def store_trained(store: ArtifactStore, client: str, trained: Trained) -> Findings:
    """Put the models, the forecast and the page under the client's prefix; the findings that name them."""
    models = {name: _put(store, client, "models", data, ".skops") for name, data in trained.models.items()}
    reports = tuple(model.model_copy(update={"artifact": models.get(model.name)}) for model in trained.findings.models)
    named = {
        "models": reports,
        "forecast": _put_forecast(store, client, trained),
        "card": _put(store, client, "models", model_card(trained), ".json") if trained.models else None,
        "page": _put(store, client, "findings", page(trained.findings), ".html"),
    }
    return trained.findings.model_copy(update=named)


def _put_forecast(store: ArtifactStore, client: str, trained: Trained) -> ArtifactRef | None:
    forecast, models = forecast_files(trained)
    if forecast is None:
        return None
    folds = tuple(
        fold.model_copy(update={"artifact": _put(store, client, "models", data, ".skops")})
        for fold, data in zip(forecast.folds, models, strict=True)
    )
    return _put(store, client, "models", forecast.model_copy(update={"folds": folds}).to_bytes(), ".json")


def _put(store: ArtifactStore, client: str, kind: str, data: bytes, suffix: str) -> ArtifactRef:
    return store.put(client_prefix(client, kind), data, suffix=suffix, media_type=_MEDIA[suffix])
