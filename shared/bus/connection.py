"""Connects to the server: one sentence when it is not there, refuses us or is too old."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nats
import nkeys
from nats.aio.client import Client
from nats.errors import AuthorizationError, ConnectionClosedError, Error
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js.errors import ServiceUnavailableError

from shared.bus.settings import BusSettings
from shared.bus.topology import MIN_SERVER
from shared.errors import Unavailable, UsageError


def address(settings: BusSettings) -> str:
    """The server's address without credentials, for sentences and logs."""
    parts = urlsplit(settings.nats_url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 4222}"


def inbox_prefix(name: str) -> str:
    """Every service has its own inbox, so permissions can keep others out."""
    return f"_INBOX_{name}"


@asynccontextmanager
async def connect(settings: BusSettings, *, name: str = "ops") -> AsyncIterator[Client]:
    """A short-lived connection for one command; it never reconnects.

    Raises UsageError for a malformed URL and Unavailable, within `connect_timeout`, for everything else.
    """
    errors: list[Exception] = []
    client = await _connected(settings, name, errors)
    try:
        assert_server_version(client, settings)
        yield client
    except NatsTimeoutError as error:  # not the built-in one: a caller's own limit is the caller's
        raise Unavailable(_no_answer(settings, errors)) from error
    except ConnectionClosedError as error:
        raise Unavailable(
            f"The server at {address(settings)} closed the connection; run the command again when it is back."
        ) from error
    except ServiceUnavailableError as error:
        raise Unavailable(
            f"The server at {address(settings)} runs without JetStream; start it with a `jetstream` block, as deploy/nats does."
        ) from error
    finally:
        with suppress(Error, TimeoutError, OSError):
            await client.close()


async def _connected(settings: BusSettings, name: str, errors: list[Exception]) -> Client:
    async def remember(error: Exception) -> None:
        errors.append(error)

    where = address_checked(settings)
    try:
        return await nats.connect(
            settings.nats_url,
            name=f"rumiai-{name}",
            allow_reconnect=False,
            max_reconnect_attempts=1,  # of the first connection too, where the client's default is two minutes
            reconnect_time_wait=0,
            connect_timeout=max(1, round(settings.connect_timeout.total_seconds())),
            inbox_prefix=inbox_prefix(name),
            error_cb=remember,
            **credentials(settings),
        )
    except AuthorizationError as error:
        raise Unavailable(f"The server at {where} refuses this user; check RUMIAI_NATS_NKEY_SEED_FILE.") from error
    except ssl.SSLError as error:
        raise Unavailable(f"The certificate of {where} is not trusted; check RUMIAI_NATS_CA_FILE.") from error
    except (Error, OSError, TimeoutError) as error:
        if any("authorization" in str(seen).lower() for seen in (*errors, error)):
            raise Unavailable(f"The server at {where} refuses this user; check RUMIAI_NATS_NKEY_SEED_FILE.") from error
        raise Unavailable(
            f"No NATS server answers at {where}; start one with `rumiai up`, or set RUMIAI_NATS_URL to one that runs."
        ) from error


def address_checked(settings: BusSettings) -> str:
    """The address. Raises UsageError if the URL is not one of a NATS server."""
    with suppress(ValueError):
        parts = urlsplit(settings.nats_url)
        if parts.scheme in {"nats", "tls", "ws", "wss"} and parts.hostname:
            return address(settings)
    raise UsageError("RUMIAI_NATS_URL is not the address of a NATS server; it looks like nats://127.0.0.1:4222.")


def assert_server_version(client: Client, settings: BusSettings) -> None:
    """Raises Unavailable if the server is too old: older servers accept what they don't know and ignore it."""
    version = client.connected_server_version
    if (version.major, version.minor) < MIN_SERVER:
        raise Unavailable(
            f"The server at {address(settings)} is nats-server {version.major}.{version.minor}.{version.patch}, which "
            f"ignores settings this system needs; use {'.'.join(map(str, MIN_SERVER))} or newer."
        )


def credentials(settings: BusSettings) -> dict[str, Any]:
    """The arguments of `nats.connect` for TLS and nkeys. Raises Unavailable if a file can't be read."""
    options: dict[str, Any] = {}
    if settings.nats_ca_file is not None:
        options["tls"] = _tls(settings)
    if (seed := _seed(settings)) is not None:
        options["nkeys_seed_str"] = seed
    return options


def _seed(settings: BusSettings) -> str | None:
    if settings.nats_nkey_seed_file is not None:
        seed, variable = _read_seed(settings.nats_nkey_seed_file), "RUMIAI_NATS_NKEY_SEED_FILE"
    elif settings.nats_nkey_seed is not None:
        seed, variable = settings.nats_nkey_seed.get_secret_value().strip(), "RUMIAI_NATS_NKEY_SEED"
    else:
        return None
    try:
        nkeys.from_seed(bytearray(seed, "utf-8")).wipe()
    except nkeys.NkeysError as error:
        raise Unavailable(f"{variable} holds no nkey seed, which is one line that starts with SU; make one again.") from error
    return seed


def _read_seed(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Unavailable(f"RUMIAI_NATS_NKEY_SEED_FILE can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Unavailable("RUMIAI_NATS_NKEY_SEED_FILE is no text file, so it holds no nkey seed.") from error


def _tls(settings: BusSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.nats_ca_file)
    except OSError as error:
        raise Unavailable(f"RUMIAI_NATS_CA_FILE can't be read as certificates: {error.strerror or error}.") from error


def _no_answer(settings: BusSettings, errors: list[Exception]) -> str:
    denied = next((str(error) for error in errors if "permissions violation" in str(error).lower()), None)
    if denied is not None:
        return f"The server at {address(settings)} denies this user something it needs: {denied.removeprefix('nats: ')}."
    return f"The server at {address(settings)} accepted the connection and then did not answer."
