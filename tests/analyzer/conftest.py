"""Runs chosen engines over a clip and returns the analysis with what was counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines
from shared.contracts.analysis import Analysis

Watch = Callable[..., tuple[Analysis, Counters]]


@pytest.fixture(scope="session")
def watch() -> Watch:
    """`watch(path, "scenes", "text")`: only these engines."""

    def run(path: Path, *names: str) -> tuple[Analysis, Counters]:
        counters = Counters()
        engines = [engine for engine in default_engines() if engine.spec.name in names]
        return analyze(path, engines=engines, counters=counters), counters

    return run
