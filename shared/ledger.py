"""The batch ledger: where every video of one batch run stands, folded from the bus's events and never stored.

Per bucket, planned = features.ready + video.failed + open. A video is in exactly one of the three, and an event that is
applied twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.contracts.bucket import Bucket
from shared.contracts.events import (
    BatchPlanned,
    BucketTrained,
    Event,
    FeaturesReady,
    ReportReady,
    VideoAnalyzed,
    VideoFailed,
    VideoSelected,
)


@dataclass(frozen=True)
class StageCount:
    """One line of the progress display."""

    stage: str
    done: int
    failed: int
    total: int | None


@dataclass
class BatchLedger:
    """State of one batch run. `apply` takes events in any order."""

    planned: dict[Bucket, int] | None = None
    selected: set[str] = field(default_factory=set)
    analyzed: set[str] = field(default_factory=set)
    ready: dict[str, Bucket] = field(default_factory=dict)
    failed: dict[str, VideoFailed] = field(default_factory=dict)
    unplanned: dict[str, VideoFailed] = field(default_factory=dict)
    trained: set[Bucket] = field(default_factory=set)
    reports: dict[Bucket, ReportReady] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        """Take one event of this batch run into account."""
        match event:
            case BatchPlanned():
                self.planned = dict(event.planned)
            case VideoSelected():
                self.selected.add(event.video_id)
            case VideoAnalyzed():
                self.analyzed.add(event.video_id)
            case FeaturesReady():
                self.ready[event.video_id] = event.bucket
            case VideoFailed():
                (self.failed if event.planned else self.unplanned)[event.video_id] = event
            case BucketTrained():
                self.trained.add(event.bucket)
            case ReportReady():
                self.reports[event.bucket] = event

    @property
    def total(self) -> int | None:
        """Planned videos over all buckets; None before the plan."""
        return None if self.planned is None else sum(self.planned.values())

    @property
    def open(self) -> int | None:
        """Videos that are neither ready nor failed; None before the plan."""
        return None if self.total is None else self.total - len(self.ready) - len(self.failed)

    @property
    def complete(self) -> bool:
        """Every planned bucket has its report."""
        return self.planned is not None and set(self.planned) <= set(self.reports)

    def problems(self) -> list[str]:
        """What does not balance, one sentence each; empty for a sound ledger."""
        found = []
        if both := sorted(self.ready.keys() & self.failed.keys()):
            found.append(f"{len(both)} videos are both ready and failed, the first is {both[0]}.")
        if self.planned is None:
            return found
        settled = Counter([*self.ready.values(), *(event.bucket for event in self.failed.values())])
        for bucket, planned in self.planned.items():
            if settled[bucket] > planned:
                found.append(f"Bucket {bucket} planned {planned} videos but settled {settled[bucket]}.")
        return found

    def stages(self) -> tuple[StageCount, ...]:
        """Done, failed and total per stage, in pipeline order."""
        failed = Counter(event.stage.value for event in self.failed.values())
        total, buckets = self.total, None if self.planned is None else len(self.planned)
        after_acquisition = None if total is None else total - failed["acquisition"]
        after_analyzer = None if after_acquisition is None else after_acquisition - failed["analyzer"]
        return (
            StageCount("acquisition", len(self.selected), failed["acquisition"], total),
            StageCount("analyzer", len(self.analyzed), failed["analyzer"], after_acquisition),
            StageCount("features", len(self.ready), failed["features"], after_analyzer),
            StageCount("trainer", len(self.trained), 0, buckets),
            StageCount("reporter", len(self.reports), 0, buckets),
        )


def fold(events: Iterable[Event]) -> BatchLedger:
    """The ledger of a finished sequence of events."""
    ledger = BatchLedger()
    for event in events:
        ledger.apply(event)
    return ledger
