"""`rumiai select`: what would be selected from a file of items, and why not the rest, without running anything."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.acquisition.apify_items import ParsedItem
from services.acquisition.item_file import read_items
from services.acquisition.selection import build_plan
from services.acquisition.sources import DatasetSource
from services.console.output import Json, write_file
from shared.contracts import request as contract
from shared.contracts.bucket import Bucket
from shared.contracts.events import FIRST_RUN
from shared.contracts.plan import Media, Plan
from shared.contracts.request import BatchRequest
from shared.request_file import batch_token, client_token, load_request


def select(
    items: Annotated[Path, Parameter(help="a file of Apify items: JSON array, JSON lines or CSV")],
    *,
    request: Annotated[Path, Parameter(help="the request file; ITEMS takes the place of its source")],
    as_json: Json = False,
    out: Annotated[Path | None, Parameter(help="write the JSON to this file as well")] = None,
) -> None:
    """Show what would be selected from ITEMS, per bucket, and the reason for every item that would not be."""
    asked = load_request(request)
    plan = plan_of_file(items, asked)
    document = _document(plan)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if out is not None:
        write_file(out, text + "\n")
    if as_json:
        print(text)
    else:
        _print_tables(plan, document, Console(highlight=False))


def plan_of_file(items: Path, request: BatchRequest) -> Plan:
    """The plan that a file of items gives. The files of the videos are not asked for: they need not be there yet."""
    source = DatasetSource(request.source) if isinstance(request.source, contract.DatasetSource) else None
    return build_plan(
        read_items(items),
        request,
        client=client_token(request),
        batch=batch_token(request),
        run=FIRST_RUN,
        source_name=f"the file {items.name}",
        locate_media=source.locate_media if source else _media_or_page,
    )


def _media_or_page(item: ParsedItem) -> Media:
    """The scraper's copy, else the post's page: a file of items says nothing about whether its media still exist."""
    return Media(url=item.media_urls[0] if item.media_urls else item.video.record.url)


def _document(plan: Plan) -> dict[str, Any]:
    """The plan, with its numbers per bucket and per reason up front."""
    codes = Counter(rejection.code.value for rejection in plan.rejected)
    return {
        "counts": plan.counts.model_dump(),
        "per_bucket": {bucket.value: _numbers(plan, bucket) for bucket in plan.buckets},
        "per_reason": dict(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))),
        **plan.model_dump(mode="json", exclude={"counts"}),
    }


def _numbers(plan: Plan, bucket: Bucket) -> dict[str, Any]:
    rates = [video.outcome.engagement_rate for video in plan.videos if video.bucket is bucket]
    left = sum(video.bucket is bucket for video in plan.not_selected)
    return {
        "records": len(rates) + left,
        "selected": len(rates),
        "highest_engagement_rate": max(rates, default=None),
        "lowest_engagement_rate": min(rates, default=None),
    }


def _print_tables(plan: Plan, document: dict[str, Any], console: Console) -> None:
    counts = plan.counts
    console.print(Text(plan.population))
    console.print(
        f"{counts.items} items = {counts.records} records + {counts.rejected} rejected; {counts.selected} selected.\n"
    )
    console.print(_bucket_table(document))
    if plan.videos:
        console.print(_video_table(plan))
    if plan.rejected:
        console.print(_reason_table(document))
        console.print(_rejection_table(plan))


def _bucket_table(document: dict[str, Any]) -> Table:
    table = _table("Per bucket", "bucket", "records", "selected", "engagement rate of the selected")
    for bucket, numbers in document["per_bucket"].items():
        low, high = numbers["lowest_engagement_rate"], numbers["highest_engagement_rate"]
        rates = "-" if low is None else f"{low:.2%} to {high:.2%}"
        table.add_row(bucket, str(numbers["records"]), str(numbers["selected"]), rates)
    return table


def _video_table(plan: Plan) -> Table:
    table = _table("Selected", "bucket", "rank", "video", "seconds", "views", "engagement rate")
    for video in plan.videos:
        numbers = (f"{video.record.duration_s:g}", str(video.outcome.views), f"{video.outcome.engagement_rate:.2%}")
        table.add_row(video.bucket.value, str(video.rank), Text(video.video_id), *numbers)
    return table


def _reason_table(document: dict[str, Any]) -> Table:
    table = _table("Rejected, by reason", "reason", "items")
    for code, number in document["per_reason"].items():
        table.add_row(code, str(number))
    return table


def _rejection_table(plan: Plan) -> Table:
    table = _table("Rejected, each", "item", "video", "reason", "why")
    for rejection in plan.rejected:
        table.add_row(str(rejection.item), Text(rejection.video_id or "-"), rejection.code.value, Text(rejection.message))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
