"""The analyzer's child process: one request in, one analysis out, models loaded once and kept."""

from functools import lru_cache

from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines
from services.analyzer.native_logs import silence_native_logs
from services.analyzer.profile import profile
from services.analyzer.request import AnalyzeAnswer, AnalyzeRequest
from shared.artifacts import ArtifactStore
from shared.settings import Settings
from shared.telemetry import configure_logging


def handle(request: bytes) -> bytes:
    """Analyze one video: JSON of AnalyzeRequest in, JSON of AnalyzeAnswer out.

    Raises what `analyze` raises: BadInput, Unavailable, Transient (EngineError among them), or a bug.
    """
    asked = AnalyzeRequest.from_bytes(request)
    cache = _store(asked.cache_url) if asked.cache_url else None
    counters = Counters()
    engines = [engine for engine in default_engines() if asked.only in (None, engine.spec.name)]
    analysis = analyze(asked.path, cache=cache, counters=counters, engines=engines)
    return AnalyzeAnswer(analysis=analysis, engine_runs=tuple(counters.engine_runs), counters=counters.as_dict()).to_bytes()


@lru_cache(maxsize=4)
def _store(url: str) -> ArtifactStore:
    return ArtifactStore.open(url)


def main() -> None:
    """Serve requests on the pipes of the parent process until it closes them."""
    from shared.worker import serve  # noqa: PLC0415 - only a child needs the pipes

    if not Settings().debug:
        silence_native_logs()
    configure_logging("analyzer")
    serve(handle, setup=lambda: profile(default_engines()))  # a missing weight is reported before the first video


if __name__ == "__main__":
    main()
