"""What shall become of a message: a pure decision from how earlier deliveries ended and what the handler raised."""

from dataclasses import dataclass
from datetime import timedelta

from shared.bus.attempts import Attempts
from shared.bus.settings import BusSettings
from shared.bus.topology import GIVE_UP_AT
from shared.contracts.failure import FailureReason
from shared.errors import EXIT_BUG, EXIT_UNAVAILABLE, BadInput, Transient, Unavailable


@dataclass(frozen=True)
class Success:
    """The handler returned: ack."""


@dataclass(frozen=True)
class HandOver:
    """The service stops: nak at once."""


@dataclass(frozen=True)
class Retry:
    """Nak with a delay."""

    delay: timedelta
    message: str


@dataclass(frozen=True)
class GiveUp:
    """Dead letter and video.failed. `bug` is the error to log where there is one."""

    reason: FailureReason
    message: str
    bug: Exception | None = None


@dataclass(frozen=True)
class Stop:
    """Pause the consumer, nak and end the process."""

    error: Exception
    exit_code: int


Verdict = Success | HandOver | Retry | GiveUp | Stop


def beforehand(number: int, attempts: Attempts, settings: BusSettings) -> GiveUp | None:
    """Whether delivery `number` (from 1) is to be given up without running the handler again."""
    crashes = attempts.crashes(number)
    if crashes >= settings.max_tries:
        return GiveUp(FailureReason.CRASHED, f"The worker died {crashes} times while it handled this message.")
    if number >= GIVE_UP_AT:
        return GiveUp(FailureReason.MAX_TRIES, f"It was delivered {number} times and never finished.")
    return None


def judge(error: Exception, failed_tries: int, settings: BusSettings) -> Verdict:
    """The verdict on what a handler raised; `failed_tries` counts the transient failures, this one included."""
    if isinstance(error, BadInput):
        return GiveUp(error.reason, str(error))
    if isinstance(error, MemoryError):
        error = Transient("The worker ran out of memory.")
    if isinstance(error, Transient):
        if failed_tries >= settings.max_tries:
            return GiveUp(error.reason, f"{error} (try {failed_tries} of {settings.max_tries})")
        return Retry(settings.retry_delay(failed_tries), str(error))
    if isinstance(error, Unavailable):
        return Stop(error, EXIT_UNAVAILABLE)
    if settings.on_bug == "quarantine":
        return GiveUp(FailureReason.BUG, f"{type(error).__name__}: {error}", bug=error)
    return Stop(error, EXIT_BUG)
