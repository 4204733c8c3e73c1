"""Predictions for new rows: expected target with its interval, the cluster, and the patterns followed or broken."""

import math

import numpy as np

from services.trainer.loading import Loaded
from services.trainer.newrows import NewRows, matrix
from services.trainer.predict import Folds
from services.trainer.ranks import FloatArray
from services.trainer.scale import ModelScale
from services.trainer.stance import stances
from shared.contracts.diagnostics import Cluster
from shared.contracts.forecast import Prediction


def predictions(loaded: Loaded, rows: NewRows) -> tuple[Prediction, ...]:
    """One prediction per row, in the rows' order. Raises UsageError for rows the models can't judge."""
    values, notes = matrix(rows, loaded.forecast)
    folds = Folds.read(loaded.forecast, loaded.folds)
    clusters = [None] * len(values) if loaded.clusters is None or not len(values) else loaded.clusters.predict(values)
    each = folds.each(values) if len(values) else np.empty((0, len(loaded.folds)))
    return tuple(
        _prediction(loaded, folds, row_id, own, told, cluster, notes)
        for row_id, own, told, cluster in zip(rows.ids, values, each, clusters, strict=True)
    )


def _prediction(
    loaded: Loaded, folds: Folds, row_id: str, values: FloatArray, told: FloatArray, cluster: int | None, notes: tuple[str, ...]
) -> Prediction:
    forecast = loaded.forecast
    scale = ModelScale(forecast.logarithm, forecast.zero_as, (forecast.least, forecast.most))
    low, high = folds.interval(told)
    if low is None:
        groups = f"{forecast.groups} {'groups' if forecast.groups < len(forecast.residuals) else 'rows'}"
        needed = math.ceil(forecast.level / (1 - forecast.level) - 1e-9)
        notes = (*notes, f"{groups} are too few for an interval of {forecast.level:.0%}: at least {needed} are needed.")
    if any(row.row_id == row_id for row in loaded.findings.evidence):
        notes = (*notes, "The models learned from a row of this id: the interval is meant for rows they have not seen.")
    own = _cluster(loaded, cluster)
    return Prediction(
        row_id=row_id,
        target=forecast.target,
        expected=scale.target(float(told.mean())),
        low=None if low is None else scale.target(low),
        high=None if high is None else scale.target(high),
        level=forecast.level,
        cluster=own.cluster if own else None,
        cluster_median=own.median if own else None,
        patterns=stances(loaded.findings, dict(zip(forecast.columns, map(float, values), strict=True))),
        notes=notes,
    )


def _cluster(loaded: Loaded, label: int | None) -> Cluster | None:
    known = loaded.findings.cluster_map.clusters if loaded.findings.cluster_map else ()
    return next((cluster for cluster in known if label is not None and cluster.cluster == int(label)), None)
