"""Puts the reporter service together."""

from services.reporter.handlers import ReporterHandlers
from services.reporter.settings import ReporterSettings
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.failure import Stage
from shared.settings import Settings
from shared.worker import ChildWorker


def build_app(bus: BusSettings) -> Service:
    """The service; the bus is connected when it runs, the renderer's process starts with the first bucket."""
    service = build_service(Stage.REPORTER, bus)
    worker = ChildWorker("services.reporter.worker")
    handlers = ReporterHandlers(
        artifacts_url=Settings().artifacts,
        publisher=service.publisher,
        worker=worker,
        time_limit=ReporterSettings().time_limit,
    )
    service.subscribe(handlers.on_bucket_trained)
    service.on_stop(worker.close)
    return service
