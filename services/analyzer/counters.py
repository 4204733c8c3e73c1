"""Counts what one analysis really did; kept out of the artifact, which holds no machine facts."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Counters:
    """Frames decoded, frames handed to each engine, model calls, models loaded by this process so far, CPU seconds.

    `calls` has for example `text.detector`, `text.recognizer` (crops), `people.pose`. Every key is written by one thread.
    """

    frames_decoded: int = 0
    handed: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    model_loads: dict[str, int] = field(default_factory=dict)
    cpu_s: dict[str, float] = field(default_factory=dict)
    engine_runs: list[str] = field(default_factory=list)

    def call(self, name: str, times: int = 1) -> None:
        """Add model calls under `<engine>.<model>`."""
        self.calls[name] = self.calls.get(name, 0) + times

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)
