"""`rumiai train`: findings from any table of features."""

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table as RichTable

from services.console.input import read_contract
from services.console.output import Json, make_folder
from services.trainer.files import FOLDERS, MADE, files
from services.trainer.reading import read_table
from services.trainer.sightings import with_sightings
from services.trainer.train import train as train_table
from shared.contracts.analysis import Analysis
from shared.contracts.diagnostics import Drift
from shared.contracts.findings import Findings, Verdict
from shared.errors import UsageError
from shared.tracing import installed_tracer

_LARGEST_SEED = 2**32 - 1  # what numpy's older generators take


def train(  # noqa: PLR0913 - the options of the command
    table: Annotated[Path, Parameter(help="CSV or Parquet; the first column is an id")],
    /,
    *,
    target: Annotated[str, Parameter(help="the column to explain")],
    out: Annotated[Path, Parameter(help="folder for findings, their page, models and forecast; made if it does not exist")],
    groups: Annotated[str | None, Parameter(help="column whose rows belong together, such as the creator")] = None,
    weights: Annotated[str | None, Parameter(help="column that says how much a row counts in the models")] = None,
    time: Annotated[
        str | None, Parameter(help="column with the posting date: models are then also judged on later rows")
    ] = None,
    previous: Annotated[Path | None, Parameter(help="an earlier findings.json: which patterns came, went or changed")] = None,
    analyses: Annotated[
        Path | None, Parameter(help="folder with ID.json per row, from `rumiai export --analyses`: where each pattern shows")
    ] = None,
    planned: Annotated[int | None, Parameter(help="how many rows were asked for; the table's rows if left out")] = None,
    seed: Annotated[int, Parameter(help="same table, seed and versions: same bytes")] = 0,
    json_: Json = False,
) -> None:
    """Find what goes with a higher or lower target, with evidence; says so when there is nothing or too little."""
    if not 0 <= seed <= _LARGEST_SEED:
        raise UsageError(f"The seed {seed} is not allowed: give a whole number from 0 to {_LARGEST_SEED}.")
    if analyses is not None and not analyses.is_dir():
        raise UsageError(f"There is no folder {analyses}: name the one that `rumiai export --analyses` wrote.")
    make_folder(out)
    earlier = read_contract(previous, Findings, what="findings file") if previous else None
    data = read_table(table, target=target, groups=groups, weights=weights, time=time)
    if not json_:
        print(f"learning from {len(data)} rows and {len(data.names)} columns", file=sys.stderr)
    trained = train_table(data, seed=seed, planned=planned, previous=earlier)
    if analyses is not None:
        trained = replace(trained, findings=_sighted(trained.findings, analyses))
    _write(files(trained), out)
    if json_:
        print(trained.findings.model_dump_json(indent=2))
    else:
        _show(trained.findings, out)


def _sighted(findings: Findings, analyses: Path) -> Findings:
    return with_sightings(findings, partial(_analysis, analyses), installed_tracer())


def _analysis(folder: Path, row_id: str) -> Analysis | None:
    """None where the folder has no file of that row; ids that are no file names have none."""
    path = folder / f"{row_id}.json"
    if path.parent != folder or not path.is_file():
        return None
    return read_contract(path, Analysis, what="analysis")


def _write(made: Mapping[str, bytes], out: Path) -> None:
    """Write what was learned; what an earlier run left and this one did not make would not belong to these findings."""
    try:
        for pattern in MADE:
            for old in out.glob(pattern):
                old.unlink()
        for folder in FOLDERS:
            with suppress(OSError):  # absent, or a person's own files are in it
                (out / folder).rmdir()
        for name, data in made.items():
            (out / name).parent.mkdir(exist_ok=True)
            (out / name).write_bytes(data)
    except OSError as error:
        raise UsageError(f"The folder {out} can't be written ({error.strerror}): choose another with --out.") from error


def _show(findings: Findings, out: Path) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(findings.verdict_sentence)
    if findings.patterns:
        console.print(_pattern_table(findings))
        for label in dict.fromkeys(found.label for found in findings.patterns):
            console.print(findings.label_rules[label])
    elif findings.verdict is Verdict.TRAINED:
        console.print(f"Nothing found: none of {findings.features_tested} features goes with {findings.target} beyond chance.")
    if findings.drift is not None:
        _show_drift(findings.drift, console)
    for check in findings.checks:
        console.print(f"{check.code} {check.level}: {check.sentence}")
    console.print(f"Findings: {out / 'findings.json'}")


def _show_drift(drift: Drift, console: Console) -> None:
    console.print(f"Against the earlier findings ({drift.shared_rows} rows in both): ", end="")
    console.print(drift.incomparable or ("no pattern then and none now." if not drift.changes else ""))
    for change in drift.changes:
        console.print(f"  {change.kind}: {change.sentence}")


def _pattern_table(findings: Findings) -> RichTable:
    shown = RichTable(box=None, pad_edge=False)
    for title in ("label", "feature", "direction", "effect", "95 % interval", "p", "q", "n", "models"):
        shown.add_column(title, overflow="fold")
    for pattern in findings.patterns:
        low, high = pattern.interval
        shown.add_row(
            pattern.label,
            " and ".join(pattern.features),
            pattern.direction,
            f"{pattern.effect:+.2f}",
            f"{low:+.2f} to {high:+.2f}",
            f"{pattern.p_value:.2g}",
            f"{pattern.q_value:.2g}",
            str(pattern.n),
            f"{len(pattern.consensus)} of 4",
        )
    return shown
