"""Words around numbers: what labels, codes and reasons mean to a reader. No figure is ever written here."""

from shared.contracts.bucket import Bucket
from shared.contracts.failure import FailureReason
from shared.contracts.findings import Label
from shared.contracts.plan import RejectionCode

LABELS: dict[Label, str] = {
    Label.STRONG: "Firm evidence: build on it.",
    Label.MODERATE: "Good evidence: use it, and compare.",
    Label.EMERGING: "An early sign, could be chance: test it first.",
}

REJECTIONS: dict[RejectionCode, str] = {
    RejectionCode.SCRAPER_ERROR: "The scraper returned an error instead of a video",
    RejectionCode.MALFORMED: "The item could not be read",
    RejectionCode.MISSING_FIELDS: "Needed facts were missing",
    RejectionCode.SLIDESHOW: "A slideshow of photos, no video",
    RejectionCode.DUPLICATE: "The same video again",
    RejectionCode.TOO_OLD: "Posted before the date asked for",
    RejectionCode.DURATION_OUT_OF_RANGE: "Longer than any bucket",
    RejectionCode.BUCKET_NOT_REQUESTED: "A duration that was not asked for",
    RejectionCode.TOO_FEW_VIEWS: "Fewer views than asked for",
    RejectionCode.LOW_ENGAGEMENT: "Less engagement than asked for",
    RejectionCode.OFF_TOPIC: "About something else",
}

FAILURES: dict[FailureReason, str] = {
    FailureReason.MISSING_FIELDS: "Needed facts were missing",
    FailureReason.FILE_NOT_FOUND: "The video file was not there",
    FailureReason.DOWNLOAD_FAILED: "The video could not be downloaded",
    FailureReason.EMPTY_FILE: "The video file was empty",
    FailureReason.CORRUPT_FILE: "The video file was damaged",
    FailureReason.NO_VIDEO_STREAM: "The file held no picture",
    FailureReason.TOO_LONG: "The video was longer than the limit",
    FailureReason.UNSUPPORTED_MEDIA: "The file format is not supported",
    FailureReason.ENGINE_FAILED: "An analysis engine failed on it",
    FailureReason.INVALID_EVENT: "Its message was invalid",
    FailureReason.TIMED_OUT: "Its analysis ran over the time limit",
    FailureReason.CRASHED: "Its analysis crashed repeatedly",
    FailureReason.MAX_TRIES: "It failed on every try",
    FailureReason.BUG: "A fault in the software",
}

MODELS = {
    "random_forest": "Random forest",
    "decision_tree": "Decision tree",
    "linear": "Linear model",
    "kmeans": "K-means",
}


def model(name: str) -> str:
    """A model's name for people."""
    return MODELS.get(name, name)


def lengths(bucket: Bucket) -> str:
    """A bucket in running text: "16-30s" -> "16–30 second"."""
    return f"{bucket.value.removesuffix('s').replace('-', '–')} second"
