"""The engines, one file or folder each, and the one list of them."""

from collections.abc import Callable
from functools import cache

from services.analyzer.engines.audio import AudioEngine
from services.analyzer.engines.base import Engine, Off
from services.analyzer.engines.graphics import GraphicsEngine
from services.analyzer.engines.objects import objects_engine
from services.analyzer.engines.people import PeopleEngine
from services.analyzer.engines.scenes import ScenesEngine
from services.analyzer.engines.speech import SpeechEngine
from services.analyzer.engines.text import TextEngine
from services.analyzer.engines.visuals import VisualsEngine
from shared.contracts.analysis import EngineName

FACTORIES: dict[EngineName, Callable[[], Engine | Off]] = {
    EngineName.OBJECTS: objects_engine,
    EngineName.PEOPLE: PeopleEngine,
    EngineName.TEXT: TextEngine,
    EngineName.SCENES: ScenesEngine,
    EngineName.VISUALS: VisualsEngine,
    EngineName.SPEECH: SpeechEngine,
    EngineName.AUDIO: AudioEngine,
    EngineName.GRAPHICS: GraphicsEngine,
}
"""How each engine of the contract is made on this machine, the most expensive first; Off, with the reason, where it is not
asked for. Making one loads nothing heavy."""


def default_engines() -> tuple[Engine, ...]:
    """All engines that are on. The same objects every time: each owns its models, which one process loads once.

    Raises Unavailable where something that was asked for (weights, a device) is missing.
    """
    return tuple(made for made in _made().values() if not isinstance(made, Off))


def off_reasons() -> dict[EngineName, str]:
    """The engines that are off, and why."""
    return {name: made.reason for name, made in _made().items() if isinstance(made, Off)}


@cache
def _made() -> dict[EngineName, Engine | Off]:
    return {name: make() for name, make in FACTORIES.items()}
