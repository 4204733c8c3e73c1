"""What a prediction for a new row is made of: the models of the folds by digest, and the out-of-fold residual of every row."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import ArtifactRef, Contract, Fraction, Sha256
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Condition


class FoldModel(Contract):
    """A forest fitted without the rows of one fold; its prediction p becomes `intercept` + `slope` x p."""

    fold: Annotated[int, Field(ge=0)]
    sha256: Sha256
    slope: float
    intercept: float
    artifact: ArtifactRef | None = None


class Residual(Contract):
    """How far off the fold's model was for a row it had not seen, on the model's scale. `weight` sums to 1 per group."""

    row_id: str
    fold: Annotated[int, Field(ge=0)]
    size: Annotated[float, Field(ge=0)]
    weight: Fraction


class Forecast(Contract):
    """Everything but the models. `columns` are those of the matrix, in order; `categories` the known values of text columns."""

    schema_version: Literal[1] = 1
    target: str
    logarithm: bool = Field(description="the models see the logarithm of the target")
    bucket: Bucket | None = None
    catalogue_version: str | None = None
    profile: str | None = None
    data_sha256: Sha256
    columns: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    folds: tuple[FoldModel, ...]
    residuals: tuple[Residual, ...]
    groups: Annotated[int, Field(ge=1, description="of rows that belong together; the rows themselves without groups")]
    level: Fraction
    zero_as: float | None = Field(
        default=None, gt=0, description="what a target of 0 counts as before its logarithm; predictions of no more are 0"
    )
    least: float | None = Field(default=None, description="the target can't be less; None where that is not known")
    most: float | None = Field(default=None, description="the target can't be more: 1 for a rate")


class Stance(Contract):
    """Whether a row follows a pattern: meets its conditions, or for an anti-pattern does not."""

    pattern: str
    label: str
    anti: bool
    conditions: tuple[Condition, ...]
    stance: Literal["follows", "breaks", "unknown"]
    values: tuple[float | None, ...] = Field(description="of the conditions' features in this row")


class Prediction(Contract):
    """What to expect of one row. `cluster_median` is the target of the cluster it falls into."""

    row_id: str
    target: str
    expected: float = Field(
        description="what is typical: about as many such rows do better as worse (the mean where no logarithm is taken)"
    )
    low: float | None
    high: float | None
    level: float
    cluster: int | None
    cluster_median: float | None
    patterns: tuple[Stance, ...]
    notes: tuple[str, ...] = ()
