"""The facts of the file behind an earlier analysis: measured where the video is given, otherwise as far as they are known."""

from pathlib import Path

from services.analyzer.earlier.document import UnifiedAnalysis
from services.analyzer.probe import probe
from shared.contracts.analysis import VideoInfo
from shared.errors import UsageError

DEFAULT_SIZE = (1920, 1080)
"""Written by the earlier system where it had not measured anything."""


def video_facts(document: UnifiedAnalysis, digest: str, video: Path | None) -> tuple[VideoInfo, bool]:
    """The file's facts, and whether they were measured.

    Without the video they are the document's, and the sha256 is the document's own. Raises UsageError where the document does
    not really know the size of the frame; BadInput for a video that can't be read.
    """
    if video is not None:
        return probe(video).info, True
    stated = document.metadata
    if stated.width is None or stated.height is None or stated.fps is None or (stated.width, stated.height) == DEFAULT_SIZE:
        raise UsageError(
            f"The frame of {document.video_id} was never measured (the document has no size, or the default"
            f" {DEFAULT_SIZE[0]}x{DEFAULT_SIZE[1]}): give the video with --videos."
        )
    info = VideoInfo(
        sha256=digest,
        duration_s=round(stated.duration, 3),
        fps=stated.fps,
        width=stated.width,
        height=stated.height,
        frames=max(1, round(stated.duration * stated.fps)),
        codec="not measured",
        has_audio=_anything_said(document),
    )
    return info, False


def _anything_said(document: UnifiedAnalysis) -> bool:
    transcript = document.ml_data.get("whisper")
    return isinstance(transcript, dict) and bool(transcript.get("segments"))
