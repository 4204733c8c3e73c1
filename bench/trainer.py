"""What training costs: five buckets of 50 by 432 at once, then one bucket against rows and against features.

Every training runs in a process of its own with one thread, as in the service; memory is that process's peak.
"""

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from bench.simulate import World, simulate
from services.trainer.train import train

BUCKETS, CORES = 5, 2
GOAL_S, GOAL_MB = 90, 1000
ROWS = (50, 100, 200, 500, 1000, 2000, 5000)
FEATURES = (50, 100, 200, 432, 800)


@dataclass(frozen=True)
class Cost:
    """Processor seconds of one training and the peak memory of its process in MB."""

    cpu_s: float
    peak_mb: float


def cost(rows: int, features: int, seed: int = 0) -> Cost:
    """Train once on a simulated bucket (three effects)."""
    table = simulate(World("cost", rows=rows, features=features), seed).table
    start = time.process_time()
    train(table, seed=seed)
    return Cost(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(rows: tuple[int, ...] = ROWS, features: tuple[int, ...] = FEATURES) -> None:
    """Print the batch and both curves."""
    own = partial(ProcessPoolExecutor, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1)
    with own(CORES) as pool:
        start = time.perf_counter()
        costs = list(pool.map(cost, [50] * BUCKETS, [432] * BUCKETS, range(BUCKETS)))
        took = time.perf_counter() - start
    print(
        f"trainer: {BUCKETS} buckets of 50 x 432 on {CORES} cores: {took:.0f} s (at most {GOAL_S}),"
        f" {sum(one.cpu_s for one in costs):.0f} s of processor,"
        f" {max(one.peak_mb for one in costs):.0f} MB per process (at most {GOAL_MB})",
        flush=True,
    )
    with own(1) as pool:
        for shape in [(count, 432) for count in rows] + [(50, count) for count in features]:
            one = pool.submit(cost, *shape).result()
            print(
                f"trainer: {shape[0]:>5} rows x {shape[1]:>3} features: {one.cpu_s:6.1f} s, {one.peak_mb:5.0f} MB", flush=True
            )


if __name__ == "__main__":
    main()
