"""What a feature vector costs, and a replay of many: `python -m bench.features [--analyses 2000]`.

The analysis is real: the 60 s bench clip through every engine. For the replay each analysis is read from its bytes and moved
by a little, so that nothing can be remembered from the one before.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from bench.clip import make_clip
from services.analyzer.analysis import analyze
from services.analyzer.native_logs import silence_native_logs
from services.features.compute import compute
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis

SECONDS = 60
_REPEATS = 50


def main() -> None:
    """Measure one vector and a replay, print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--analyses", type=int, default=2000, help="how many analyses are derived again")
    count: int = parser.parse_args().analyses
    silence_native_logs()
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyze(make_clip(Path(folder) / "bench.mp4", SECONDS).path)
    run(analysis, count)


def run(analysis: Analysis, count: int) -> None:
    """Time vectors of this analysis (CPU seconds: they do not depend on what else the machine does)."""
    compute(analysis, None)
    start = time.process_time()
    for _ in range(_REPEATS):
        compute(analysis, None)
    each = (time.process_time() - start) / _REPEATS
    data = analysis.to_bytes()
    before, start = _peak_mib(), time.process_time()
    for index in range(count):
        seen = Analysis.from_bytes(data)
        longer = seen.video.model_copy(update={"duration_s": seen.video.duration_s + index * 1e-6})
        compute(seen.model_copy(update={"video": longer}), None)
    taken = time.process_time() - start
    print(f"\nfeatures: {len(CATALOGUE)} of one {analysis.video.duration_s:.0f} s analysis in {each * 1000:.1f} ms CPU")
    print(f"replay of {count} analyses ({len(data) // 1024} KiB each): {count / taken:.0f} per CPU second")
    print(f"peak memory {before} MiB before the replay, {_peak_mib()} MiB after it")


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
