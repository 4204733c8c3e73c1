"""`rumiai predict`: what to expect of new rows, by the models of an earlier training."""

import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console

from services.console.input import read_contract
from services.console.output import Json
from services.reporter.features import describe
from services.trainer.inference import predictions
from services.trainer.loading import Loaded, from_folder, from_store
from services.trainer.newrows import NewRows
from services.trainer.reading import read_columns
from shared.artifacts import ArtifactStore
from shared.catalogue.feature import Direction
from shared.contracts.bucket import Bucket
from shared.contracts.feature_row import Value
from shared.contracts.findings import Findings, Label
from shared.contracts.forecast import Prediction, Stance
from shared.errors import UsageError
from shared.mapping_file import read_mapping
from shared.numbers import number, percent
from shared.settings import Settings


def predict(
    models: Annotated[Path, Parameter(help="the folder that `rumiai train --out` wrote, or the findings.json of a batch")],
    rows: Annotated[Path, Parameter(help="JSON of one video as `rumiai features --out` writes it, or a CSV or Parquet table")],
    /,
    *,
    json_: Json = False,
) -> None:
    """Expected target with its interval, the cluster, and which patterns each row follows or breaks.

    The interval holds for rows of the same kind: the same bucket, profile and catalogue version, chosen in the same way.
    """
    loaded = _load(models)
    made = predictions(loaded, _read(rows))
    if json_:
        print(json.dumps([one.model_dump(mode="json") for one in made], ensure_ascii=False, indent=2))
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for one in made:
        _show(one, console)


def _load(models: Path) -> Loaded:
    if models.is_dir():
        return from_folder(models)
    findings = read_contract(models, Findings, what="findings file")
    if findings.forecast is None and (models.parent / "forecast").is_dir():
        return from_folder(models.parent)
    return from_store(findings, ArtifactStore.open(Settings().artifacts))


def _read(rows: Path) -> NewRows:
    if rows.suffix.lower() == ".json":
        return _one(rows)
    read = read_columns(rows)
    if not read.ids:
        raise UsageError(f"The table {rows} has no rows: give at least one to predict for.")
    version, profile = read.version("catalogue_version"), read.version("profile")
    return NewRows(str(rows), read.ids, read.cells, profile, version, _bucket(read.version("bucket"), rows))


def _one(path: Path) -> NewRows:
    content = read_mapping(path, what="features")
    values = content.get("values")
    if not isinstance(values, dict):
        raise UsageError(f"The file {path} has no field values: give what `rumiai features --out` wrote, or a table.")
    for name, value in values.items():
        if value is not None and not isinstance(value, str | int | float):
            raise UsageError(f"The feature {name} in {path} is no number and no text: compute the features again.")
    cells: dict[str, list[Value]] = {
        name: [value if isinstance(value, str) or value is None else float(value)] for name, value in values.items()
    }
    row_id = str(content.get("video_id", path.stem))
    return NewRows(
        str(path),
        (row_id,),
        cells,
        content.get("profile"),
        content.get("catalogue_version"),
        _bucket(content.get("bucket"), path),
    )


def _bucket(name: str | None, path: Path) -> Bucket | None:
    if name is not None and name not in set(Bucket):
        raise UsageError(f"{path} names the bucket {name!r}, which does not exist: correct it or leave it out.")
    return None if name is None else Bucket(name)


def _show(one: Prediction, console: Console) -> None:
    form = percent if one.target == "engagement_rate" else number
    between = (
        f", {one.level:.0%} interval {form(one.low)} to {form(one.high)}"
        if one.low is not None and one.high is not None
        else ""
    )
    console.print(f"{one.row_id}: {one.target} {form(one.expected)} is typical{between}")
    if one.cluster is not None and one.cluster_median is not None:
        console.print(f"  cluster {one.cluster}, whose median is {form(one.cluster_median)}")
    for stance in one.patterns:
        console.print(f"  {stance.stance:<7}  {stance.label:<8} {Label(stance.label).stars:<3}  {_words(stance)}")
    for note in one.notes:
        console.print(f"  note: {note}")


def _words(stance: Stance) -> str:
    """The instruction, and what the row has beside the value that parts the rows."""
    told = []
    for condition, value in zip(stance.conditions, stance.values, strict=True):
        words = describe(condition.feature)
        wanted: Direction = (
            "higher" if (condition.operator == ">") != (stance.anti and len(stance.conditions) == 1) else "lower"
        )
        own = "not known" if value is None else words.form(value)
        told.append(f"{words.instruct(wanted, None)} (here {own}, parted at {words.form(condition.threshold)})")
    if stance.anti and len(told) > 1:
        return f"Not both together: {' and '.join(told)}"
    return " and ".join(told)
