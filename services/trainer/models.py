"""The four models of a bucket as scikit-learn pipelines, and the features each ranks among its top ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNetCV, LinearRegression
from sklearn.metrics import silhouette_score
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import QuantileTransformer, RobustScaler
from sklearn.tree import DecisionTreeRegressor

from services.trainer.ranks import FloatArray, normal_scores
from services.trainer.weighted import fit_weighted

ModelName = Literal["random_forest", "decision_tree", "linear", "kmeans"]
TOP_SHARE = 0.20
TOP_LEAST = 5
MANY_ROWS = 600
FOREST_ROWS = 400
"""Above so many rows, each tree of the forest sees so many of them, and fewer features: the cost stays linear."""
_MOST_QUANTILES = 200
"""Finding them costs rows times quantiles per column and fit: with 1000, four fifths of a training with 5,000 rows."""
_SILHOUETTE_ROWS = 1000


@dataclass(frozen=True)
class Fitted:
    """A fitted pipeline; per feature how much the model relies on it (0 or more), and whether predictions rise with it (1)."""

    name: ModelName
    pipeline: Pipeline
    scores: FloatArray
    directions: FloatArray
    silhouette: float | None = None
    extremes: tuple[int, int] | None = None

    def top(self) -> tuple[int, ...]:
        """Columns with the largest scores: a fifth of all, at least five; never one the model does not use."""
        count = max(TOP_LEAST, -(-len(self.scores) // round(1 / TOP_SHARE)))
        order = np.argsort(-self.scores, kind="stable")[:count]
        return tuple(int(column) for column in order if self.scores[column] > 0)

    def votes(self) -> dict[int, int]:
        """The top columns, each with its direction."""
        return {column: int(self.directions[column]) for column in self.top()}


def regressors(rows: int, seed: int) -> dict[ModelName, Callable[[], Pipeline]]:
    """Makers of the unfitted regression pipelines for a number of rows."""
    leaf = max(3, rows // 15)
    return {
        "random_forest": lambda: pipeline(forest(rows, seed)),
        "decision_tree": lambda: pipeline(DecisionTreeRegressor(max_depth=3, min_samples_leaf=leaf, random_state=seed)),
        "linear": lambda: pipeline(
            _percentiles(rows),
            ElasticNetCV(l1_ratio=0.5, alphas=30, cv=KFold(5, shuffle=True, random_state=seed), max_iter=20_000, tol=1e-3),
        ),
    }


def forest(rows: int, seed: int) -> RandomForestRegressor:
    """A random forest for so many rows; the cost per tree stops growing at `MANY_ROWS`."""
    if rows > MANY_ROWS:
        size: dict[str, float] = {"n_estimators": 100, "max_features": 0.1, "max_samples": FOREST_ROWS / rows}
    else:
        size = {"n_estimators": 200, "max_features": 0.33}
    return RandomForestRegressor(min_samples_leaf=3, random_state=seed, n_jobs=1, **size)


def plain_linear(rows: int) -> Callable[[], Pipeline]:
    """Least squares without regularization (the shortest solution where features outnumber rows), to stand beside."""
    return lambda: pipeline(_percentiles(rows), LinearRegression())


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
    percentiles = QuantileTransformer(n_quantiles=min(_MOST_QUANTILES, max(10, rows * 2 // 5)), subsample=None)
    return make_pipeline(percentiles, RobustScaler(quantile_range=(5.0, 95.0), unit_variance=True))


def fit_models(values: FloatArray, goal: FloatArray, *, seed: int, weights: FloatArray | None = None) -> list[Fitted]:
    """Fit all four on (n, p) features and the goal (n,), which is the target on the models' scale.

    Row weights (n,) reach the regressions; clusters are of rows that count alike.
    """
    width = values.shape[1]
    order = normal_scores(values)
    fitted = []
    for name, make in regressors(len(goal), seed).items():
        model = fit_weighted(make(), values, goal, weights)
        fitted.append(Fitted(name, model, _reliance(model[-1], width), _directions(order, model.predict(values))))
    return [*fitted, _fit_clusters(values, goal, seed)]


def _directions(order: FloatArray, predicted: FloatArray) -> FloatArray:
    """Whether predictions (n,) rise or fall with the order (n, p) of each feature."""
    return np.asarray(np.sign(np.round(order.T @ (predicted - predicted.mean()), 9)))


def _reliance(model: Any, width: int) -> FloatArray:
    """Importances of trees, sizes of coefficients; missing flags come after the features and are not ranked."""
    weights = model.feature_importances_ if hasattr(model, "feature_importances_") else np.abs(model.coef_)
    return np.asarray(weights, dtype=float)[:width]


def _fit_clusters(values: FloatArray, goal: FloatArray, seed: int) -> Fitted:
    """KMeans with the k of 2..5 whose silhouette is largest, on the fifth of the features that go best with the goal.

    Over all features, clusters follow the largest correlated block and say nothing about the goal. A feature scores by how
    far the cluster with the best mean goal is from the one with the worst, and points from there to the best.
    """
    width = values.shape[1]
    kept = max(TOP_LEAST, -(-width // 5))
    tries = []
    prepare = pipeline(_percentiles(len(goal)), SelectKBest(f_regression, k=min(kept, width)))
    chosen = prepare.fit_transform(values, goal)
    for k in range(2, 6):
        clusters = KMeans(n_clusters=k, n_init=10, random_state=seed).fit(chosen)
        tries.append((_silhouette(chosen, clusters.labels_, seed), -k, clusters))
    quality, _, clusters = max(tries, key=lambda entry: entry[:2])
    model = Pipeline([*prepare.steps, ("kmeans", clusters)])
    apart = np.zeros(model[0].n_features_in_ + len(model[0].indicator_.features_))
    means = {int(label): float(goal[clusters.labels_ == label].mean()) for label in np.unique(clusters.labels_)}
    extremes = _extremes(clusters.labels_, means)
    if extremes is not None:
        best, worst = (clusters.cluster_centers_[label] for label in extremes)
        apart[model[-2].get_support(indices=True)] = best - worst
    apart = np.round(apart[:width], 9)
    return Fitted("kmeans", model, np.abs(apart), np.sign(apart), quality, extremes)


def _silhouette(values: FloatArray, labels: NDArray[np.int32], seed: int) -> float:
    """Over a sample where the rows are many, since all pairs of rows are compared; -1 when there is one cluster."""
    if len(set(labels)) < 2:
        return -1.0
    size = _SILHOUETTE_ROWS if len(labels) > _SILHOUETTE_ROWS else None
    return float(silhouette_score(values, labels, sample_size=size, random_state=seed))


def _extremes(labels: NDArray[np.int32], means: Mapping[int, float]) -> tuple[int, int] | None:
    """The clusters of three rows or more with the best and the worst mean goal."""
    large = [label for label in means if (labels == label).sum() >= 3]
    return (max(large, key=means.__getitem__), min(large, key=means.__getitem__)) if len(large) > 1 else None
