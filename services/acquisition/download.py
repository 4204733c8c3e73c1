"""Downloads one file over HTTP into a path, within limits of size and time, and never from a private network."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from services.acquisition.addresses import check_address, check_link, public_name
from services.acquisition.settings import AcquisitionSettings
from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient

_CHUNK = 1 << 16
_REDIRECTS = 5
_LATER = frozenset({408, 425, 429})


def download(url: str, path: Path, *, settings: AcquisitionSettings) -> str:
    """Write the file behind a link to `path`; its media type as the server names it, "" where it does not.

    Raises BadInput for a link that is dead, refused, too big, private, or leads to a page; Transient for 408, 429, 5xx, broken
    connections and the time limit.
    """
    deadline = time.monotonic() + settings.download_limit.total_seconds()
    timeout = settings.network_timeout.total_seconds()
    # Proxies of the environment are not used: the checked address would not be the one connected to.
    with _network_errors(url), httpx2.Client(trust_env=False, timeout=timeout) as client:
        for _ in range(_REDIRECTS + 1):
            check_link(url, allow_private=settings.allow_private_addresses)
            with client.stream("GET", url, headers=_headers(url, settings)) as response:
                _check_peer(response, settings)
                if not response.has_redirect_location:
                    return _save(response, path, settings=settings, deadline=deadline)
                url = str(response.url.join(response.headers["location"]))
    raise BadInput(FailureReason.DOWNLOAD_FAILED, f"The media link {public_name(url)} redirects over and over.")


def _headers(url: str, settings: AcquisitionSettings) -> dict[str, str]:
    """The token goes to Apify's own store alone, and in a header, so that no log or redirect ever holds it."""
    headers = {"Accept": "video/*, application/octet-stream", "Accept-Encoding": "identity"}
    target, api = httpx2.URL(url), httpx2.URL(settings.apify_api_base_url)
    has_token = settings.apify_token is not None or settings.apify_token_file is not None
    if has_token and (target.scheme, target.host, target.port) == (api.scheme, api.host, api.port):
        headers["Authorization"] = f"Bearer {settings.read_token()}"
    return headers


def _check_peer(response: httpx2.Response, settings: AcquisitionSettings) -> None:
    """Ask the open connection itself: the host's name may have led elsewhere when it was looked up."""
    if not settings.allow_private_addresses:
        check_address(response.extensions["network_stream"].get_extra_info("server_addr")[0], str(response.url))


def _save(response: httpx2.Response, path: Path, *, settings: AcquisitionSettings, deadline: float) -> str:
    name = public_name(str(response.url))
    _check_status(response.status_code, name)
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type.startswith("text/") or media_type == "application/json":
        raise BadInput(FailureReason.DOWNLOAD_FAILED, f"The media link {name} leads to {media_type}, not to a video.")
    _check_size(int(response.headers.get("content-length", "0")), name, settings)
    _write(response, path, name=name, settings=settings, deadline=deadline)
    return media_type


def _write(response: httpx2.Response, path: Path, *, name: str, settings: AcquisitionSettings, deadline: float) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in response.iter_bytes(_CHUNK):
            size += len(chunk)
            _check_size(size, name, settings)
            if time.monotonic() > deadline:
                limit = settings.download_limit.total_seconds()
                raise Transient(f"The download of {name} took over {limit:g} s.", FailureReason.TIMED_OUT)
            file.write(chunk)


def _check_status(status: int, name: str) -> None:
    if status in _LATER or status >= 500:
        raise Transient(f"The server of {name} answered {status}.")
    if status != 200:
        raise BadInput(
            FailureReason.DOWNLOAD_FAILED, f"The server of {name} answered {status}: the video is not there any more."
        )


def _check_size(size: int, name: str, settings: AcquisitionSettings) -> None:
    if size > settings.max_video_bytes:
        limit = f"{settings.max_video_bytes / 1e6:g} MB"
        raise BadInput(FailureReason.DOWNLOAD_FAILED, f"The file behind {name} is over the limit of {limit}.")


@contextmanager
def _network_errors(url: str) -> Iterator[None]:
    try:
        yield
    except httpx2.InvalidURL:
        message = f"The media link {public_name(url)} redirects to something that is no URL."
        raise BadInput(FailureReason.DOWNLOAD_FAILED, message) from None
    except httpx2.TimeoutException as error:
        raise Transient(f"The server of {public_name(url)} was too slow ({type(error).__name__}).") from None
    except httpx2.HTTPError as error:
        raise Transient(f"The connection to {public_name(url)} broke ({type(error).__name__}).") from None
