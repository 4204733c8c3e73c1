"""`rumiai compare`: several searches of one client beside each other."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from services.console.findings_files import read_all, search_name
from services.console.output import Json
from services.trainer.comparison import compare as beside
from shared.contracts.portfolio import Comparison
from shared.errors import UsageError
from shared.numbers import number, percent


def compare(
    *findings: Annotated[Path, Parameter(help="findings.json files of several searches, or their folders")],
    json_: Json = False,
) -> None:
    """Which patterns hold in all searches, which in one, and how the searches differ per bucket."""
    named = [(search_name(path, one), one) for path, one in read_all(findings)]
    if len({name for name, _ in named}) < 2:
        raise UsageError(f"All findings are of the search {named[0][0]!r}: give findings of at least two searches.")
    made = beside(named)
    if json_:
        print(made.model_dump_json(indent=2))
    else:
        _show(made)


def _show(made: Comparison) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(_heatmap(made))
    for bucket in made.buckets:
        console.print(f"{bucket.bucket}: {bucket.sentence}")
        for pattern in bucket.patterns:
            console.print(f"  {pattern.sentence}")
    if not made.buckets:
        console.print("No bucket was learned in two searches: patterns can't be compared.")
    for sentence in (*made.left_out, *made.method):
        console.print(sentence)


def _heatmap(made: Comparison) -> Table:
    """Searches down, buckets across: medians with their numbers of rows."""
    form = percent if made.target == "engagement_rate" else number
    buckets = list(dict.fromkeys(cell.bucket for cell in made.heatmap))
    cells = {(cell.search, cell.bucket): cell for cell in made.heatmap}
    table = Table(f"median {made.target}", *buckets, box=None)
    for search in made.searches:
        row = [cells[search, bucket] for bucket in buckets]
        table.add_row(search, *("none" if cell.median is None else f"{form(cell.median)} (n {cell.rows})" for cell in row))
    return table
