"""What training left behind, read back: from its folder, or from the artifact store that findings refer to."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from sklearn.pipeline import Pipeline

from services.trainer.files import CARD, FINDINGS, FOLD, FORECAST, MODEL
from services.trainer.freeze import thaw
from shared.artifacts import ArtifactStore
from shared.contracts.base import ArtifactRef, Contract
from shared.contracts.findings import Findings, Verdict
from shared.contracts.forecast import FoldModel, Forecast
from shared.errors import UsageError
from shared.mapping_file import read_text

AnyContract = TypeVar("AnyContract", bound=Contract)


@dataclass(frozen=True)
class Loaded:
    """Findings with the forecast, its models in the order of its folds, and the clusters (None without clusters)."""

    findings: Findings
    forecast: Forecast
    folds: tuple[Pipeline, ...]
    clusters: Pipeline | None


def from_folder(folder: Path) -> Loaded:
    """Read what `rumiai train --out` wrote. Raises UsageError when it is incomplete, changed, or of different trainings."""
    findings = _read(folder / FINDINGS, Findings)
    _refuse_unlearned(findings)
    forecast = _read(folder / FORECAST, Forecast)
    if forecast.data_sha256 != findings.data_sha256:
        raise UsageError(f"The forecast and the findings in {folder} are of different trainings: train again.")
    digests = {model["name"]: model["sha256"] for model in json.loads(read_text(folder / CARD, what="model card"))["models"]}
    path = folder / MODEL.format(name="kmeans")
    return Loaded(
        findings,
        forecast,
        tuple(_model(folder / FOLD.format(fold=fold.fold), fold.sha256) for fold in forecast.folds),
        _model(path, digests["kmeans"]) if "kmeans" in digests else None,
    )


def from_store(findings: Findings, store: ArtifactStore) -> Loaded:
    """Fetch what findings of the service refer to. Raises UsageError where they refer to nothing, ArtifactDamaged."""
    _refuse_unlearned(findings)
    if findings.forecast is None:
        raise UsageError("These findings refer to no forecast: name the folder that `rumiai train --out` wrote instead.")
    forecast = Forecast.from_bytes(store.get(findings.forecast))
    clusters = next((model.artifact for model in findings.models if model.name == "kmeans"), None)
    folds = tuple(_fetched(fold, store.get) for fold in forecast.folds)
    return Loaded(findings, forecast, folds, thaw(store.get(clusters)) if clusters else None)


def _refuse_unlearned(findings: Findings) -> None:
    if findings.verdict is not Verdict.TRAINED:
        raise UsageError(f"There are no models to predict with. {findings.verdict_sentence}")


def _fetched(fold: FoldModel, get: Callable[[ArtifactRef], bytes]) -> Pipeline:
    if fold.artifact is None:
        raise UsageError(f"The forecast refers to no model of fold {fold.fold}: train again.")
    return thaw(get(fold.artifact))


def _read(path: Path, contract: type[AnyContract]) -> AnyContract:
    if not path.is_file():
        raise UsageError(f"There is no {path}: name the folder that `rumiai train --out` wrote.")
    try:
        return contract.from_bytes(read_text(path, what="file"))
    except ValidationError as error:
        raise UsageError(
            f"The file {path} is not what `rumiai train` wrote ({error.error_count()} problems): train again."
        ) from None


def _model(path: Path, sha256: str) -> Pipeline:
    """Only what the digest names is loaded: a model file is code of a kind."""
    if not path.is_file():
        raise UsageError(f"There is no model {path}: train again.")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UsageError(f"The model {path} has other bytes than it was written with: train again.")
    return thaw(data)
