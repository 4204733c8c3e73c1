"""One analyzed video becomes a stored feature row under this catalogue version."""

from services.features.rows import AnalyzedVideo, build_rows
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore, client_prefix
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef
from shared.contracts.events import VideoAnalyzed
from shared.contracts.feature_row import FeatureRow
from shared.contracts.record import ScrapedVideo


def derive(event: VideoAnalyzed, *, store: FeaturesStore, artifacts: ArtifactStore) -> tuple[FeatureRow, ArtifactRef]:
    """Compute and store; doing it again changes nothing. Raises as `read` and `parsed` do."""
    (row,) = build_rows([parsed(event, *read(event, artifacts))])
    ref = put(row, artifacts)
    store.put([(row, ref)])
    return row, ref


def read(event: VideoAnalyzed, artifacts: ArtifactStore) -> tuple[bytes, bytes]:
    """The stored analysis and record. Raises ArtifactDamaged, Transient."""
    return artifacts.get(event.analysis), artifacts.get(event.record)


def parsed(event: VideoAnalyzed, analysis: bytes, record: bytes) -> AnalyzedVideo:
    """Raises BadInput where event and artifacts do not belong together, pydantic.ValidationError for foreign bytes."""
    return AnalyzedVideo(event, Analysis.from_bytes(analysis), ScrapedVideo.from_bytes(record))


def put(row: FeatureRow, artifacts: ArtifactStore) -> ArtifactRef:
    """Store the row's bytes; nothing is written when they are there."""
    return artifacts.put(client_prefix(row.client, "features"), row.to_bytes(), suffix=".json", media_type="application/json")
