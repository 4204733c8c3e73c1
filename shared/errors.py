"""The errors of the whole system, in one tree.

RumiError                 every expected failure; its text is one sentence for a human
├── UsageError            a person gave a wrong argument, file or field: exit code 2
├── Unavailable           this machine lacks something (weights, token, server, topology): exit code 4
├── Incomplete            the command ran, and part of what was asked for does not exist: exit code 1
├── BadInput              a video or an event is bad and always will be: dead letter and video.failed at once
├── Transient             the same call may work later (network, 429, out of memory once): retried
│   └── WorkerCrashed     a child process died or ran over its time limit
└── Paused                the consumer was paused because of a bug: exit code 3

Anything else that is raised is a bug: the settlement middleware pauses the consumer and the process exits with 3.
"""

from shared.contracts.failure import FailureReason

EXIT_INCOMPLETE = 1
EXIT_USAGE = 2
EXIT_BUG = 3
EXIT_UNAVAILABLE = 4


class RumiError(Exception):
    """An expected failure whose text is one sentence: what was wrong, where, and what to do."""

    exit_code = EXIT_INCOMPLETE


class UsageError(RumiError):
    """A person gave a wrong argument, file or field."""

    exit_code = EXIT_USAGE


class Unavailable(RumiError):  # noqa: N818 - reads as the state it names
    """This machine lacks something the command needs."""

    exit_code = EXIT_UNAVAILABLE


class Incomplete(RumiError):  # noqa: N818
    """The command ran, but part of what was asked for does not exist."""


class Paused(RumiError):  # noqa: N818
    """A consumer is paused because of a bug."""

    exit_code = EXIT_BUG


class BadInput(RumiError):  # noqa: N818
    """This video or event is bad and trying again cannot help; `reason` is the code that video.failed carries."""

    def __init__(self, reason: FailureReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Transient(RumiError):  # noqa: N818
    """The same call may work later; `reason` is the code used when the tries are used up."""

    def __init__(self, message: str, reason: FailureReason = FailureReason.MAX_TRIES) -> None:
        super().__init__(message)
        self.reason = reason


class WorkerCrashed(Transient):
    """A child process died (`reason` crashed) or ran over its hard time limit (`reason` timed_out)."""
