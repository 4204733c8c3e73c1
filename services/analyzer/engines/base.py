"""What an engine is: a fingerprint, models loaded once per process, and a session per video with a typed result."""

import hashlib
import importlib.metadata
import importlib.util
import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from services.analyzer.counters import Counters
from shared.artifacts import file_sha256
from shared.contracts.analysis import (
    Audio,
    Coverage,
    EngineName,
    EngineReport,
    EngineStatus,
    Graphic,
    Objects,
    Shot,
    SpeechSegment,
    TextOverlay,
    VideoInfo,
    VisualSample,
)
from shared.contracts.base import Contract, Seconds
from shared.contracts.people import People
from shared.errors import Unavailable

RESULT_VERSION = 2
"""Part of every fingerprint: raise it when the meaning of a result or of the shared pictures and sound changes."""

T_contra = TypeVar("T_contra", contravariant=True)
MODEL_LOADS: dict[str, int] = {}
"""How often this process loaded each engine's models."""
_load_lock = threading.Lock()


class Feed(StrEnum):
    """What an engine is fed with: every small picture, sampled shared pictures, or the whole sound track."""

    EVERY_FRAME = "every_frame"
    SAMPLES = "samples"
    SOUND = "sound"


class Still(Contract):
    """One sampled frame as a small JPEG (base64), cached so that a shot's thumbnail can be picked once the shots are known."""

    t_s: Seconds
    jpeg: str


class EngineResult(Contract):
    """What one engine saw in one video: its report, and the one block that carries its name. This is what is cached.

    `stills` (visuals) and `fundamentals_hz` (audio, see `pitch`) wait for what another engine saw; they never enter an
    analysis: the shots pick their thumbnails, speech its pitch.
    """

    engine: EngineName
    report: EngineReport
    scenes: tuple[Shot, ...] | None = None
    text: tuple[TextOverlay, ...] | None = None
    speech: tuple[SpeechSegment, ...] | None = None
    people: People | None = None
    audio: Audio | None = None
    visuals: tuple[VisualSample, ...] | None = None
    objects: Objects | None = None
    graphics: tuple[Graphic, ...] | None = None
    stills: tuple[Still, ...] | None = None
    fundamentals_hz: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Spec:
    """The identity of an engine. `packages` are distributions it depends on, `weights` its files; `lacks` says what it can't do
    on this machine and why, and is no part of the identity."""

    name: EngineName
    version: str
    packages: tuple[str, ...] = ()
    weights: tuple[Path, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    lacks: str | None = None

    def missing_weights(self) -> tuple[str, ...]:
        """Names of weight files that are not there."""
        return tuple(path.name for path in self.weights if not path.is_file())

    def require_weights(self) -> None:
        """Refuse to start without weights: an engine that sees nothing because it has none would lie. Raises Unavailable."""
        if missing := self.missing_weights():
            raise Unavailable(f"The {self.name} engine misses {', '.join(missing)}: reinstall with `make setup`.")

    def fingerprint(self) -> str:
        """sha256 over version, package versions, weights and parameters. Raises Unavailable when weights are missing."""
        self.require_weights()
        identity = {
            "engine": self.name, "version": self.version, "result": RESULT_VERSION,
            "packages": dict(_installed(name) for name in (*self.packages, *COMMON_PACKAGES)),
            "weights": {path.name: _weight_sha256(path) for path in self.weights},
            "parameters": dict(self.parameters),
        }  # fmt: skip
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


COMMON_PACKAGES = ("av", "numpy", "opencv-python-headless")
"""They make the pictures and the sound that every engine sees."""


class Session(Protocol[T_contra]):
    """One engine at work on one video, in one thread."""

    def process(self, item: T_contra) -> None:
        """Look at the next frame, or at the whole sound track."""

    def finish(self) -> EngineResult:
        """The typed result with its measured coverage."""


class Engine(Protocol):
    """One detector. `rate_hz` is the sample rate it wants where `feed` is SAMPLES."""

    @property
    def spec(self) -> Spec:
        """Name, version, weights and parameters."""

    @property
    def feed(self) -> Feed:
        """What it is fed with."""

    @property
    def rate_hz(self) -> float:
        """Wanted samples per second."""

    def load(self) -> None:
        """Load the models unless this process has them. Raises Unavailable without weights."""

    def start(self, video: VideoInfo, counters: Counters) -> Session[Any]:
        """A fresh session for one video."""


@dataclass(frozen=True)
class Off:
    """Stands for an engine that does not run on this machine; `reason` is a sentence for doctor, analyses and reports."""

    reason: str


class Models:
    """Loads an engine's models at most once per process and counts it."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._value: Any = None
        self._lock = threading.Lock()

    def get(self, factory: Any) -> Any:
        """The models, made by `factory()` the first time. Raises Unavailable without weights."""
        with self._lock:
            if self._value is None:
                self._spec.require_weights()
                self._value = factory()
                with _load_lock:
                    name = self._spec.name.value
                    MODEL_LOADS[name] = MODEL_LOADS.get(name, 0) + 1
            return self._value


def report(spec: Spec, *, seen: bool, coverage: Coverage | None, reason: str | None = None) -> EngineReport:
    """The report of an engine that ran: ok when it saw something, empty when it covered the video and saw nothing."""
    return EngineReport(
        status=EngineStatus.OK if seen else EngineStatus.EMPTY,
        version=spec.version, fingerprint=spec.fingerprint(), coverage=coverage, reason=reason or spec.lacks,
    )  # fmt: skip


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it. Raises Unavailable."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise Unavailable(f"The package {name} is not installed: run `make setup`.")
    return Path(next(iter(found.submodule_search_locations)))


@cache
def _installed(name: str) -> tuple[str, str]:
    """The distribution that is there, which for a GPU has another name, and its version. Raises Unavailable."""
    for distribution in (name, f"{name}-gpu"):
        with suppress(importlib.metadata.PackageNotFoundError):
            return distribution, importlib.metadata.version(distribution)
    raise Unavailable(f"The package {name} is not installed: run `make setup`.")


@cache
def _weight_sha256(path: Path) -> str:
    return file_sha256(path)
