"""The profile: which engines are on and a digest of their fingerprints. Rows of different profiles never train together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from services.analyzer.engines import FACTORIES
from services.analyzer.engines.base import Engine, Off
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable


@dataclass(frozen=True)
class EngineLine:
    """One engine for `rumiai doctor`: on, off (None), or unable to start (False); `reason` says why, or what it lacks."""

    name: EngineName
    on: bool | None
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
    try:
        made = FACTORIES[name]()
        if isinstance(made, Off):
            return EngineLine(name, on=None, version=None, fingerprint=None, reason=made.reason)
        spec = made.spec
        version = _version(spec.version, spec.packages)
        return EngineLine(name, on=True, version=version, fingerprint=spec.fingerprint(), reason=spec.lacks)
    except Unavailable as error:
        return EngineLine(name, on=False, version=None, fingerprint=None, reason=str(error))


def _version(version: str, packages: tuple[str, ...]) -> str:
    from importlib.metadata import version as installed  # noqa: PLC0415 - shadows nothing here

    return " ".join([version, *(f"{name} {installed(name)}" for name in packages)])
