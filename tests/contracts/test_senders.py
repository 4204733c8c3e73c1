"""SENDS says who publishes what; this holds it against the events that each service's code really makes."""

import ast
from pathlib import Path

import pytest

from shared.bus.senders import SENDS
from shared.bus.topology import CONSUMERS
from shared.contracts.events import EVENTS, VideoFailed

ROOT = Path(__file__).parents[2]
NAMES = {event.__name__: event for event in EVENTS}


def made_in(folder: Path) -> set[type]:
    """Events whose class is called anywhere in a package."""
    trees = (ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py")))
    calls = (node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {NAMES[call.id] for call in calls if isinstance(call, ast.Name) and call.id in NAMES}


@pytest.mark.parametrize("service", CONSUMERS)
def test_a_service_makes_the_events_it_may_send(service: str) -> None:
    made = made_in(ROOT / "services" / service)
    by_dead_letters = {VideoFailed} if service in ("analyzer", "features") else set()
    assert made | by_dead_letters == set(SENDS[service])
