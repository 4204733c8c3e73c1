"""Puts the features service together."""

from services.features.document import keep
from services.features.handlers import FeaturesHandlers
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore
from shared.bus.service import Service, build_service
from shared.bus.settings import BusSettings
from shared.contracts.failure import Stage
from shared.database import Database
from shared.settings import Settings


def build_app(bus: BusSettings) -> Service:
    """The service; stores are opened here, the bus when it runs."""
    settings = Settings()
    service = build_service(Stage.FEATURES, bus)
    artifacts = ArtifactStore.open(settings.artifacts)
    keep(artifacts)
    handlers = FeaturesHandlers(
        store=FeaturesStore(Database(settings.database)),
        artifacts=artifacts,
        publisher=service.publisher,
    )
    service.subscribe(handlers.on_video_analyzed)
    return service
