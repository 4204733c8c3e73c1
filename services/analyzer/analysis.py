"""`analyze`: one video file in, one Analysis out; engine results are cached by content, so only what is missing runs."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from services.analyzer.at_work import AtWork
from services.analyzer.counters import Counters
from services.analyzer.decode import feed
from services.analyzer.engines import default_engines, off_reasons
from services.analyzer.engines.base import MODEL_LOADS, Engine, EngineResult
from services.analyzer.engines.pitch import voice_pitch
from services.analyzer.engines.speech import NO_SOUND
from services.analyzer.lanes import Keep, Lane
from services.analyzer.probe import Probe, probe
from services.analyzer.profile import profile
from services.analyzer.thumbnails import Store, store_thumbnails
from shared.artifacts import PUBLIC_ENGINES
from shared.contracts.analysis import Analysis, EngineName, EngineReport, EngineStatus
from shared.contracts.failure import FailureReason
from shared.errors import RumiError, Transient
from shared.telemetry import get_logger
from shared.worker_note import note

_log = get_logger("analyzer")

_one_at_a_time = threading.Lock()
"""The models keep state while they work, so one process analyzes one video at a time."""


class Cache(Store, Protocol):
    """The part of ArtifactStore that engine results are cached in and thumbnails are put into."""

    def get_key(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""

    def put_key(self, key: str, data: bytes) -> None:
        """Store bytes under a key."""


class EngineError(Transient):
    """One engine raised over one video: tried again by the rules, then the video fails with the engine's name."""

    def __init__(self, message: str) -> None:
        super().__init__(message, FailureReason.ENGINE_FAILED)


class EngineBug(RuntimeError):  # noqa: N818 - reads as what it is
    """One engine failed before it saw anything of the video, so every video would fail; the message names the engine."""


def analyze(
    path: Path,
    *,
    cache: Cache | None = None,
    engines: Sequence[Engine] | None = None,
    counters: Counters | None = None,
    on_engine_run: Callable[[EngineName], None] | None = None,
) -> Analysis:
    """Watch one video with every engine. The same file, engines and versions give the same bytes.

    `cache` keeps engine results and the thumbnails of the shots; without it the analysis has no thumbnails.
    `on_engine_run` is called for each engine that really ran, by its own thread, after its result was cached. A failing engine
    does not keep the others from finishing and being cached, then the analysis fails as a whole: nothing is ever learned from
    half a video. In a worker's child the parts at work are noted for the parent.
    Raises BadInput for a bad file, Unavailable without weights, Transient when memory ran out, EngineError when an engine
    raised over this video, EngineBug when it could not even load.
    """
    engines = default_engines() if engines is None else engines
    counters = Counters() if counters is None else counters
    at_work = AtWork(note)
    with _one_at_a_time:
        with at_work.on("opening the file"):
            probed = probe(path)
        named = profile(engines)
        results = {e.spec.name: r for e in engines if (r := _cached(cache, probed, e)) is not None}
        missing = [engine for engine in engines if engine.spec.name not in results]
        if missing:
            results |= _run(probed, missing, at_work, counters, _keeper(probed, cache, counters, on_engine_run))
        counters.model_loads = {name: MODEL_LOADS[name] for name in sorted(MODEL_LOADS)}
    return _assemble(probed, named, results, cache)


def cache_key(video_sha256: str, engine: Engine) -> str:
    """`public/engines/<video>/<engine>-<fingerprint>.json`: content, engine, versions, weights and parameters."""
    return f"{PUBLIC_ENGINES}/{video_sha256}/{engine.spec.name}-{engine.spec.fingerprint()}.json"


def _cached(cache: Cache | None, probed: Probe, engine: Engine) -> EngineResult | None:
    """A stored result; one that does not validate is as good as none and gets overwritten."""
    data = cache.get_key(cache_key(probed.info.sha256, engine)) if cache else None
    if data is None:
        return None
    try:
        return EngineResult.from_bytes(data)
    except ValidationError:
        return None


def _keeper(probed: Probe, cache: Cache | None, counters: Counters, on_engine_run: Callable[[EngineName], None] | None) -> Keep:
    def keep(engine: Engine, result: EngineResult) -> None:
        """At once, so that it survives whatever another engine does to this process."""
        if cache:
            cache.put_key(cache_key(probed.info.sha256, engine), result.to_bytes())
        counters.engine_runs.append(engine.spec.name.value)
        if on_engine_run:
            on_engine_run(engine.spec.name)

    return keep


def _run(
    probed: Probe, engines: Sequence[Engine], at_work: AtWork, counters: Counters, keep: Keep
) -> dict[EngineName, EngineResult]:
    lanes = [Lane(engine, probed.info, counters, at_work, keep) for engine in engines]
    try:
        feed(probed, lanes, counters, at_work)
    except BaseException:
        for lane in lanes:
            lane.abort()
        for lane in lanes:
            lane.join()
        raise
    results = {lane.engine.spec.name: result for lane in lanes if (result := lane.join()) is not None}
    counters.engine_runs.sort()  # they ended in any order
    _raise_first(lanes)
    return results


def _raise_first(lanes: Sequence[Lane]) -> None:
    for lane in lanes:
        error, name = lane.error, lane.engine.spec.name
        if error is None:
            continue
        if isinstance(error, RumiError):
            raise error
        if isinstance(error, MemoryError):
            raise Transient(f"The {name} engine ran out of memory.") from error
        what = f"The {name} engine failed: {type(error).__name__}: {error}"
        if not lane.watching:
            raise EngineBug(what) from error
        _log.error("an engine failed", engine=name.value, exc_info=error)
        raise EngineError(what) from error


def _explained(report: EngineReport, probed: Probe) -> EngineReport:
    """An engine only knows that there is no sound; the probe knows why."""
    if report.reason != NO_SOUND or probed.silent_because is None:
        return report
    return report.model_copy(update={"reason": probed.silent_because})


def _assemble(probed: Probe, named: str, results: dict[EngineName, EngineResult], cache: Cache | None) -> Analysis:
    off = off_reasons()
    reports = {
        name: _explained(results[name].report, probed)
        if name in results
        else EngineReport(status=EngineStatus.OFF, reason=off.get(name, "not asked for"))
        for name in EngineName
    }
    blocks = {name.value: getattr(results[name], name.value) if name in results else None for name in EngineName}
    audio = results.get(EngineName.AUDIO)
    if audio is not None and audio.audio is not None:
        pitch = voice_pitch(audio.fundamentals_hz, blocks[EngineName.SPEECH.value])
        blocks[EngineName.AUDIO.value] = audio.audio.model_copy(update={"pitch": pitch})
    thumbnails = store_thumbnails(results.get(EngineName.SCENES), results.get(EngineName.VISUALS), cache)
    return Analysis(video=probed.info, profile=named, engines=reports, **blocks, thumbnails=thumbnails)
