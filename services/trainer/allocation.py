"""Whole videos over buckets: as near as possible to the wanted shares, within what each bucket must and can have."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.trainer.ranks import tidy
from shared.contracts.portfolio import Allocation, Share


@dataclass(frozen=True)
class Limits:
    """A bucket's least and most videos; `most` is None where production sets no limit."""

    least: int = 0
    most: int | None = None


def limits(
    buckets: Sequence[str], videos: int, *, min_share: float, least: Mapping[str, int], most: Mapping[str, int]
) -> dict[str, Limits]:
    """Every bucket gets at least its share of the videos, rounded up, and what was asked for it."""
    floor = math.ceil(min_share * videos - 1e-9)
    return {bucket: Limits(max(floor, least.get(bucket, 0)), most.get(bucket)) for bucket in buckets}


def allocate(wanted: Mapping[str, float], videos: int, bounds: Mapping[str, Limits]) -> Allocation:
    """Minimize the sum of (videos - wanted videos) squared. `wanted` are shares that add up to 1.

    One video at a time goes where it lowers that sum most: for a separable convex aim this is optimal in whole numbers
    (Ibaraki, Katoh 1988). Where the limits can't be met, no shares but the reasons.
    """
    if unmet := _unmet(videos, bounds):
        return Allocation(videos=videos, shares=(), unmet=unmet)
    given = {bucket: bounds[bucket].least for bucket in wanted}
    for _ in range(videos - sum(given.values())):
        open_ = [bucket for bucket in wanted if (most := bounds[bucket].most) is None or given[bucket] < most]
        given[max(open_, key=lambda bucket: round(wanted[bucket] * videos - given[bucket], 9))] += 1
    shares = tuple(
        Share(
            bucket=bucket,
            videos=given[bucket],
            wanted=tidy(wanted[bucket] * videos),
            least=bounds[bucket].least,
            most=bounds[bucket].most,
        )
        for bucket in wanted
    )
    return Allocation(videos=videos, shares=shares)


def _unmet(videos: int, bounds: Mapping[str, Limits]) -> tuple[str, ...]:
    """Every limit that leaves no solution."""
    reasons = [
        f"{bucket} must have at least {own.least} videos and can have at most {own.most}."
        for bucket, own in bounds.items()
        if own.most is not None and own.most < own.least
    ]
    least = sum(own.least for own in bounds.values())
    if least > videos:
        reasons.append(f"The buckets must have at least {least} videos together, and only {videos} are planned.")
    mosts = [own.most for own in bounds.values() if own.most is not None]
    if len(mosts) == len(bounds) and sum(mosts) < videos:
        reasons.append(f"The buckets can have at most {sum(mosts)} videos together, and {videos} are planned.")
    return tuple(reasons)
