"""`rumiai features ANALYSIS`: the feature vector of one analysis, by analysis and block, or why one number is what it is."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.acquisition.apify_items import ParsedItem, parse_item
from services.console.explanation import as_document, show
from services.console.input import parse_contract, read_contract
from services.console.output import Json, write_file
from services.features.compute import Vector, compute
from services.features.explain.explanation import explain as explain_feature
from services.features.version import catalogue_version
from shared.catalogue.feature import Analysis as AnalysisName
from shared.catalogue.feature import Block, Feature
from shared.catalogue.registry import CATALOGUE
from shared.catalogue.words import format_value
from shared.contracts.analysis import Analysis
from shared.contracts.record import ScrapedVideo, VideoRecord
from shared.errors import UsageError
from shared.mapping_file import read_mapping

LONG_REASON = 60
"""A reason with more characters, such as which weights to set, is told whole once and shortened in the tables."""
OTHER_LENGTH_S = 2.0
"""Platforms name whole seconds; a greater difference is more likely that of another video."""


def features(
    analysis: Annotated[Path, Parameter(help="the JSON that `rumiai analyze VIDEO --out` wrote")],
    *,
    metadata: Annotated[Path | None, Parameter(help="the video's metadata: one Apify item or record, as JSON")] = None,
    explain: Annotated[str | None, Parameter(help="show the seconds of video that made this feature's number")] = None,
    as_json: Json = False,
    out: Annotated[Path | None, Parameter(help="write the JSON to this file as well")] = None,
) -> None:
    """Compute the features of one analyzed video. Without metadata, what depends on it is null with the reason.

    Raises UsageError for a file that is missing, malformed or of the wrong kind, for an unknown feature, and for an output
    that can't be written.
    """
    seen = read_contract(analysis, Analysis, what="analysis")
    record = _record(metadata) if metadata is not None else None
    if record is not None and abs(record.duration_s - seen.video.duration_s) > OTHER_LENGTH_S:
        told = f"the metadata tell of {record.duration_s:g} s, the analysis of {seen.video.duration_s:.1f} s"
        print(f"Is that the same video? In {metadata} {told}.", file=sys.stderr)
    console = Console(highlight=False)
    if explain is not None:
        explanation = explain_feature(explain, seen, record)
        _give(as_document(explanation), as_json, out)
        if not as_json:
            show(explanation, console)
        return
    vector = compute(seen, record)
    document = {
        "catalogue_version": catalogue_version(),
        "profile": seen.profile,
        "values": vector.values,
        "missing": vector.missing,
    }
    _give(document, as_json, out)
    if not as_json:
        _print(vector, console)


def _give(document: Mapping[str, object], as_json: bool, out: Path | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if out is not None:
        write_file(out, text + "\n")
    if as_json:
        print(text)


def _record(path: Path) -> VideoRecord:
    """A VideoRecord, a ScrapedVideo, or a raw Apify item."""
    content = read_mapping(path, what="metadata")
    text, what = json.dumps(content), f"metadata {path}"
    if "record" in content:
        return parse_contract(text, ScrapedVideo, what=what).record
    if "video_id" in content:
        return parse_contract(text, VideoRecord, what=what)
    item = parse_item(0, content)
    if not isinstance(item, ParsedItem):
        problem = item.message.rstrip(".")
        raise UsageError(f"The metadata {path} can't be used: {problem}; give one complete Apify item or a video record.")
    return item.video.record


def _print(vector: Vector, console: Console) -> None:
    for analysis in AnalysisName:
        console.print(_table(analysis, vector))
    for reason in dict.fromkeys(reason for reason in vector.missing.values() if _short(reason) != reason):
        console.print(f"{reason[:1].upper()}{reason[1:]}.", markup=False)
    known = len(vector.values) - len(vector.missing)
    console.print(f"{known} of {len(vector.values)} features observed, catalogue version {catalogue_version()}.")


def _table(analysis: AnalysisName, vector: Vector) -> Table:
    table = Table(title=analysis.value, title_justify="left", title_style="bold")
    table.add_column("feature", no_wrap=True)
    table.add_column("meaning")
    table.add_column("value")
    for block in Block:
        declared = [one for one in CATALOGUE.features() if one.analysis is analysis and one.block is block]
        if declared:
            table.add_section()
            table.add_row(Text(block.value, style="bold"))
        for feature in declared:
            table.add_row(feature.name, feature.title, _cell(feature, vector))
    return table


def _cell(feature: Feature, vector: Vector) -> Text:
    if feature.name in vector.missing:
        return Text(_short(vector.missing[feature.name]), style="dim")
    return Text(format_value(feature, vector.values[feature.name]))


def _short(reason: str) -> str:
    return reason.partition(": ")[0] if len(reason) > LONG_REASON else reason
