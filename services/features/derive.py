"""One analyzed video becomes a stored feature row under this catalogue version."""

from services.features.rows import build_row
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore, client_prefix
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef
from shared.contracts.events import VideoAnalyzed
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import ScrapedVideo


def derive(event: VideoAnalyzed, *, store: FeaturesStore, artifacts: ArtifactStore) -> tuple[FeatureRow, ArtifactRef]:
    """Compute and store; doing it again changes nothing. Raises BadInput where event and artifacts do not belong together."""
    analysis = Analysis.from_bytes(artifacts.get(event.analysis))
    scraped = ScrapedVideo.from_bytes(artifacts.get(event.record))
    row = build_row(event=event, analysis=analysis, scraped=scraped)
    prefix = client_prefix(event.client, "features")
    ref = artifacts.put(prefix, row.to_bytes(), suffix=".json", media_type="application/json")
    store.put(row, ref)
    return row, ref
