"""`python -m bench.accuracy [--seeds N] [--only ENGINE]`: scores every engine, prints the table, exits 1 on a missed target."""

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.accuracy.score import Score, table
from services.analyzer.native_logs import silence_native_logs

ENGINES = ("scenes", "people", "text", "graphics", "speech", "audio", "visuals", "objects")
"""Each is a module here with `score(folder: Path, seeds: range) -> list[Score]`; clips are made in the folder."""


def main() -> None:
    """Score and print, engine by engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="generated clips per kind")
    parser.add_argument("--only", choices=ENGINES, action="append", help="only this engine; can be repeated")
    options = parser.parse_args()
    silence_native_logs()
    scores: list[Score] = []
    for name in options.only or ENGINES:
        score: Callable[[Path, range], list[Score]] = importlib.import_module(f"bench.accuracy.{name}").score
        with tempfile.TemporaryDirectory() as folder:
            scores += score(Path(folder), range(options.seeds))
    print(table(scores))
    sys.exit(any(score.reached is False for score in scores))


if __name__ == "__main__":
    main()
