"""Remembers which deliveries of a message ended in an orderly way, so that only the others count as crashes.

The server counts deliveries, not reasons: a message that was handed over at three shutdowns looks like one that killed
three workers. So before a worker gives a message back it writes down the number of that delivery, in a key-value bucket
on the bus itself. crashes = deliveries before this one - deliveries written down. A worker killed between the note and
the nak counts one crash too few, never one too many.
"""

import json
from dataclasses import dataclass
from typing import Literal

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from shared.bus.topology import ATTEMPTS, ATTEMPTS_PREFIX

Ending = Literal["transient", "shutdown", "bug", "unavailable"]


@dataclass(frozen=True)
class Attempts:
    """How earlier deliveries of one message ended, by delivery number from 1."""

    endings: tuple[tuple[int, Ending], ...] = ()

    def crashes(self, delivery: int) -> int:
        """How many deliveries before this one ended without a note."""
        noted = {number for number, _ in self.endings if number < delivery}
        return delivery - 1 - len(noted)

    def failed_tries(self, delivery: int) -> int:
        """How many deliveries before this one ended with a transient error."""
        return sum(ending == "transient" and number < delivery for number, ending in self.endings)

    def noting(self, delivery: int, ending: Ending) -> "Attempts":
        """The same with one more ending."""
        return Attempts((*(pair for pair in self.endings if pair[0] != delivery), (delivery, ending)))


@dataclass(frozen=True)
class Message:
    """Which message, for which consumer."""

    consumer: str
    stream: str
    sequence: int

    @property
    def subject(self) -> str:
        """Its key in the bucket."""
        return f"{ATTEMPTS_PREFIX}{self.consumer}.{self.stream}.{self.sequence}"


async def read(js: JetStreamContext, message: Message) -> Attempts:
    """What is known about earlier deliveries; nothing is a valid answer."""
    try:
        raw = await js.get_msg(ATTEMPTS, subject=message.subject, direct=True)
    except NotFoundError:
        return Attempts()
    return Attempts(tuple((int(number), ending) for number, ending in json.loads(raw.data or b"[]")))


async def write(js: JetStreamContext, message: Message, attempts: Attempts) -> None:
    """Store it; raises nats errors if the server does not take it."""
    await js.publish(message.subject, json.dumps(attempts.endings).encode(), stream=ATTEMPTS)
