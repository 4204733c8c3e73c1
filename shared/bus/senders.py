"""Which service publishes which events: the other half of the topology, for permissions and the AsyncAPI document."""

from shared.contracts.events import (
    BatchPlanned,
    BatchRequested,
    BucketTrained,
    Event,
    FeaturesReady,
    ReportReady,
    VideoAnalyzed,
    VideoFailed,
    VideoSelected,
)
from shared.contracts.failure import Stage

OPS = "ops"
"""Whoever runs the command line: applies the topology, submits batches, reads everything."""

SENDS: dict[str, tuple[type[Event], ...]] = {
    OPS: (BatchRequested,),
    Stage.ACQUISITION.value: (BatchPlanned, VideoSelected, VideoFailed),
    Stage.ANALYZER.value: (VideoAnalyzed, VideoFailed),
    Stage.FEATURES.value: (FeaturesReady, VideoFailed),
    Stage.TRAINER.value: (BucketTrained,),
    Stage.REPORTER.value: (ReportReady,),
}
