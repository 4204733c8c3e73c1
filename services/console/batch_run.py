"""Runs one batch to its end on a local stack: submit and follow."""

import asyncio
from dataclasses import dataclass, field

from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from services.console.letters import gave_up
from services.console.local import LocalStack
from services.console.progress import ProgressDisplay
from services.console.submission import BATCH_STAGES, refuse_other_request, requested, try_again
from services.console.supervisor import last_line
from services.console.tail import BatchTail
from shared.bus.connection import connect
from shared.bus.dlq import DeadLetter
from shared.bus.publisher import Publisher
from shared.contracts.events import FIRST_RUN, BatchRequested
from shared.contracts.request import BatchRequest
from shared.errors import EXIT_BUG, Incomplete, Paused, RumiError, Unavailable
from shared.ledger import BatchLedger, fold

_LOOK_EVERY_S = 0.25


@dataclass
class BatchRun:
    """A batch run as the console follows it."""

    client: str
    batch: str
    ledger: BatchLedger = field(default_factory=BatchLedger)
    dead: list[DeadLetter] = field(default_factory=list)
    run: str = FIRST_RUN
    past: frozenset[int] = frozenset()  # dead letters from before, which are being tried again


async def run_batch(request: BatchRequest, stack: LocalStack, display: ProgressDisplay) -> BatchRun:
    """Submit and follow until every report is there. Raises Paused, Unavailable or Incomplete when that can't happen."""
    event = requested(request)
    state = BatchRun(event.client, event.batch)
    async with connect(stack.bus, name="console") as client:
        await _ask(event, state, client.jetstream(), Publisher(client.jetstream, stack.bus), display)
    await _follow(state, stack, display)
    return state


async def _ask(
    event: BatchRequested, state: BatchRun, js: JetStreamContext, publisher: Publisher, display: ProgressDisplay
) -> None:
    """Submit; what an earlier run of the command gave up is tried again."""
    await refuse_other_request(event, js)
    events, dead = await BatchTail(state.client, state.batch, state.run).read(js)
    state.past = frozenset(letter.sequence for letter in dead)
    if fold(events).complete:
        display.say(
            "Every report of this batch was made before; for changed data give the request another name in its field batch."
        )
        return
    await publisher.emit(event)
    await try_again(dead, publisher)


async def _follow(state: BatchRun, stack: LocalStack, display: ProgressDisplay) -> None:
    """Read on until the batch is complete; a server that is away is waited for, since the stack starts it again."""
    tail = BatchTail(state.client, state.batch, state.run)
    while not state.ledger.complete:
        try:
            async with connect(stack.bus, name="console") as client:
                await _read_on(state, tail, client.jetstream(), stack, display)
        except (Unavailable, NatsError):
            await asyncio.sleep(_LOOK_EVERY_S)
        if (hopeless := _hopeless(state, stack)) is not None:
            raise hopeless


async def _read_on(state: BatchRun, tail: BatchTail, js: JetStreamContext, stack: LocalStack, display: ProgressDisplay) -> None:
    while True:
        events, dead = await tail.read(js)
        for event in events:
            state.ledger.apply(event)
        state.dead.extend(dead)
        display.show(state.ledger)
        if state.ledger.complete or _hopeless(state, stack) is not None:
            return
        await asyncio.sleep(_LOOK_EVERY_S)


def _hopeless(state: BatchRun, stack: LocalStack) -> RumiError | None:
    """Why the batch can't complete any more, or None."""
    for letter in state.dead:
        if letter.service in BATCH_STAGES and letter.sequence not in state.past:
            return Incomplete(gave_up(letter))
    for name, code in stack.supervisor.down().items():
        log = stack.supervisor.log_of(name)
        if code == EXIT_BUG:
            return Paused(f"{name} met a bug and paused; see {log}, then run the same command again to go on at that message.")
        return Unavailable(f"{name} can't run on this machine (exit code {code}): {last_line(log)}")
    return None
