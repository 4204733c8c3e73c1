"""Do 90 % intervals of `rumiai predict` hold 90 % of what comes? `python -m bench.coverage [--seeds N]` asks fresh rows.

Rows of one table share its intervals, so the mean over tables is given with its own 95 % interval (t over tables) beside the
Wilson interval that takes every fresh row as a draw of its own.
"""

import argparse
import dataclasses
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.stats import t as student
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from bench.intervals import wilson
from bench.simulate import FIRST, World, simulate
from services.trainer import conformal
from services.trainer.forecast import LEVEL, Goal, forecaster
from services.trainer.predict import bounds
from services.trainer.ranks import FloatArray
from services.trainer.scale import ModelScale

NAME = "intervals of 90 %: fresh rows inside"
FRESH = 50
WORLDS = (
    World("three effects of 25 %, 50 x 432"),
    World("no effect, 50 x 432", effects=0),
    World("three effects of 25 %, 10 % missing", missing=0.1),
    World("three effects, 5 videos per creator, new creators", rows=75, per_creator=5),
    World("three effects of 25 %, 24 x 100", rows=24, features=100),
)


@dataclass(frozen=True)
class Covered:
    """Fresh rows of one table: how many there were and lay in their interval, and its width against one without features."""

    rows: int
    inside: int
    width: float


def measure(world: World, seed: int) -> Covered:
    """Learn from a world's rows, then predict fresh ones of the same world (of other creators where it has any)."""
    with threadpool_limits(1):
        table = simulate(dataclasses.replace(world, rows=world.rows + FRESH), seed).table
        known, fresh = slice(0, world.rows), slice(world.rows, None)
        scale = ModelScale.of(table.target)
        goal = scale.values(table.target)
        groups = table.groups[known] if table.groups else None
        made = forecaster(table.values[known], Goal(table.ids[known], goal[known], scale, groups), seed=seed)
        if made is None:
            raise ValueError(f"the world {world.name!r} has too few creators for a forecast")
        low, high = bounds(made, table.values[fresh])
    inside = (low <= goal[fresh]) & (goal[fresh] <= high)
    return Covered(FRESH, int(inside.sum()), float((high - low).mean()) / _plain(goal[known], groups))


def _plain(goal: FloatArray, groups: Sequence[str] | None) -> float:
    """The width of the interval that looks at no feature: around the mean, from the distances to it."""
    reach = conformal.reach(np.abs(goal - goal.mean()), conformal.weights(groups, len(goal)), LEVEL)
    return np.nan if reach is None else 2 * reach


def summary(measured: Sequence[Covered]) -> str:
    """The share of fresh rows inside their interval."""
    shares = np.array([one.inside / one.rows for one in measured])
    inside, rows = sum(one.inside for one in measured), sum(one.rows for one in measured)
    low, high = wilson(inside, rows)
    reach = student.ppf(0.975, len(shares) - 1) * shares.std(ddof=1) / np.sqrt(len(shares)) if len(shares) > 1 else np.nan
    width = np.median([one.width for one in measured])
    by_table = f"{shares.mean() - reach:.1%} to {min(1.0, shares.mean() + reach):.1%} by table"
    covered = f"{inside / rows:6.1%} of {rows} rows (Wilson {low:.1%} to {high:.1%}; {by_table})"
    return f"{covered}, width {width:.2f} x the one without features"


def run(seeds: int, first: int, jobs: int) -> None:
    """Print the table."""
    print(f"{NAME} ({seeds} tables per world, seeds from {first})", flush=True)
    with ProcessPoolExecutor(jobs) as pool:
        for world in WORLDS:
            measured = list(pool.map(partial(measure, world), range(first, first + seeds)))
            print(f"  {world.name:<52}{summary(measured)}", flush=True)


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=60, help="tables per world")
    parser.add_argument("--first", type=int, default=FIRST, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    run(options.seeds, options.first, options.jobs)


if __name__ == "__main__":
    main()
