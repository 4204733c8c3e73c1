"""Several findings of one search together: how its buckets stand, and how many of the next videos each should get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.trainer import allocation
from services.trainer.reach import reach_method, shared_patterns
from services.trainer.standing import METHOD, standings
from shared.contracts.findings import Evidence, Findings, Verdict
from shared.contracts.portfolio import Allocation, Portfolio, Standing
from shared.errors import UsageError

_HOW = (
    "The wanted share of a bucket is the probability that its median is the highest: equals share alike.",
    "A bucket with too few rows for that gets no more than its least; where all have too few, they share alike.",
    "Whole videos come as near to the wanted shares as the limits allow (least squares).",
)


@dataclass(frozen=True)
class Wish:
    """How many videos are planned, and within which limits; the mappings are by bucket."""

    videos: int
    min_share: float = 0.0
    least: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)


def portfolio(findings: Sequence[tuple[str, Findings]], wish: Wish | None = None) -> Portfolio:
    """The portfolio of named findings, one per bucket; `wish` asks for an allocation.

    Raises UsageError for findings of different targets, for a bucket that comes twice, and for limits of unknown buckets.
    """
    targets = sorted({one.target for _, one in findings})
    if len(targets) > 1:
        raise UsageError(f"The findings have different targets ({', '.join(targets)}): buckets can't be ranked across them.")
    buckets: dict[str, Sequence[Evidence]] = {}
    learned: dict[str, Findings] = {}
    for name, one in findings:
        bucket = one.bucket.value if one.bucket else name
        if bucket in buckets:
            raise UsageError(f"The bucket {bucket} comes twice: give one findings file per bucket of one search.")
        buckets[bucket] = one.evidence
        if one.verdict is Verdict.TRAINED:
            learned[bucket] = one
    ranked = standings(buckets)
    return Portfolio(
        target=targets[0],
        standings=ranked,
        allocation=_allocation(ranked, wish) if wish and ranked else None,
        patterns=shared_patterns(learned, "buckets") if len(learned) > 1 else (),
        left_out=tuple(f"{name} has no usable row and is left out." for name, rows in buckets.items() if not rows),
        method=(*METHOD, *(_HOW if wish else ()), *(reach_method("buckets") if len(learned) > 1 else ())),
    )


def _allocation(ranked: Sequence[Standing], wish: Wish) -> Allocation:
    names = [one.bucket for one in ranked]
    if unknown := sorted({*wish.least, *wish.most} - set(names)):
        raise UsageError(f"There are no findings with rows of the bucket {unknown[0]!r}: name one of {', '.join(names)}.")
    bounds = allocation.limits(names, wish.videos, min_share=wish.min_share, least=wish.least, most=wish.most)
    return allocation.allocate(_wanted(ranked), wish.videos, bounds)


def _wanted(ranked: Sequence[Standing]) -> dict[str, float]:
    if all(one.best is None for one in ranked):
        return {one.bucket: 1 / len(ranked) for one in ranked}
    return {one.bucket: one.best or 0.0 for one in ranked}
