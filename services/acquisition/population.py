"""Says in plain words what a plan's videos are a sample of, and what they are not."""

from collections import Counter
from collections.abc import Sequence

from shared.contracts.plan import Counts, Rejection, RejectionCode
from shared.contracts.request import BatchRequest

_HOW = {
    "top": "those with the highest engagement rate per duration bucket",
    "spread": "spread evenly over the engagement rates of each duration bucket",
}


def describe_population(
    request: BatchRequest, counts: Counts, rejected: Sequence[Rejection], *, source_name: str, blind: bool
) -> str:
    """One to three sentences; every number in them is in the plan. `blind`: relevance could not be checked."""
    relevance = _relevance(request, counts, rejected, blind)
    return " ".join(
        (_drawn(request, counts, source_name), *relevance, *([_limits(request, counts)] if counts.selected else []))
    )


def _drawn(request: BatchRequest, counts: Counts, source_name: str) -> str:
    asked = ", ".join([*(f"#{tag}" for tag in request.hashtags), *(f"@{name}" for name in request.handles)])
    since = f" posted on or after {request.posted_after}" if request.posted_after else ""
    among = f"among {counts.items} items from {source_name}"
    if counts.records == 0:
        return f"No video{since} fits the request for {asked} {among}."
    how = "all" if counts.selected == counts.records else _HOW[request.selection]
    return f"{counts.selected} videos: {how} of the {counts.records}{since} that fit the request for {asked} {among}."


def _relevance(request: BatchRequest, counts: Counts, rejected: Sequence[Rejection], blind: bool) -> list[str]:
    if blind and request.hashtags:
        return ["Whether they are on topic could not be checked: no item names a hashtag or the search that found it."]
    by_code = Counter(rejection.code for rejection in rejected)
    off_topic, twice = by_code[RejectionCode.OFF_TOPIC], by_code[RejectionCode.DUPLICATE]
    unique = counts.items - twice
    return [f"{off_topic} of {unique} distinct items ({off_topic / unique:.1%}) were off topic."] if off_topic else []


def _limits(request: BatchRequest, counts: Counts) -> str:
    seen = "They are what the platform showed a scraper: mostly posts that had done well already, not a random sample"
    if request.selection == "top" and counts.selected < counts.records:
        return f"{seen}; the weaker ones among them were left out, so what is found holds among the most successful."
    return f"{seen}."
