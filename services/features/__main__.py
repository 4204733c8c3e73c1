"""`python -m services.features`: runs the service until it is stopped."""

from services.features.app import build_app
from shared.bus.runner import run_service
from shared.bus.settings import BusSettings

if __name__ == "__main__":
    run_service(build_app, BusSettings)
