"""`rumiai features ANALYSIS`: the feature vector of one analysis, by analysis and block."""

import json
from pathlib import Path
from typing import Annotated, TypeVar

from cyclopts import Parameter
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.acquisition.apify_items import ParsedItem, parse_item
from services.features.compute import Vector, compute
from services.features.version import catalogue_version
from shared.catalogue.feature import Analysis as AnalysisName
from shared.catalogue.feature import Block, Feature
from shared.catalogue.registry import CATALOGUE
from shared.catalogue.words import format_value
from shared.contracts.analysis import Analysis
from shared.contracts.record import ScrapedVideo, VideoRecord
from shared.errors import UsageError
from shared.mapping_file import read_mapping, read_text

_Model = TypeVar("_Model", bound=BaseModel)


def features(
    analysis: Annotated[Path, Parameter(help="the JSON that `rumiai analyze VIDEO --out` wrote")],
    *,
    metadata: Annotated[Path | None, Parameter(help="the video's metadata: one Apify item or record, as JSON")] = None,
    as_json: Annotated[bool, Parameter(name="--json", help="print JSON instead of tables")] = False,
    out: Annotated[Path | None, Parameter(help="write the JSON to this file as well")] = None,
) -> None:
    """Compute the features of one analyzed video. Without metadata, what depends on it is null with the reason.

    Raises UsageError for a file that is missing, malformed or of the wrong kind, and for an output that can't be written.
    """
    seen = _validated(Analysis, read_text(analysis, what="analysis"), f"analysis {analysis}")
    record = _record(metadata) if metadata is not None else None
    vector = compute(seen, record)
    document = {
        "catalogue_version": catalogue_version(),
        "profile": seen.profile,
        "values": vector.values,
        "missing": vector.missing,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if out is not None:
        _write(out, text)
    if as_json:
        print(text)
    else:
        _print(vector, Console(highlight=False))


def _validated(model: type[_Model], text: str, what: str) -> _Model:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        more = f" ({error.error_count() - 1} more like this)" if error.error_count() > 1 else ""
        place = f" at {where}" if where else ""
        raise UsageError(f"The {what} can't be used{place}: {first['msg']}{more}.") from None


def _record(path: Path) -> VideoRecord:
    """A VideoRecord, a ScrapedVideo, or a raw Apify item."""
    content = read_mapping(path, what="metadata")
    text, what = json.dumps(content), f"metadata {path}"
    if "record" in content:
        return _validated(ScrapedVideo, text, what).record
    if "video_id" in content:
        return _validated(VideoRecord, text, what)
    item = parse_item(0, content)
    if not isinstance(item, ParsedItem):
        problem = item.message.rstrip(".")
        raise UsageError(f"The metadata {path} can't be used: {problem}; give one complete Apify item or a video record.")
    return item.video.record


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The output file {out} can't be written ({error.strerror}): choose another path.") from None


def _print(vector: Vector, console: Console) -> None:
    for analysis in AnalysisName:
        console.print(_table(analysis, vector))
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
        return Text(vector.missing[feature.name], style="dim")
    return Text(format_value(feature, vector.values[feature.name]))
