"""Feature rows of one bucket as a training table: one catalogue version and profile, outcomes kept apart."""

from collections import Counter
from collections.abc import Sequence

from services.trainer import checks
from services.trainer.leakage import without_outcomes
from services.trainer.table import RawTable, Table
from shared.contracts.feature_row import FeatureRow
from shared.contracts.findings import Check

TARGET = "engagement_rate"


def from_rows(rows: Sequence[FeatureRow], target: str = TARGET) -> Table:
    """The table of the rows; the target is a number of the outcome, the creator is the group.

    Rows of different catalogue versions or profiles can't be compared, so the most frequent kind is kept and the others
    are left out, with a check that names them. A row without the outcome counts as left out too. The same file posted again
    is still there: training takes it once (repeats.py).
    """
    kept, mixed = _one_kind(rows)
    names = sorted({name for row in kept for name in row.values})
    columns, outcomes = without_outcomes({name: [row.values.get(name) for row in kept] for name in names}, target)
    return RawTable(
        ids=tuple(row.video_id for row in kept),
        target_name=target,
        target=tuple(getattr(row.outcome, target) for row in kept),
        columns=columns,
        groups=tuple(row.creator for row in kept),
        urls=tuple(row.url for row in kept),
        videos=tuple(row.video_sha256 for row in kept),
        times=tuple(row.posted_at.timestamp() for row in kept),
        views=tuple(float(row.outcome.views) for row in kept),
        followers=tuple(None if row.creator_followers is None else float(row.creator_followers) for row in kept),
        left_out=len(rows) - len(kept),
        checks=(*mixed, *outcomes, *_engines_off(kept)),
        catalogue_version=kept[0].catalogue_version if kept else None,
        profile=kept[0].profile if kept else None,
    ).table()


def _one_kind(rows: Sequence[FeatureRow]) -> tuple[list[FeatureRow], list[Check]]:
    kinds = Counter((row.catalogue_version, row.profile) for row in rows)
    if len(kinds) < 2:
        return list(rows), []
    kind = min(kinds, key=lambda own: (-kinds[own], own))
    kept = [row for row in rows if (row.catalogue_version, row.profile) == kind]
    others = [row.video_id for row in rows if (row.catalogue_version, row.profile) != kind]
    sentence = (
        f"{checks.counted(len(others), 'row')} of another profile or catalogue version than {' / '.join(kind)} left out"
        f" ({checks.named(others)}): analyze them again to compare."
    )
    return kept, [checks.check(checks.MIXED, "warning", sentence)]


def _engines_off(rows: Sequence[FeatureRow]) -> list[Check]:
    """The engines that looked at none of these videos; rows of one profile have the same ones."""
    off = dict(sorted((name, reason) for row in rows for name, reason in (row.engines_off or {}).items()))
    if not off:
        return []
    told = "; ".join(f"{name} ({reason})" for name, reason in off.items())
    sentence = f"Not looked at, so without any finding here: {told}."
    return [checks.check(checks.ENGINES_OFF, "info", sentence)]
