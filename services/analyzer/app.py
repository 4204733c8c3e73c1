"""Puts the analyzer service together."""

from dataclasses import replace

from services.analyzer.device import Runtime, reports_cuda
from services.analyzer.handlers import AnalyzerHandlers
from services.analyzer.settings import AnalyzerSettings, EngineSettings
from services.analyzer.store import AnalyzerStore
from shared.artifacts import ArtifactStore
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.failure import Stage
from shared.database import Database
from shared.settings import Settings
from shared.worker import ChildWorker, Limits

LIMITS = Limits(niceness=5, file_bytes=256 << 20, address_space_bytes=8 << 30)
"""For media from anywhere. The engines map 2.6 GB and hold 0.9 GB; the results they write are far below a megabyte."""


def child_limits(settings: EngineSettings) -> Limits:
    """LIMITS; of memory held, not of addresses, where the engines may use a GPU: CUDA maps tens of GB and uses little of it."""
    on_gpu = settings.device != "cpu" and reports_cuda(Runtime.CTRANSLATE2)
    return replace(LIMITS, address_space_bytes=None, resident_bytes=LIMITS.address_space_bytes) if on_gpu else LIMITS


def build_app(bus: BusSettings) -> Service:
    """The service; stores are opened here, the bus when it runs, the engines' process with the first video."""
    settings = Settings()
    service = build_service(Stage.ANALYZER, bus)
    worker = ChildWorker("services.analyzer.worker", limits=child_limits(EngineSettings()))
    handlers = AnalyzerHandlers(
        store=AnalyzerStore(Database(settings.database)),
        artifacts=ArtifactStore.open(settings.artifacts),
        publisher=service.publisher,
        worker=worker,
        time_limit=AnalyzerSettings().time_limit,
    )
    service.subscribe(handlers.on_video_selected)
    service.on_stop(worker.close)
    return service
