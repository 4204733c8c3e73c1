"""Counts what one analysis really did; kept out of the artifact, which holds no machine facts."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Counters:
    """Frames decoded, frames handed to each engine, model calls, models loaded by this process so far, CPU seconds.

    `calls` has for example `text.detector`, `text.recognizer` (crops), `people.pose`. Every key is written by one thread.
    `first_frame_s` are the wall seconds from the making of the counters to the first decoded frame.
    """

    frames_decoded: int = 0
    first_frame_s: float | None = None
    handed: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    model_loads: dict[str, int] = field(default_factory=dict)
    cpu_s: dict[str, float] = field(default_factory=dict)
    engine_runs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._begun = time.perf_counter()

    def frame_decoded(self) -> None:
        """One more."""
        if self.first_frame_s is None:
            self.first_frame_s = round(time.perf_counter() - self._begun, 3)
        self.frames_decoded += 1

    def call(self, name: str, times: int = 1) -> None:
        """Add model calls, if any, under `<engine>.<model>`."""
        if times:
            self.calls[name] = self.calls.get(name, 0) + times

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)
