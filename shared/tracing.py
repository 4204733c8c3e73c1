"""What traces features back to seconds of video, found by name: whoever learns from rows needs no formula for it.

A package that computes features offers a `Tracer` as an entry point of the group `rumiai.tracers`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from shared.contracts.analysis import Analysis
from shared.contracts.sightings import Sighting

GROUP = "rumiai.tracers"


@dataclass(frozen=True)
class Tracer:
    """`catalogue_version` is the one it computes; `trace` takes a row id, names of the catalogue, and the row's analysis."""

    catalogue_version: Callable[[], str]
    trace: Callable[[str, Sequence[str], Analysis], tuple[Sighting, ...]]


def installed_tracer() -> Tracer | None:
    """The tracer of this installation; None where no package offers one. Raises TypeError where it is something else."""
    found = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    if not found:
        return None
    tracer = found[0].load()
    if not isinstance(tracer, Tracer):
        raise TypeError(f"the entry point {found[0].value} of {GROUP} is a {type(tracer).__name__}, not a Tracer")
    return tracer
