"""The engines, one file or folder each, and the list of those that exist."""

from functools import cache

from services.analyzer.engines.audio import AudioEngine
from services.analyzer.engines.base import Engine
from services.analyzer.engines.people import PeopleEngine
from services.analyzer.engines.scenes import ScenesEngine
from services.analyzer.engines.speech import SpeechEngine
from services.analyzer.engines.text import TextEngine
from services.analyzer.engines.visuals import VisualsEngine
from shared.contracts.analysis import EngineName

OFF: dict[EngineName, str] = {EngineName.OBJECTS: "no weights given", EngineName.GRAPHICS: "not built yet"}
"""Engines that exist in the contract and are off, with the reason."""


@cache
def default_engines() -> tuple[Engine, ...]:
    """All engines whose weights come with their packages, the most expensive first. Nothing heavy is loaded.

    The same objects every time: each owns its models, which one process loads once.
    """
    return PeopleEngine(), TextEngine(), ScenesEngine(), VisualsEngine(), SpeechEngine(), AudioEngine()
