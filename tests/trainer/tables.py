"""Small tables with and without a planted effect."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from services.trainer.discovery import Resampling
from services.trainer.table import RawTable, Table
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import Outcome

QUICK = Resampling(interval=200, baseline=1)


def planted(*, rows: int = 40, columns: int = 6, seed: int = 0, strength: float = 3.0) -> dict[str, list[float]]:
    """Columns f0.. of noise and a heavy-tailed `engagement_rate` that follows f1."""
    rng = np.random.default_rng(seed)
    features = {f"f{column}": rng.normal(size=rows).tolist() for column in range(columns)}
    goal = np.exp(strength * np.array(features["f1"]) / 3 + 0.4 * rng.normal(size=rows) - 3)
    return {**features, "engagement_rate": goal.tolist()}


def table(columns: dict[str, list[float]], *, order: Sequence[int] | None = None) -> Table:
    """The columns as a training table; `order` gives the rows in another order, ids staying with their rows."""
    target = columns["engagement_rate"]
    rows = list(order) if order is not None else list(range(len(target)))
    return RawTable(
        ids=tuple(f"v{row:03d}" for row in rows),
        target_name="engagement_rate",
        target=tuple(target[row] for row in rows),
        columns={name: [cells[row] for row in rows] for name, cells in columns.items() if name != "engagement_rate"},
    ).table()


def feature_rows(count: int, *, seed: int = 0, profile: str = "full") -> list[FeatureRow]:
    """Feature rows of one bucket: the cuts per second drive the engagement, a hook kind and a gap stand beside."""
    rng = np.random.default_rng(seed)
    return [_feature_row(row, float(rng.normal()), float(rng.normal()), profile) for row in range(count)]


def _feature_row(row: int, cuts: float, noise: float, profile: str) -> FeatureRow:
    likes = int(20_000 * np.exp(cuts + 0.2 * noise))
    return FeatureRow(
        client="acme",
        batch="b1",
        run="r1",
        video_id=f"{profile}{row:03d}",
        bucket=Bucket.S16_30,
        video_sha256=hashlib.sha256(f"{profile}{row}".encode()).hexdigest(),
        url=f"https://example.org/{row}",
        creator=f"creator{row}",
        creator_followers=None,
        posted_at=datetime(2025, 1, 1, tzinfo=UTC),
        duration_s=20.0,
        catalogue_version="1",
        profile=profile,
        analysis=ArtifactRef(key="public/analyses/a", sha256="0" * 64, size=1, media_type="application/json"),
        values={"cuts_per_s": cuts, "hook": "question" if row % 3 else "claim", "speech_share": None if row == 1 else noise},
        missing={"speech_share": "not covered"} if row == 1 else {},
        outcome=Outcome(views=10_000_000, likes=likes, comments=10, shares=5),
    )
