"""Why a video was given up: the closed list of reasons that video.failed and the dead letters carry."""

from enum import StrEnum


class Stage(StrEnum):
    """The service that gave up, in pipeline order."""

    ACQUISITION = "acquisition"
    ANALYZER = "analyzer"
    FEATURES = "features"
    TRAINER = "trainer"
    REPORTER = "reporter"


class FailureReason(StrEnum):
    """A stable code; the sentence beside it is for people."""

    MISSING_FIELDS = "missing_fields"
    FILE_NOT_FOUND = "file_not_found"
    DOWNLOAD_FAILED = "download_failed"
    EMPTY_FILE = "empty_file"
    CORRUPT_FILE = "corrupt_file"
    NO_VIDEO_STREAM = "no_video_stream"
    TOO_LONG = "too_long"
    UNSUPPORTED_MEDIA = "unsupported_media"
    ENGINE_FAILED = "engine_failed"
    INVALID_EVENT = "invalid_event"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    MAX_TRIES = "max_tries"
    BUG = "bug"
