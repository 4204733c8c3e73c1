"""What several findings say together: how buckets rank, how many videos each should get, which patterns hold everywhere."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract, Fraction
from shared.contracts.diagnostics import Correlation
from shared.contracts.findings import Label

Count = Annotated[int, Field(ge=0)]
Reach = Literal["universal", "several", "specific", "contradictory"]


class Standing(Contract):
    """One bucket among the others. `rows` are the ids that every number here comes from."""

    bucket: str
    n: int
    mean: float
    median: float
    interval: tuple[float, float] = Field(description="95 % bootstrap interval of the median")
    lower_quartile: float
    upper_quartile: float
    top_decile: float
    consistency: Fraction | None
    best: Fraction | None = Field(
        description="share of bootstrap resamples in which no other bucket has a higher median; None for too few rows"
    )
    ahead: Fraction | None = Field(description="chance that a row of it beats a row of another bucket; None where it is alone")
    p_value: Fraction | None = Field(
        description="of `ahead` being one half: Mann-Whitney on the medians of creators, Holm over the buckets"
    )
    verdict: Literal["ahead", "level", "behind", "too few rows", "alone"]
    rows: tuple[str, ...]


class Share(Contract):
    """How many videos one bucket should get. `wanted` is what it would get without limits and whole numbers."""

    bucket: str
    videos: Count
    wanted: float
    least: Count
    most: Count | None


class Allocation(Contract):
    """`videos` over the buckets; without shares where the limits can't be met, and `unmet` says why, sentence by sentence."""

    videos: Annotated[int, Field(ge=1)]
    shares: tuple[Share, ...]
    unmet: tuple[str, ...] = ()


class PatternCell(Contract):
    """A pattern in one place (a search, or a bucket); `label` and `effect` are None where it is no pattern there."""

    place: str
    label: Label | None
    effect: Correlation | None
    n: Count


class SharedPattern(Contract):
    """A pattern over all searches of a bucket, or over all buckets of a search."""

    features: tuple[str, ...]
    reach: Reach
    cells: tuple[PatternCell, ...]
    sentence: str


class Portfolio(Contract):
    """The buckets of one search, best first, the allocation, and what was done."""

    schema_version: Literal[1] = 1
    target: str
    standings: tuple[Standing, ...]
    allocation: Allocation | None
    patterns: tuple[SharedPattern, ...] = Field(default=(), description="in how many of the buckets each pattern is there")
    left_out: tuple[str, ...] = Field(default=(), description="findings without rows, in sentences")
    method: tuple[str, ...]


class HeatCell(Contract):
    """One search in one bucket: a field of the heatmap. `rows` is how many rows its median rests on."""

    search: str
    bucket: str
    median: float | None
    rows: Count


class BucketComparison(Contract):
    """One bucket over the searches. `between` is the share of the variance of the ranks that lies between searches."""

    bucket: str
    searches: tuple[str, ...]
    patterns: tuple[SharedPattern, ...]
    best: str
    worst: str
    gap: float = Field(description="highest minus lowest median")
    between: Fraction
    p_value: Fraction | None = Field(description="of no difference between the searches: Kruskal-Wallis")
    sentence: str


class Comparison(Contract):
    """Several searches of one client."""

    schema_version: Literal[1] = 1
    client: str | None
    target: str
    searches: tuple[str, ...]
    heatmap: tuple[HeatCell, ...]
    buckets: tuple[BucketComparison, ...]
    left_out: tuple[str, ...] = ()
    method: tuple[str, ...]
