"""Which addresses may become links in a document."""

from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address when it is http or https with a host, else None: nothing else may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
