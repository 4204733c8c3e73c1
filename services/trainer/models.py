"""The four models of a bucket as scikit-learn pipelines, and the features each ranks among its top ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNetCV
from sklearn.metrics import silhouette_score
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import QuantileTransformer, RobustScaler
from sklearn.tree import DecisionTreeRegressor

from services.trainer.ranks import FloatArray

ModelName = Literal["random_forest", "decision_tree", "linear", "kmeans"]
TOP_SHARE = 0.20
TOP_LEAST = 5


@dataclass(frozen=True)
class Fitted:
    """A fitted pipeline and one non-negative score per feature: how much the model relies on it."""

    name: ModelName
    pipeline: Pipeline
    scores: FloatArray
    silhouette: float | None = None

    def top(self) -> tuple[int, ...]:
        """Columns with the largest scores: a fifth of all, at least five; never one the model does not use."""
        count = max(TOP_LEAST, -(-len(self.scores) // round(1 / TOP_SHARE)))
        order = np.argsort(-self.scores, kind="stable")[:count]
        return tuple(int(column) for column in order if self.scores[column] > 0)


def regressors(rows: int, seed: int) -> dict[ModelName, Callable[[], Pipeline]]:
    """Makers of the unfitted regression pipelines for a number of rows."""
    leaf = max(3, rows // 15)
    return {
        "random_forest": lambda: pipeline(
            RandomForestRegressor(n_estimators=200, max_features=0.33, min_samples_leaf=3, random_state=seed, n_jobs=1)
        ),
        "decision_tree": lambda: pipeline(DecisionTreeRegressor(max_depth=3, min_samples_leaf=leaf, random_state=seed)),
        "linear": lambda: pipeline(
            _percentiles(rows),
            ElasticNetCV(l1_ratio=0.5, alphas=30, cv=KFold(5, shuffle=True, random_state=seed), max_iter=20_000, tol=1e-3),
        ),
    }


def pipeline(*models: Any) -> Pipeline:
    """Median imputation with missing flags, robust scaling, then the given steps.

    The scaler spans the 5th to the 95th percentile in standard units: with the quartiles, a count that is zero in most
    rows would not be scaled at all and would own every distance.
    """
    imputer = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    scaler = RobustScaler(quantile_range=(5.0, 95.0), unit_variance=True)
    return make_pipeline(imputer, scaler, *models)


def _percentiles(rows: int) -> Pipeline:
    """Features as percentiles, scaled again: heavy-tailed counts lose their leverage.

    Measured with three planted effects: the elastic net has 96 % of them among its top tenth with this, 84 % without.
    """
    percentiles = QuantileTransformer(n_quantiles=max(10, rows // 2), subsample=None)
    return make_pipeline(percentiles, RobustScaler(quantile_range=(5.0, 95.0), unit_variance=True))


def fit_models(values: FloatArray, goal: FloatArray, *, seed: int) -> list[Fitted]:
    """Fit all four on (n, p) features and the goal (n,), which is the target on the models' scale."""
    width = values.shape[1]
    fitted = []
    for name, make in regressors(len(goal), seed).items():
        model = make().fit(values, goal)
        fitted.append(Fitted(name, model, _reliance(model[-1], width)))
    return [*fitted, _fit_clusters(values, goal, seed)]


def _reliance(model: Any, width: int) -> FloatArray:
    """Importances of trees, sizes of coefficients; missing flags come after the features and are not ranked."""
    weights = model.feature_importances_ if hasattr(model, "feature_importances_") else np.abs(model.coef_)
    return np.asarray(weights, dtype=float)[:width]


def _fit_clusters(values: FloatArray, goal: FloatArray, seed: int) -> Fitted:
    """KMeans with the k of 2..5 whose silhouette is largest, on the fifth of the features that go best with the goal.

    Over all features, clusters follow the largest correlated block and say nothing about the goal. A feature scores by how
    far the cluster with the best mean goal is from the one with the worst.
    """
    width = values.shape[1]
    kept = max(TOP_LEAST, -(-width // 5))
    tries = []
    for k in range(2, 6):
        select = SelectKBest(f_regression, k=min(kept, width))
        model = pipeline(_percentiles(len(goal)), select, KMeans(n_clusters=k, n_init=10, random_state=seed)).fit(values, goal)
        labels = model[-1].labels_
        quality = float(silhouette_score(model[:-1].transform(values), labels)) if len(set(labels)) > 1 else -1.0
        tries.append((quality, -k, model))
    quality, _, model = max(tries, key=lambda entry: entry[:2])
    scores = np.zeros(model[0].n_features_in_ + len(model[0].indicator_.features_))
    scores[model[-2].get_support(indices=True)] = _contrast(model[-1].cluster_centers_, model[-1].labels_, goal)
    return Fitted("kmeans", model, scores[:width], quality)


def _contrast(centers: FloatArray, labels: NDArray[np.int32], goal: FloatArray) -> FloatArray:
    means = {int(label): float(goal[labels == label].mean()) for label in np.unique(labels) if (labels == label).sum() >= 3}
    if len(means) < 2:
        return np.zeros(centers.shape[1])
    best, worst = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    return np.asarray(np.abs(centers[best] - centers[worst]))
