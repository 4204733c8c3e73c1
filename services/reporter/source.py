"""The material of one report: findings with the plan and request they came from, and what is looked up in them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.reporter.view import Link
from shared.contracts.findings import Evidence, Findings
from shared.contracts.plan import Plan, PlannedVideo
from shared.contracts.request import BatchRequest, Brand
from shared.links import web_address
from shared.numbers import number, percent

ENGAGEMENT_RATE = "engagement_rate"


@dataclass(frozen=True)
class Source:
    """Findings, and what is known about how they came to be."""

    findings: Findings
    plan: Plan | None = None
    request: BatchRequest | None = None
    planned: dict[str, PlannedVideo] = field(init=False)
    rows: dict[str, Evidence] = field(init=False)

    def __post_init__(self) -> None:
        videos = self.plan.videos if self.plan else ()
        bucket = self.findings.bucket
        object.__setattr__(self, "planned", {v.video_id: v for v in videos if bucket in (None, v.bucket)})
        object.__setattr__(self, "rows", {row.row_id: row for row in self.findings.evidence})

    @property
    def client(self) -> str:
        """The client's name as people write it; the token where no name is known."""
        if self.request:
            return self.request.client.name
        return self.findings.client_name or self.findings.client or "Data table"

    @property
    def has_client(self) -> bool:
        """Whether the findings were made for someone; those of a bare table were not."""
        return bool(self.request or self.findings.client_name or self.findings.client)

    @property
    def brand(self) -> Brand:
        """The client's brand pack, or the house look."""
        return self.request.client.brand if self.request else Brand()

    @property
    def searches(self) -> tuple[str, ...]:
        """The hashtags and handles of the request, with their marks."""
        if not self.request:
            return ()
        return (*(f"#{tag}" for tag in self.request.hashtags), *(f"@{name}" for name in self.request.handles))

    @property
    def sample(self) -> bool:
        """True when any part says that the data are samples."""
        return self.findings.sample_data or bool(self.request and self.request.sample_data)

    @property
    def things(self) -> str:
        """What a row is: a video in a batch, a row in a table of unknown content."""
        return "video" if self.findings.bucket or self.plan else "row"

    @property
    def target(self) -> str:
        """The target in words."""
        return "engagement rate" if self.findings.target == ENGAGEMENT_RATE else self.findings.target

    @property
    def the_target(self) -> str:
        """The target inside a sentence."""
        return "the engagement rate" if self.findings.target == ENGAGEMENT_RATE else self.findings.target

    @property
    def target_form(self) -> Callable[[float], str]:
        """How a value of the target is written."""
        return percent if self.findings.target == ENGAGEMENT_RATE else number

    def link(self, row_id: str) -> Link:
        """A row as a link: by creator where the plan knows it, else by id."""
        row, planned = self.rows.get(row_id), self.planned.get(row_id)
        url = (row.url if row else None) or (planned.record.url if planned else None)
        text = f"@{planned.record.creator.name.lstrip('@')}" if planned else row_id
        return Link(text, web_address(url), self.target_form(row.target) if row else "")
