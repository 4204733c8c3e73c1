"""A corpus of random analyses with their vectors, computed once."""

import pytest
from random_analyses import random_analysis, random_record

from services.features.compute import Vector, compute
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord


@pytest.fixture(scope="session")
def corpus() -> list[tuple[Analysis, VideoRecord, Vector]]:
    rows = []
    for seed in range(150):
        analysis = random_analysis(seed)
        record = random_record(seed, analysis.video.duration_s)
        rows.append((analysis, record, compute(analysis, record)))
    return rows
