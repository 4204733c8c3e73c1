"""The models' figures as a table: models across, figures down; a figure that no model has is left out."""

from shared.contracts.findings import ModelReport
from shared.numbers import number

_SHOWN = 8


def model_table(models: tuple[ModelReport, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows of text."""
    figures = [_figures(model) for model in models]
    names = [name for name in (figures[0] if figures else {}) if any(own[name] for own in figures)]
    return ("", *(model.name for model in models)), tuple((name, *(own[name] for own in figures)) for name in names)


def _figures(model: ModelReport) -> dict[str, str]:
    return {
        "rank correlation": _measured(model.spearman, model.spearman_interval),
        "R²": _measured(model.r2, model.r2_interval),
        "RMSE": _measured(model.rmse, model.rmse_interval),
        "baseline R²": _number(model.baseline_r2),
        "baseline RMSE": _number(model.baseline_rmse),
        "shuffled labels: rank correlation": _measured(model.shuffled_spearman, model.shuffled_spearman_range),
        "shuffled labels: R²": _measured(model.shuffled_r2, model.shuffled_r2_range),
        "later rows: rank correlation": _number(model.time_spearman),
        "later rows: R²": _number(model.time_r2),
        "without regularization: R²": _number(model.plain_r2),
        "silhouette": _number(model.silhouette),
        "validation": " ".join(sentence for sentence in (model.validation, model.time_validation) if sentence),
        "relies on": ", ".join(model.top_features[:_SHOWN]),
    }


def _measured(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None or interval is None:
        return _number(value)
    return f"{_number(value)} ({_number(interval[0])} to {_number(interval[1])})"


def _number(value: float | None) -> str:
    return "" if value is None else number(round(value, 2))
