"""`rumiai doctor`: what is installed, which engines are on, what answers."""

import asyncio
import json as json_module
import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata

from services.analyzer.profile import describe_engines
from services.console.output import Json
from shared.artifacts import ArtifactStore
from shared.bus import admin
from shared.bus.embedded import executable
from shared.bus.settings import BusSettings
from shared.database import Database
from shared.errors import RumiError, Unavailable
from shared.settings import Settings

_PACKAGES = ("faststream", "nats-py", "mediapipe", "rapidocr", "openvino", "faster-whisper", "scikit-learn", "weasyprint")


@dataclass(frozen=True)
class Finding:
    """One line: `ok` is False for what does not work, None for what is merely off."""

    subject: str
    ok: bool | None
    text: str


def doctor(*, json: Json = False) -> None:
    """Print what is installed, which engines are on and why the others are not, and whether bus and stores answer."""
    findings = [*_installed(), *_engines(), *_outside()]
    if json:
        print(json_module.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.ok]}  {finding.subject:<18} {finding.text}")
    if broken := [finding.subject for finding in findings if finding.ok is False and finding.subject in _ESSENTIAL]:
        raise Unavailable(f"Missing on this machine: {', '.join(broken)}; run `make setup`.")


_MARKS = {True: "yes", False: "NO ", None: "off"}
_ESSENTIAL = {"nats-server", "PDF libraries", *_PACKAGES}


def _installed() -> list[Finding]:
    return [
        Finding("Python", True, platform.python_version()),
        *(_try(name, lambda name=name: metadata.version(name)) for name in _PACKAGES),  # type: ignore[misc]
        _try("nats-server", _server_version),
        _try("PDF libraries", _weasyprint),
    ]


def _engines() -> list[Finding]:
    return [
        Finding(f"engine {engine.name}", engine.on, "; ".join(filter(None, (engine.version, engine.reason))))
        for engine in describe_engines()
    ]


def _outside() -> list[Finding]:
    settings, bus = Settings(), BusSettings()
    token = bool(os.environ.get("APIFY_TOKEN") or os.environ.get("APIFY_TOKEN_FILE"))
    return [
        _try("bus", lambda: _bus(bus)),
        _try("artifact store", lambda: _artifacts(settings)),
        _try("database", lambda: _database(settings)),
        Finding("Apify token", True if token else None, "given" if token else "set APIFY_TOKEN to use the source apify"),
    ]


def _try(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except (RumiError, OSError, metadata.PackageNotFoundError, subprocess.SubprocessError) as error:
        return Finding(subject, False, str(error) or type(error).__name__)


def _server_version() -> str:
    output = subprocess.run([executable(), "--version"], capture_output=True, text=True, check=True, timeout=10).stdout
    return output.strip().removeprefix("nats-server: ")


def _weasyprint() -> str:
    import weasyprint  # noqa: PLC0415 - its import loads the system libraries that are asked about here

    return f"WeasyPrint {weasyprint.__version__} finds Pango and HarfBuzz"


def _bus(settings: BusSettings) -> str:
    changes = asyncio.run(admin.drift(settings))
    paused = () if changes else asyncio.run(admin.paused_consumers(settings))
    state = f"{len(changes)} streams or consumers differ: run `rumiai bus apply`" if changes else "topology is as declared"
    return f"{settings.nats_url.rsplit('@')[-1]} answers; {state}" + (f"; paused: {', '.join(paused)}" if paused else "")


def _artifacts(settings: Settings) -> str:
    ArtifactStore.open(settings.artifacts).ping()
    return f"{settings.artifacts} answers"


def _database(settings: Settings) -> str:
    database = Database(settings.database)
    database.ping()
    return f"{database.engine.url.render_as_string(hide_password=True)} answers"
