"""Reads untrusted media through PyAV: whatever it raises over the bytes of a file is laid at the file's door, not at ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from shared.contracts.failure import FailureReason
from shared.errors import BadInput, RumiError
from shared.telemetry import get_logger

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,flv,ogg,mp3,wav,aac,flac"
"""Playlists (hls, concat, dash) are left out on purpose: they would make us open other files. So is AVI: it stores no display
times, and frames out of order can't be put at their true time."""
MAX_SIDE = 4096
"""Pixels; no decoder makes a frame of more than its square, wherever in the file one is announced."""
_OUR_BUGS = (AttributeError, TypeError, NameError, AssertionError, ImportError)
"""They speak of our code and not of the bytes."""

_log = get_logger("analyzer")


def open_container(path: Path) -> InputContainer:
    """Open a local file as one of CONTAINERS. Raises BadInput (corrupt_file)."""
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}
    try:
        return av.open(str(path), options=options, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError) as error:
        raise BadInput(
            FailureReason.CORRUPT_FILE,
            f"{path.name} can't be opened as a video (mp4, mov, webm, mkv, flv, ts): it is damaged or something else.",
        ) from (None if isinstance(error, MemoryError) else error)  # a size that is claimed, see `packets`
    except MemoryError:
        raise
    except Exception as error:
        raise _unreadable(path.name, error) from error


def video_stream(container: InputContainer, name: str) -> VideoStream:
    """The first real video stream. Raises BadInput (no_video_stream, unsupported_media)."""
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not streams:
        raise BadInput(FailureReason.NO_VIDEO_STREAM, f"{name} has no video stream: it holds only sound or a cover picture.")
    stream = streams[0]
    if cast("Any", stream).codec_context is None:
        raise BadInput(FailureReason.UNSUPPORTED_MEDIA, f"{name} uses a video codec that can't be decoded here.")
    stream.codec_context.options = {"max_pixels": str(MAX_SIDE**2)}
    return stream


def sound_stream(container: InputContainer) -> av.AudioStream | None:
    """The first sound track that can be decoded here."""
    return next((s for s in container.streams.audio if cast("Any", s).codec_context is not None), None)


def packets(container: InputContainer, name: str, *streams: av.stream.Stream) -> Iterator[Any]:
    """The packets of these streams, up to where the file can be read: what came till then is judged by who asked.

    Libav's own "cannot allocate" is a size that the file claims (it allows 2 GB), not the end of this machine's memory.
    A transport stream whose mutated tables announce a new stream makes PyAV end with an IndexError, after the streams that
    were asked for. Raises BadInput (corrupt_file) for anything else that PyAV stumbles over.
    """
    try:
        yield from container.demux(*streams)
    except (av.error.FFmpegError, IndexError):
        return
    except MemoryError:
        raise
    except Exception as error:
        raise _unreadable(name, error) from error


def decoded(packet: Any, name: str) -> list[Any] | None:
    """The frames that come out of one packet; None where it is damaged. Raises BadInput (corrupt_file) as `packets` does."""
    try:
        return cast("list[Any]", packet.decode())
    except MemoryError:
        raise
    except av.error.FFmpegError:
        return None
    except Exception as error:
        raise _unreadable(name, error) from error


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Around lines of ours that convert what PyAV made of the bytes: errors about values become BadInput (corrupt_file)."""
    try:
        yield
    except (RumiError, MemoryError, *_OUR_BUGS):
        raise
    except Exception as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> BadInput:
    _log.error("a file could not be read", file=name, exc_info=error)
    return BadInput(
        FailureReason.CORRUPT_FILE, f"{name} can't be read to its end ({type(error).__name__}): it is damaged, get it again."
    )
