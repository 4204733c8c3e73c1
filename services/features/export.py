"""Feature rows as a training table, and beside it the reasons of what is missing."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from shared.catalogue.feature import Kind
from shared.catalogue.registry import CATALOGUE
from shared.contracts.feature_row import FeatureRow

COUNTED = ("views", "likes", "comments", "shares", "saves", "reposts")
"""The outcome as the platform counted it; `engagement_rate` is computed from it. A trainer takes one as the target."""

_ABOUT = {
    "bucket": pl.String, "client": pl.String, "batch": pl.String, "run": pl.String, "url": pl.String, "creator": pl.String,
    "creator_followers": pl.Int64, "posted_at": pl.String, "catalogue_version": pl.String, "profile": pl.String,
}  # fmt: skip


def training_table(rows: Sequence[FeatureRow]) -> pl.DataFrame:
    """One line per row in the order of bucket, video and run: `video_id` first, then where it comes from, outcomes, features.

    A feature is null where it was not observed; `missing_table` has the reason. Rows are of one catalogue version.
    """
    ordered = _ordered(rows)
    schema = {"video_id": pl.String, **_ABOUT, **dict.fromkeys(COUNTED, pl.Int64), "engagement_rate": pl.Float64}
    lines = [_line(row) for row in ordered]
    names = _names(rows)
    return pl.DataFrame(lines, schema={**schema, **{name: _type(name, rows) for name in names}})


def missing_table(rows: Sequence[FeatureRow]) -> pl.DataFrame:
    """The same lines with, per feature, the reason why it is missing, null where it is there."""
    names = _names(rows)
    lines = [{"video_id": row.video_id, **{name: row.missing.get(name) for name in names}} for row in _ordered(rows)]
    return pl.DataFrame(lines, schema=dict.fromkeys(("video_id", *names), pl.String))


def _line(row: FeatureRow) -> dict[str, Any]:
    about = {name: getattr(row, name) for name in _ABOUT if name not in ("bucket", "posted_at")}
    counted = {name: getattr(row.outcome, name) for name in COUNTED}
    own = {"video_id": row.video_id, "bucket": row.bucket.value, "posted_at": row.posted_at.isoformat()}
    return {**own, **about, **counted, "engagement_rate": row.outcome.engagement_rate, **row.values}


def _ordered(rows: Sequence[FeatureRow]) -> list[FeatureRow]:
    return sorted(rows, key=lambda row: (row.bucket.value, row.video_id, row.run))


def _names(rows: Sequence[FeatureRow]) -> tuple[str, ...]:
    """Feature names in the order of the vector, as the rows have it."""
    return tuple(dict.fromkeys(name for row in rows for name in row.values))


def _type(name: str, rows: Sequence[FeatureRow]) -> type[pl.DataType]:
    """By the declaration; by the values where an older version had a feature that this catalogue does not."""
    if name in CATALOGUE:
        return pl.String if CATALOGUE.get(name).kind is Kind.ENUM else pl.Float64
    return pl.String if any(isinstance(row.values.get(name), str) for row in rows) else pl.Float64
