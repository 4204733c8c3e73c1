"""Everything that training leaves behind, as files by their path under one folder."""

import hashlib
from typing import get_args

from services.trainer import conformal
from services.trainer.card import model_card
from services.trainer.forecast import LEVEL
from services.trainer.freeze import freeze
from services.trainer.models import ModelName
from services.trainer.page.render import page
from services.trainer.ranks import tidy
from services.trainer.train import Trained
from shared.contracts.forecast import FoldModel, Forecast, Residual

FINDINGS = "findings.json"
CARD = "model_card.json"
FORECAST = "forecast/forecast.json"
FOLD = "forecast/fold-{fold}.skops"
MODEL = "models/{name}.skops"
PAGE = "findings.html"
FOLDERS = ("models", "forecast")
MADE = (FINDINGS, CARD, PAGE, FORECAST, FOLD.format(fold="[0-9]*"), *(MODEL.format(name=name) for name in get_args(ModelName)))
"""Glob patterns of all that a training can write, and of nothing else."""


def files(trained: Trained) -> dict[str, bytes]:
    """Findings, their page, models, model card and forecast; a refusal has findings and page only.

    Same data, seed and versions: same bytes.
    """
    made = {FINDINGS: (trained.findings.model_dump_json(indent=2) + "\n").encode(), PAGE: page(trained.findings)}
    if trained.models:
        made |= {MODEL.format(name=name): data for name, data in trained.models.items()}
        made[CARD] = model_card(trained)
    forecast, folds = forecast_files(trained)
    if forecast is not None:
        made |= {FOLD.format(fold=fold): data for fold, data in enumerate(folds)}
        made[FORECAST] = forecast.to_bytes()
    return made


def forecast_files(trained: Trained) -> tuple[Forecast | None, tuple[bytes, ...]]:
    """The forecast and the skops bytes of its folds; None and nothing where none was made."""
    made, table, findings = trained.forecaster, trained.table, trained.findings
    if made is None:
        return None, ()
    folds = tuple(freeze(model) for model in made.models)
    weights = conformal.weights(table.groups, len(table))
    forecast = Forecast(
        target=findings.target,
        logarithm=made.goal.scale.logarithm,
        zero_as=made.goal.scale.zero_as,
        least=made.goal.scale.bounds[0],
        most=made.goal.scale.bounds[1],
        bucket=findings.bucket,
        catalogue_version=findings.catalogue_version,
        profile=findings.profile,
        data_sha256=findings.data_sha256,
        columns=trained.columns,
        categories={name: kinds for name, kinds in table.categories.items() if _used(name, trained.columns)},
        folds=tuple(
            FoldModel(fold=fold, sha256=hashlib.sha256(data).hexdigest(), intercept=tidy(line[0]), slope=tidy(line[1]))
            for fold, (data, line) in enumerate(zip(folds, made.lines, strict=True))
        ),
        residuals=tuple(
            Residual(row_id=row_id, fold=int(fold), size=tidy(float(size)), weight=float(weight))
            for row_id, fold, size, weight in zip(table.ids, made.fold, made.residuals, weights, strict=True)
        ),
        groups=round(float(weights.sum())),
        level=LEVEL,
    )
    return forecast, folds


def _used(name: str, columns: tuple[str, ...]) -> bool:
    return any(column.startswith(f"{name}=") for column in columns)
