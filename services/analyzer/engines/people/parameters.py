"""What decides the people engine's results, for its fingerprint; a change of meaning without a number raises its version."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from services.analyzer import frames, sampling
from services.analyzer.engines.people import (
    body,
    expression,
    faces,
    finder,
    framing,
    hands,
    likeness,
    looking,
    models,
    movement,
    palms,
    persons,
    pose,
    ssd,
    tracks,
    view,
)

RATE_HZ = 3.0
PARTS = (body, expression, faces, finder, framing, hands, likeness, looking, models, movement, palms, persons, pose, ssd,
         tracks, view)  # fmt: skip


def numbers(module: ModuleType) -> dict[str, Any]:
    """All constants of a module that are numbers, or tuples and dictionaries of numbers, by their names."""
    return {name: value for name, value in vars(module).items() if name.isupper() and _is_numeric(value)}


def _is_numeric(value: object) -> bool:
    if isinstance(value, Mapping | tuple):
        return bool(value) and all(_is_numeric(part) for part in (value.values() if isinstance(value, Mapping) else value))
    return isinstance(value, int | float) and not isinstance(value, bool)


PARAMETERS = {
    "rate_hz": RATE_HZ, "frames": frames.PARAMETERS, "sampling": sampling.PARAMETERS,
    **{module.__name__.rpartition(".")[2]: numbers(module) for module in PARTS},
}  # fmt: skip
