"""Puts the acquisition service together."""

from services.acquisition.handlers import AcquisitionHandlers
from services.acquisition.settings import AcquisitionSettings
from services.acquisition.store import AcquisitionStore
from shared.artifacts import ArtifactStore
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.failure import Stage
from shared.database import Database
from shared.settings import Settings


def build_app(bus: BusSettings) -> Service:
    """The service; stores are opened here, the bus when it runs."""
    settings = Settings()
    service = build_service(Stage.ACQUISITION, bus)
    handlers = AcquisitionHandlers(
        store=AcquisitionStore(Database(settings.database)),
        artifacts=ArtifactStore.open(settings.artifacts),
        publisher=service.publisher,
        settings=AcquisitionSettings(),
    )
    service.subscribe(handlers.on_batch_requested)
    return service
