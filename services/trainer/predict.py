"""What to expect of new rows: expected target with its interval, by the models of the folds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from services.trainer import conformal
from services.trainer.forecast import LEVEL, Forecaster
from services.trainer.ranks import FloatArray
from shared.contracts.forecast import Forecast


@dataclass(frozen=True)
class Folds:
    """What predictions need of a forecaster, fitted just now or read from files."""

    models: Sequence[Pipeline]
    lines: Sequence[tuple[float, float]]
    fold: NDArray[np.int64]
    residuals: FloatArray
    mass: FloatArray
    level: float

    @classmethod
    def of(cls, made: Forecaster) -> "Folds":
        """Of one fitted just now."""
        mass = conformal.weights(made.goal.groups, len(made.fold))
        return cls(made.models, made.lines, made.fold, made.residuals, mass, LEVEL)

    @classmethod
    def read(cls, forecast: Forecast, models: Sequence[Pipeline]) -> "Folds":
        """Of one read from files; the models in the order of its folds."""
        return cls(
            models,
            [(fold.intercept, fold.slope) for fold in forecast.folds],
            np.array([one.fold for one in forecast.residuals]),
            np.array([one.size for one in forecast.residuals]),
            np.array([one.weight for one in forecast.residuals]),
            forecast.level,
        )

    def each(self, values: FloatArray) -> FloatArray:
        """What every fold's model expects of the rows (m, p), as (m, folds) on the models' scale."""
        told = [
            intercept + slope * model.predict(values) for model, (intercept, slope) in zip(self.models, self.lines, strict=True)
        ]
        return np.column_stack(told)

    def interval(self, each: FloatArray) -> tuple[float, float] | tuple[None, None]:
        """The interval of one row from what every fold says of it (folds,); Nones where there are too few groups."""
        return conformal.interval(each[self.fold], self.residuals, self.mass, self.level)


def bounds(made: Forecaster, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Low and high (m,) for rows (m, p) on the models' scale; NaN where no interval can be given."""
    folds = Folds.of(made)
    pairs = [folds.interval(each) for each in folds.each(values)]
    low, high = ([np.nan if bound is None else bound for bound in side] for side in zip(*pairs, strict=True))
    return np.array(low), np.array(high)
