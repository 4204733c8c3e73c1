"""The report of every model: its figures on rows it had not seen, beside a baseline and beside shuffled labels."""

from collections.abc import Callable, Sequence
from typing import Any

from sklearn.pipeline import Pipeline

from services.trainer import validation
from services.trainer.models import Fitted, plain_linear, regressors
from services.trainer.ranks import FloatArray, tidy
from services.trainer.scoring import held_out, shuffled
from services.trainer.table import Table
from shared.contracts.findings import ModelReport

SHOWN = 20
_CLUSTERS = "silhouette of the clusters; k between 2 and 5 with the largest one"


def reports(
    models: Sequence[Fitted],
    values: FloatArray,
    names: Sequence[str],
    goal: FloatArray,
    table: Table,
    *,
    seed: int,
    shuffles: int,
) -> tuple[ModelReport, ...]:
    """One report per model, fitted on (n, p) values and the goal (n,), beside so many shuffled targets."""
    makers = regressors(len(goal), seed)
    return tuple(
        ModelReport(
            name=model.name,
            top_features=tuple(names[column] for column in model.top()[:SHOWN]),
            **(
                _clusters(model)
                if model.name == "kmeans"
                else _figures(model.name, makers[model.name], values, goal, table, seed, shuffles)
            ),
        )
        for model in models
    )


def _clusters(model: Fitted) -> dict[str, Any]:
    return {"validation": _CLUSTERS, "silhouette": None if model.silhouette is None else tidy(model.silhouette)}


def _figures(
    name: str, make: Callable[[], Pipeline], values: FloatArray, goal: FloatArray, table: Table, seed: int, shuffles: int
) -> dict[str, Any]:
    plan = validation.plan(len(goal), table.groups, seed)
    own = held_out(make, values, goal, plan, table.weights)
    blind = shuffled(make, values, goal, plan, table.weights, seed=seed, shuffles=shuffles)
    ranks, r2, rmse = own.intervals(table.groups, seed)
    figures: dict[str, Any] = {
        "validation": plan.sentence,
        "spearman": own.spearman,
        "r2": own.r2,
        "baseline_r2": own.baseline_r2,
        "rmse": own.rmse,
        "baseline_rmse": own.baseline_rmse,
        "spearman_interval": ranks,
        "r2_interval": r2,
        "rmse_interval": rmse,
        "shuffled_spearman": blind.spearman,
        "shuffled_r2": blind.r2,
        "shuffled_runs": blind.count,
        "shuffled_spearman_range": blind.spearman_range,
        "shuffled_r2_range": blind.r2_range,
    }
    if name == "linear":
        plain = held_out(plain_linear(len(goal)), values, goal, plan, table.weights)
        figures |= {"plain_spearman": plain.spearman, "plain_r2": plain.r2}
    if (later := validation.timed(table.times)) is not None:
        ahead = held_out(make, values, goal, later, table.weights)
        figures |= {"time_validation": later.sentence, "time_spearman": ahead.spearman, "time_r2": ahead.r2}
    return figures
