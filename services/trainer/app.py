"""Puts the trainer service together."""

from services.trainer.handlers import TrainerHandlers
from services.trainer.settings import TrainerSettings
from services.trainer.store import TrainerStore
from shared.artifacts import ArtifactStore
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.failure import Stage
from shared.database import Database
from shared.settings import Settings
from shared.worker import ChildWorker


def build_app(bus: BusSettings) -> Service:
    """The service; stores are opened here, the bus when it runs, the models' process with the first bucket."""
    settings = Settings()
    service = build_service(Stage.TRAINER, bus)
    worker = ChildWorker("services.trainer.worker")
    handlers = TrainerHandlers(
        store=TrainerStore(Database(settings.database)),
        artifacts=ArtifactStore.open(settings.artifacts),
        publisher=service.publisher,
        worker=worker,
        time_limit=TrainerSettings().time_limit,
    )
    service.subscribe(handlers.on_ledger_event)
    service.on_stop(worker.close)
    return service
