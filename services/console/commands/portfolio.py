"""`rumiai portfolio`: how the buckets of one search stand, and how many of the next videos each should get."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from services.console.findings_files import read_all, search_name
from services.console.output import Json
from services.trainer.portfolio import Wish
from services.trainer.portfolio import portfolio as rank
from shared.contracts.portfolio import Allocation, Portfolio, Standing
from shared.errors import EXIT_INCOMPLETE, UsageError
from shared.numbers import number, percent

_MOST_VIDEOS = 100_000
_PER_BUCKET = "per bucket, as 16-30s=10; may be given several times"


def portfolio(
    *findings: Annotated[Path, Parameter(help="findings.json files of one search, one per bucket, or their folders")],
    videos: Annotated[int | None, Parameter(help="how many videos to share out; only the ranking if left out")] = None,
    min_share: Annotated[float, Parameter(help="the least share of the videos that every bucket gets")] = 0.0,
    least: Annotated[tuple[str, ...], Parameter(help=f"the fewest videos {_PER_BUCKET}", negative="")] = (),
    most: Annotated[tuple[str, ...], Parameter(help=f"the most videos production can make {_PER_BUCKET}", negative="")] = (),
    json_: Json = False,
) -> int:
    """Rank the buckets and share out videos: more to what is likely the best, within the limits.

    Ends with exit code 1, and says which limits, when they can't be met together.
    """
    made = rank([(search_name(path, one), one) for path, one in read_all(findings)], _wish(videos, min_share, least, most))
    if json_:
        print(made.model_dump_json(indent=2))
    else:
        _show(made)
    return EXIT_INCOMPLETE if made.allocation and made.allocation.unmet else 0


def _wish(videos: int | None, min_share: float, least: tuple[str, ...], most: tuple[str, ...]) -> Wish | None:
    if videos is None:
        if min_share or least or most:
            raise UsageError("Limits are given, but nothing to share out: add --videos.")
        return None
    if not 1 <= videos <= _MOST_VIDEOS:
        raise UsageError(f"{videos} videos can't be shared out: give a number from 1 to {_MOST_VIDEOS:,}.")
    if not 0 <= min_share <= 1:
        raise UsageError(f"The share {min_share:g} is not allowed: --min-share is from 0 to 1, as 0.1 for a tenth.")
    return Wish(videos, min_share, _limits(least, "--least"), _limits(most, "--most"))


def _limits(given: tuple[str, ...], option: str) -> Mapping[str, int]:
    limits: dict[str, int] = {}
    for text in given:
        bucket, _, amount = text.rpartition("=")
        if not bucket or not amount.isascii() or not amount.isdigit() or bucket in limits:
            raise UsageError(f"{option} {text} is not understood: give each bucket once with a whole number, as 16-30s=10.")
        limits[bucket] = int(amount)
    return limits


def _show(made: Portfolio) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    form = percent if made.target == "engagement_rate" else number
    table = Table(
        "bucket", "n", "median", "95 % interval", "middle half", "best tenth from", "consistency", "best", "verdict", box=None
    )
    for one in made.standings:
        table.add_row(
            one.bucket,
            str(one.n),
            form(one.median),
            f"{form(one.interval[0])} to {form(one.interval[1])}",
            f"{form(one.lower_quartile)} to {form(one.upper_quartile)}",
            form(one.top_decile),
            "" if one.consistency is None else number(one.consistency),
            "too few rows" if one.best is None else percent(one.best, 0),
            _verdict(one),
        )
    console.print(table)
    for sentence in (*made.left_out, *(pattern.sentence for pattern in made.patterns)):
        console.print(sentence)
    if made.allocation:
        _show_allocation(made.allocation, console)
    for sentence in made.method:
        console.print(sentence)


def _verdict(one: Standing) -> str:
    return one.verdict if one.p_value is None else f"{one.verdict} (p {one.p_value:.2g})"


def _show_allocation(allocation: Allocation, console: Console) -> None:
    if allocation.unmet:
        console.print(f"{allocation.videos} videos can't be shared out within these limits:")
    for sentence in allocation.unmet:
        console.print(f"  {sentence}")
    for share in allocation.shares:
        bounds = f"at least {share.least}" + ("" if share.most is None else f", at most {share.most}")
        console.print(f"  {share.bucket}: {share.videos} of {allocation.videos} videos (wanted {share.wanted:.1f}; {bounds})")
