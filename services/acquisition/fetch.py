"""Brings the file of a planned video into the artifact store, from a folder or over HTTP."""

import tempfile
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

from services.acquisition.download import download
from services.acquisition.settings import AcquisitionSettings
from shared.artifacts import PUBLIC_VIDEOS
from shared.contracts.base import ArtifactRef
from shared.contracts.failure import FailureReason
from shared.contracts.plan import PlannedVideo
from shared.contracts.request import BatchRequest, DatasetSource
from shared.errors import BadInput

MEDIA_TYPES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mkv": "video/x-matroska"}


class VideoStore(Protocol):
    """Where videos go; ArtifactStore is one."""

    def put_file(self, prefix: str, path: Path, *, suffix: str, media_type: str) -> ArtifactRef:
        """Store a file."""


def fetch_video(
    planned: PlannedVideo, store: VideoStore, *, request: BatchRequest, settings: AcquisitionSettings
) -> ArtifactRef:
    """Copy or download the video's file; the reference under `public/videos`. Blocking; the same file is stored once.

    Raises BadInput (file_not_found, download_failed, empty_file) where trying again can't help, else Transient.
    """
    if planned.media.url is not None:
        return _from_link(planned.video_id, planned.media.url, store=store, settings=settings)
    return _from_folder(planned, request=request, store=store, settings=settings)


def _from_link(video_id: str, url: str, *, store: VideoStore, settings: AcquisitionSettings) -> ArtifactRef:
    with tempfile.TemporaryDirectory(prefix="rumiai-") as folder:
        path = Path(folder) / "video"
        media_type = download(url, path, settings=settings)
        if path.stat().st_size == 0:
            raise BadInput(FailureReason.EMPTY_FILE, f"The download of video {video_id} is empty: 0 bytes arrived.")
        return _store(path, store=store, suffix=_suffix(url, media_type))


def _from_folder(
    planned: PlannedVideo, *, request: BatchRequest, store: VideoStore, settings: AcquisitionSettings
) -> ArtifactRef:
    name = planned.media.path
    if not isinstance(request.source, DatasetSource) or name is None or Path(name).name != name:
        raise BadInput(
            FailureReason.INVALID_EVENT, f"Video {planned.video_id} is planned without a place to get its file from."
        )
    path = Path(request.source.videos) / name
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise BadInput(FailureReason.FILE_NOT_FOUND, f"The file {name} is not in the dataset's folder of videos.")
    if size == 0:
        raise BadInput(FailureReason.EMPTY_FILE, f"The file {name} is empty: it has 0 bytes.")
    if size > settings.max_video_bytes:
        limit = f"{settings.max_video_bytes / 1e6:g} MB"
        raise BadInput(FailureReason.UNSUPPORTED_MEDIA, f"The file {name} has {size / 1e6:.0f} MB, over the limit of {limit}.")
    try:
        return _store(path, store=store, suffix=path.suffix.lower())
    except PermissionError:
        raise BadInput(FailureReason.FILE_NOT_FOUND, f"The file {name} may not be read: check its permissions.") from None


def _store(path: Path, *, store: VideoStore, suffix: str) -> ArtifactRef:
    return store.put_file(PUBLIC_VIDEOS, path, suffix=suffix, media_type=MEDIA_TYPES[suffix])


def _suffix(url: str, media_type: str) -> str:
    """The kind of file, by its link, else by what the server says, else MP4, which scrapers store."""
    linked = PurePosixPath(urlsplit(url).path).suffix.lower()
    if linked in MEDIA_TYPES:
        return linked
    return next((suffix for suffix, kind in MEDIA_TYPES.items() if kind == media_type), ".mp4")
