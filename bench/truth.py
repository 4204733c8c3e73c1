"""How true the trainer is, measured on tables whose truth is known: `python -m bench.truth [--seeds N]`.

Found: a planted column, or one correlated above 0.8 with it, is reported STRONG or MODERATE. False: any other report.
Beside the trainer stand Benjamini-Hochberg on Spearman's p (q <= 0.10) and the plain stepwise maximum test (p <= 0.05).
"""

import argparse
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
from scipy.stats import spearmanr
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from bench.intervals import wilson
from bench.simulate import Simulated, World, simulate
from bench.stepwise import stepwise
from services.trainer import quality, search
from services.trainer.discovery import Resampling, Sample, discover
from services.trainer.learn import model_scale, sample_of, tops_of
from services.trainer.models import fit_models
from services.trainer.ranks import benjamini_hochberg
from shared.contracts.findings import Label

WORLDS = (
    World("noise, 40 x 100", rows=40, features=100, effects=0),
    World("noise, 50 x 432", effects=0),
    World("noise, 10 % missing", effects=0, missing=0.1),
    World("noise, 5 videos per creator", effects=0, per_creator=5),
    World("noise, one viral outlier", effects=0, kind="outlier"),
    World("three effects of 25 %"),
    World("three effects of 25 %, 10 % missing", missing=0.1),
    World("three effects of 20 %", share=0.20),
    World("one effect of 40 %", effects=1, share=0.40),
    World("two thresholds of 30 %", effects=2, share=0.30, kind="threshold"),
)
DRAWS = Resampling(own=9_999, interval=500)
METHODS = ("BH on Spearman", "stepwise maximum", "trainer", "trainer, STRONG only")


@dataclass(frozen=True)
class Outcome:
    """What one method said of one table."""

    found: int
    false: int
    ratios: tuple[float, ...] = ()
    covered: tuple[bool, ...] = ()


def judge(world: World, seed: int) -> dict[str, Outcome]:
    """Every method on one table."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        case = simulate(world, seed)
        prepared = quality.prepare(case.table)
        sample = sample_of(prepared.values, case.table.target, case.table.groups)
        goal = model_scale(case.table.target)
        found = discover(sample, lambda: tops_of(fit_models(prepared.values, goal, seed=seed)), seed=(seed, 0), draws=DRAWS)
        reported = [candidate for candidate in found if candidate.label is not Label.EMERGING]
        plain = stepwise(sample.design, search.redundant(sample.related), rng=np.random.default_rng(seed))
    causes = [prepared.names.index(name) for name in case.causes if name in prepared.names]
    columns = {
        "BH on Spearman": _bh(sample),
        "stepwise maximum": plain,
        "trainer": [candidate.column for candidate in reported],
        "trainer, STRONG only": [candidate.column for candidate in reported if candidate.label is Label.STRONG],
    }
    outcomes = {name: _outcome(sample, causes, picked) for name, picked in columns.items()}
    strong = [candidate for candidate in reported if candidate.label is Label.STRONG and candidate.column in causes]
    outcomes["trainer, STRONG only"] = Outcome(
        outcomes["trainer, STRONG only"].found,
        outcomes["trainer, STRONG only"].false,
        tuple(abs(candidate.effect) / case.rho for candidate in strong),
        tuple(_covers(candidate.effect, candidate.interval, case) for candidate in strong),
    )
    return outcomes


def _covers(effect: float, interval: tuple[float, float], case: Simulated) -> bool:
    return bool(interval[0] <= np.copysign(case.rho, effect) <= interval[1])


def _bh(sample: Sample) -> list[int]:
    p_values = [spearmanr(column, sample.target, nan_policy="omit").pvalue for column in sample.values.T]
    return [int(column) for column in np.flatnonzero(benjamini_hochberg(np.array(p_values)) <= 0.10)]


def _outcome(sample: Sample, causes: Sequence[int], picked: Sequence[int]) -> Outcome:
    same = search.redundant(sample.related)
    found = sum(any(same[cause, column] for column in picked) for cause in causes)
    return Outcome(found, sum(not any(same[cause, column] for cause in causes) for column in picked))


def summary(world: World, outcomes: Sequence[Outcome]) -> str:
    """One method on one world in words: share of tables with a report, share of effects found, share of false reports."""
    tables = len(outcomes)
    said = sum(bool(outcome.found + outcome.false) for outcome in outcomes)
    if not world.effects:
        low, high = wilson(said, tables)
        return f"reports in {said / tables:6.1%} of tables ({low:.1%} to {high:.1%})"
    found, false = sum(o.found for o in outcomes), sum(o.false for o in outcomes)
    low, high = wilson(found, tables * world.effects)
    line = (
        f"finds {found / (tables * world.effects):6.1%} ({low:.1%} to {high:.1%}), {false / max(1, found + false):5.1%} false"
    )
    ratios, covered = [r for o in outcomes for r in o.ratios], [c for o in outcomes for c in o.covered]
    if ratios:
        line += f", effect/true {median(ratios):.2f}, interval covers {np.mean(covered):.0%}"
    return line


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="tables per world")
    parser.add_argument("--first", type=int, default=0, help="the first seed; the rules were tuned on seeds below 5000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--world", default="", help="only worlds whose name contains this")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        for world in WORLDS:
            if options.world not in world.name:
                continue
            results = list(pool.map(partial(judge, world), range(options.first, options.first + options.seeds)))
            print(f"{world.name} ({options.seeds} tables)", flush=True)
            for method in METHODS:
                print(f"  {method:<22}{summary(world, [result[method] for result in results])}", flush=True)


if __name__ == "__main__":
    main()
