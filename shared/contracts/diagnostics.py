"""What a data scientist looks at beside the patterns: calibration, the cluster map, and drift against earlier findings."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract, Fraction, Sha256

Correlation = Annotated[float, Field(ge=-1.0, le=1.0)]


class OutOfFold(Contract):
    """One row, predicted by a model that had not seen it; the interval is None where there are too few groups for one."""

    row_id: str
    observed: float
    expected: float = Field(description="what is typical of such rows: on a logarithm's scale the mean there, about a median")
    low: float | None
    high: float | None


class Calibration(Contract):
    """Observed against predicted, and how many of the intervals hold what was observed."""

    level: Fraction
    sentence: str
    r2: float = Field(description="of the logarithm where the models see that")
    covered: int | None = Field(description="rows inside their interval; None where no interval can be given")
    points: tuple[OutOfFold, ...]


class MapPoint(Contract):
    """A row on the map; `silhouette` is how much nearer it is to its own cluster than to the next, -1 to 1."""

    row_id: str
    x: float
    y: float
    cluster: Annotated[int, Field(ge=0)]
    silhouette: Correlation


class Cluster(Contract):
    """One cluster and the target of its rows."""

    cluster: Annotated[int, Field(ge=0)]
    n: Annotated[int, Field(ge=1)]
    median: float


class ClusterMap(Contract):
    """The space in which the rows were clustered, seen along its two widest directions (principal components)."""

    explained: tuple[Fraction, Fraction]
    clusters: tuple[Cluster, ...]
    points: tuple[MapPoint, ...]


class Strength(Contract):
    """The rank correlation of a feature with the target, its 95 % interval where it was computed, and its rows."""

    effect: Correlation
    interval: tuple[Correlation, Correlation] | None
    n: Annotated[int, Field(ge=0)]
    label: str | None


class Change(Contract):
    """A pattern then and now; `before` or `now` is None where the feature's values were not kept or not measured."""

    features: tuple[str, ...]
    kind: Literal["gained", "lost", "decayed", "grown", "turned", "steady"]
    before: Strength | None
    now: Strength | None
    p_value: Fraction | None = Field(description="of no difference between the two effects")
    sentence: str


class Drift(Contract):
    """The patterns beside those of earlier findings. `incomparable` says why nothing was compared."""

    batch: str | None
    data_sha256: Sha256
    incomparable: str | None = None
    shared_rows: int | None = Field(description="rows that both findings rest on")
    changes: tuple[Change, ...] = ()
