"""`rumiai export`: the feature rows of a batch as a training table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
from cyclopts import Parameter, Token

from services.console.output import Batch, Client, Run, check_file, make_folder, write_file
from services.features.export import missing_table, training_table
from services.features.store import FeatureRowEntry, FeaturesStore
from services.features.version import catalogue_version
from shared.artifacts import ArtifactStore
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import FIRST_RUN
from shared.contracts.feature_row import FeatureRow
from shared.database import Database
from shared.errors import UsageError
from shared.numbers import listing
from shared.settings import Settings

_SUFFIXES = (".csv", ".parquet")


def _bucket(_: object, tokens: Sequence[Token]) -> Bucket:
    """A bucket by the name it has everywhere else. Raises UsageError."""
    name = tokens[0].value
    if name not in set(Bucket):
        raise UsageError(f"There is no bucket {name!r}: choose {listing(tuple(Bucket), 'or')}.")
    return Bucket(name)


def export(
    client: Client,
    batch: Batch,
    /,
    *,
    out: Annotated[Path, Parameter(help="a .csv or .parquet file; the reasons of missing values go beside it")],
    bucket: Annotated[
        Bucket | None,
        Parameter(help=f"only this duration bucket: {listing(tuple(Bucket), 'or')}", converter=_bucket, show_choices=False),
    ] = None,
    version: Annotated[str | None, Parameter(help="catalogue version; this installation's if left out")] = None,
    profile: Annotated[str | None, Parameter(help="analysis profile; needed where the rows have several")] = None,
    run: Run = FIRST_RUN,
    analyses: Annotated[
        Path | None, Parameter(help="also write each video's analysis into this folder, for `rumiai train --analyses`")
    ] = None,
) -> None:
    """Write one line per video with its features, outcomes, catalogue version and profile.

    `rumiai train` reads it: `rumiai train TABLE --target engagement_rate --groups creator --out DIR`.
    Raises UsageError where there is no such row, or rows of several profiles that can't be compared.
    """
    if out.suffix not in _SUFFIXES:
        raise UsageError(f"The output {out} must end in {' or '.join(_SUFFIXES)}: the name decides the format.")
    check_file(out)
    if analyses is not None:
        make_folder(analyses, option="--analyses")
    settings = Settings()
    entries = FeaturesStore(Database(settings.database)).rows(client, batch)
    chosen = _chosen(entries, (client, batch, run), version or catalogue_version(), profile, bucket)
    artifacts = ArtifactStore.open(settings.artifacts)
    rows = [FeatureRow.from_bytes(artifacts.get(ArtifactRef.model_validate_json(entry.row))) for entry in chosen]
    reasons = out.with_name(f"{out.stem}.missing{out.suffix}")
    _write(training_table(rows), out)
    _write(missing_table(rows), reasons)
    print(f"{len(rows)} videos, {len(rows[0].values)} features, catalogue version {rows[0].catalogue_version}: {out}")
    print(f"Why a value is missing: {reasons}")
    if analyses is not None:
        for row in rows:
            write_file(analyses / f"{row.video_id}.json", artifacts.get(row.analysis))
        print(f"What was seen in each video: {analyses}")


def _chosen(
    entries: Sequence[FeatureRowEntry], batch: tuple[str, str, str], version: str, profile: str | None, bucket: Bucket | None
) -> list[FeatureRowEntry]:
    name = f"batch {batch[1]!r} of client {batch[0]!r}, run {batch[2]!r}"
    of_run = [entry for entry in entries if entry.run == batch[2]]
    if not of_run:
        raise UsageError(
            f"There is no feature row of {name}: check the names, run the batch first, or set RUMIAI_DATA_DIR"
            " to its data folder (after `rumiai run --out OUT` that is OUT/.rumiai)."
        )
    of_bucket = [entry for entry in of_run if bucket in (None, entry.bucket)]
    if not of_bucket:
        raise UsageError(f"The rows of {name} are of bucket {_listed(entry.bucket for entry in of_run)}, none of {bucket}.")
    of_version = [entry for entry in of_bucket if entry.catalogue_version == version]
    if not of_version:
        there = _listed(entry.catalogue_version for entry in of_bucket)
        derive = ", or run `rumiai replay features` first" if version == catalogue_version() else ""
        raise UsageError(
            f"The rows of {name} are of catalogue version {there}, not {version}: give one with --version{derive}."
        )
    profiles = Counter(entry.profile for entry in of_version)
    there = ", ".join(f"{name} ({count})" for name, count in sorted(profiles.items()))
    if profile is None and len(profiles) > 1:
        raise UsageError(f"The rows of {name} can't be one table: choose one with --profile of {there}.")
    if profile is not None and profile not in profiles:
        raise UsageError(f"No row of {name} has the profile {profile}: choose one with --profile of {there}.")
    return [entry for entry in of_version if profile in (None, entry.profile)]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(set(values)))


def _write(table: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        write_file(path, table.write_csv())
        return
    try:
        table.write_parquet(path)
    except OSError as error:
        raise UsageError(f"The output {path} can't be written ({error.strerror}): choose another with --out.") from error
