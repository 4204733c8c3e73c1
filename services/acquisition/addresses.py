"""Decides whether a link may be followed: a scraped link must not lead into this network."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient

_NAT64 = ip_network("64:ff9b::/96")


def public_name(url: str) -> str:
    """The link without its query, which may hold a signature, for messages and logs."""
    parsed = httpx2.URL(url)
    return f"{parsed.scheme}://{parsed.host}{parsed.path}"


def check_link(url: str, *, allow_private: bool) -> None:
    """Raise BadInput unless the link is http(s) and all addresses of its host are public, Transient for an unknown host."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise BadInput(FailureReason.DOWNLOAD_FAILED, "The media link can't be read as a URL.") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise BadInput(FailureReason.DOWNLOAD_FAILED, f"The media link is no http(s) link but {parsed.scheme or 'incomplete'}.")
    if not allow_private:
        for address in _addresses(parsed):
            check_address(address, url)


def check_address(address: str, url: str) -> None:
    """Raise BadInput when an address, as text, is private, local, reserved or multicast."""
    ip = _effective(ip_address(address.split("%", maxsplit=1)[0]))
    if not ip.is_global or ip.is_multicast:
        raise BadInput(
            FailureReason.DOWNLOAD_FAILED,
            f"The media link {public_name(url)} leads to {ip}, an address inside a private network, and is not followed.",
        )


def _addresses(url: httpx2.URL) -> list[str]:
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Transient(f"The host {url.host} of a media link can't be found ({error.strerror}).") from None
    return [str(entry[4][0]) for entry in found]


def _effective(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where it does: else it would slip through."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
