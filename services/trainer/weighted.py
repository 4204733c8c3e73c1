"""Fits a pipeline with row weights."""

from sklearn.pipeline import Pipeline

from services.trainer.ranks import FloatArray


def fit_weighted(model: Pipeline, values: FloatArray, goal: FloatArray, weights: FloatArray | None) -> Pipeline:
    """Fit on (n, p) features and the goal (n,); the weights (n,) reach the pipeline's last step. None counts all rows alike."""
    if weights is None:
        return model.fit(values, goal)
    return model.fit(values, goal, **{f"{model.steps[-1][0]}__sample_weight": weights})
