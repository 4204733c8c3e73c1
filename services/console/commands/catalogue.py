"""`rumiai catalogue`: lists, searches and counts the features."""

import json
import sys
from collections import Counter
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.console.output import Json
from services.features.formula_reference import formula_name
from services.features.version import catalogue_version
from shared.catalogue.docs import markdown
from shared.catalogue.feature import Analysis, Block, Feature
from shared.catalogue.registry import CATALOGUE, PREFIXES
from shared.errors import UsageError

app = App(name="catalogue", help="List, search, count and compare the features.")
app.command(
    "services.console.commands.catalogue_diff:save", name="save", help="Write this catalogue to a file, to compare others with."
)
app.command("services.console.commands.catalogue_diff:diff", name="diff", help="What changed between two versions of it.")


@app.default
def catalogue(
    *,
    search: Annotated[
        str | None,
        Parameter(help="only features that have all of these words in their name, title, definition, block or advice"),
    ] = None,
    as_json: Json = False,
    as_markdown: Annotated[bool, Parameter(name="--markdown", help="print docs/features.md")] = False,
) -> None:
    """List the features, with their number per analysis and block.

    Raises UsageError where nothing has the searched word.
    """
    if as_markdown:
        sys.stdout.write(markdown({name: formula_name(name) for name in CATALOGUE.names()}))
        return
    found = CATALOGUE.features() if search is None else CATALOGUE.search(search)
    if not found:
        raise UsageError(
            f"No feature has {search!r} in its name, title, definition, block or advice; try fewer words, or parts of them."
        )
    if as_json:
        print(json.dumps(_document(found), ensure_ascii=False, indent=2))
    else:
        _print(found, Console(highlight=False))


def _counts(features: tuple[Feature, ...]) -> Counter[tuple[Analysis, Block]]:
    return Counter((feature.analysis, feature.block) for feature in features)


def _document(features: tuple[Feature, ...]) -> dict[str, Any]:
    counts = _counts(features)
    return {
        "catalogue_version": catalogue_version(),
        "features": len(features),
        "counts": {
            analysis.value: {block.value: counts[analysis, block] for block in Block if counts[analysis, block]}
            for analysis in Analysis
        },
        "declarations": [
            {
                **feature.declaration(),
                "domain": feature.domain,
                "missing_meaning": feature.missing_meaning,
                "formula": formula_name(feature.name),
            }
            for feature in features
        ],
    }


def _print(features: tuple[Feature, ...], console: Console) -> None:
    for analysis in Analysis:
        declared = [feature for feature in features if feature.analysis is analysis]
        if declared:
            console.print(_table(analysis, declared))
    console.print(_count_table(features))
    console.print(f"{len(features)} of {len(CATALOGUE)} features, catalogue version {catalogue_version()}.")


def _table(analysis: Analysis, features: list[Feature]) -> Table:
    table = Table(title=analysis.value, title_justify="left", title_style="bold")
    table.add_column("feature", no_wrap=True)
    table.add_column("definition")
    table.add_column("values")
    table.add_column("to creators: higher / lower")
    for block in Block:
        declared = [feature for feature in features if feature.block is block]
        if declared:
            table.add_section()
            table.add_row(Text(block.value, style="bold"))
        for feature in declared:
            unit = " ".join(part for part in (feature.noun, feature.unit.value) if part)
            values = feature.domain + (f"; {unit}" if unit else "")
            words = " / ".join(word for word in (feature.higher, feature.lower) if word) or "nothing to do"
            table.add_row(feature.name, *map(Text, (feature.definition, values, words)))
    return table


def _count_table(features: tuple[Feature, ...]) -> Table:
    counts = _counts(features)
    table = Table(title="features", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("", *(PREFIXES[analysis].strip("_") for analysis in Analysis), "all"):
        table.add_column(heading, no_wrap=True)
    for block in Block:
        row = [counts[analysis, block] for analysis in Analysis]
        table.add_row(block.value, *map(str, row), str(sum(row)))
    totals = [sum(counts[analysis, block] for block in Block) for analysis in Analysis]
    table.add_section()
    table.add_row("all", *map(str, totals), str(len(features)))
    return table
