"""The profile: which engines are on and a digest of their fingerprints. Rows of different profiles never train together."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.analyzer.engines import OFF
from services.analyzer.engines.audio import AudioEngine
from services.analyzer.engines.base import Engine
from services.analyzer.engines.people import PeopleEngine
from services.analyzer.engines.scenes import ScenesEngine
from services.analyzer.engines.speech import SpeechEngine
from services.analyzer.engines.text import TextEngine
from services.analyzer.engines.visuals import VisualsEngine
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable

_FACTORIES: dict[EngineName, Callable[[], Engine]] = {
    EngineName.SCENES: ScenesEngine, EngineName.PEOPLE: PeopleEngine, EngineName.TEXT: TextEngine,
    EngineName.SPEECH: SpeechEngine, EngineName.AUDIO: AudioEngine, EngineName.VISUALS: VisualsEngine,
}  # fmt: skip


@dataclass(frozen=True)
class EngineLine:
    """One engine as `rumiai doctor` shows it; `reason` says why it is off."""

    name: EngineName
    on: bool
    version: str | None
    fingerprint: str | None
    reason: str | None


def profile(engines: Sequence[Engine]) -> str:
    """`<engine>+<engine>@<16 hex>`. Raises Unavailable when an engine's weights are missing."""
    names = sorted(engine.spec.name for engine in engines)
    digest = hashlib.sha256("".join(sorted(engine.spec.fingerprint() for engine in engines)).encode()).hexdigest()
    return f"{'+'.join(names)}@{digest[:16]}"


def describe_engines() -> tuple[EngineLine, ...]:
    """Every engine of the contract, on or off and why; no model is loaded."""
    return tuple(_describe(name) for name in EngineName)


def _describe(name: EngineName) -> EngineLine:
    if name not in _FACTORIES:
        return EngineLine(name, on=False, version=None, fingerprint=None, reason=OFF[name])
    try:
        spec = _FACTORIES[name]().spec
        return EngineLine(
            name, on=True, version=_version(spec.version, spec.packages), fingerprint=spec.fingerprint(), reason=None
        )
    except Unavailable as error:
        return EngineLine(name, on=False, version=None, fingerprint=None, reason=str(error))


def _version(version: str, packages: tuple[str, ...]) -> str:
    from importlib.metadata import version as installed  # noqa: PLC0415 - shadows nothing here

    return " ".join([version, *(f"{name} {installed(name)}" for name in packages)])
