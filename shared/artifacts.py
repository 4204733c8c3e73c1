"""Immutable blobs named by their sha256, in a folder or any S3-compatible store chosen by URL (obstore)."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, GenericError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from shared.contracts.base import ArtifactRef
from shared.errors import RumiError, Transient, Unavailable, UsageError

PUBLIC_VIDEOS = "public/videos"
PUBLIC_ENGINES = "public/engines"
PUBLIC_ANALYSES = "public/analyses"
PUBLIC_THUMBNAILS = "public/thumbnails"
PUBLIC_CATALOGUES = "public/catalogues"
CHUNK = 1 << 20


def client_prefix(client: str, kind: str) -> str:
    """`clients/<client>/<kind>`: never shared between clients."""
    return f"clients/{client}/{kind}"


class ArtifactDamaged(RumiError):  # noqa: N818 - reads as the state it names
    """A blob is missing, or its bytes are not those its name promises."""


class ArtifactStore:
    """Puts and gets blobs. Synchronous; services call it through `asyncio.to_thread`."""

    def __init__(self, store: ObjectStore, folder: Path | None, url: str) -> None:
        self._store = store
        self._folder = folder
        self.url = url

    @classmethod
    def open(cls, url: str) -> "ArtifactStore":
        """Open `file:///folder` (made when absent), `s3://bucket/prefix` or `memory:///`.

        S3 credentials and endpoint come from the environment (AWS_*). Raises UsageError for another scheme or
        a URL that names no place, Unavailable for a folder that can't be made.
        """
        scheme = urlsplit(url).scheme
        if scheme == "file":
            folder = _folder_of(url)
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Unavailable(f"The artifact folder {folder} can't be made ({error.strerror}): choose another.") from error
            return cls(LocalStore(folder), folder, url)
        if scheme == "memory":
            return cls(MemoryStore(), None, url)
        if scheme == "s3":
            return cls(_bucket(url), None, url)
        raise UsageError(f"The artifact URL {url!r} is not understood: it must start with file://, s3:// or memory://.")

    def put(self, prefix: str, data: bytes, *, suffix: str, media_type: str) -> ArtifactRef:
        """Store bytes under `<prefix>/<2 hex>/<sha256><suffix>`; nothing is written when the same blob is there."""
        digest = hashlib.sha256(data).hexdigest()
        ref = ArtifactRef(key=_key(prefix, digest, suffix), sha256=digest, size=len(data), media_type=media_type)
        if not self._has(ref):
            self.put_key(ref.key, data)
        return ref

    def put_file(self, prefix: str, path: Path, *, suffix: str, media_type: str) -> ArtifactRef:
        """Store a file without holding it in memory."""
        digest = file_sha256(path)
        ref = ArtifactRef(key=_key(prefix, digest, suffix), sha256=digest, size=path.stat().st_size, media_type=media_type)
        if not self._has(ref):
            with _store_errors(ref.key):
                obstore.put(self._store, ref.key, path)
                self._sync(ref.key)
        return ref

    def get(self, ref: ArtifactRef) -> bytes:
        """The bytes of a blob, checked against its sha256. Raises ArtifactDamaged."""
        data = self.get_key(ref.key)
        if data is None:
            raise ArtifactDamaged(
                f"The artifact {ref.key} is not in {self.url}: restore it, or replay the stage that wrote it."
            )
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise ArtifactDamaged(f"The artifact {ref.key} in {self.url} has other bytes than its name says: restore it.")
        return data

    def fetch(self, ref: ArtifactRef, path: Path) -> None:
        """Write a blob to a file in pieces, checked against its sha256. Raises ArtifactDamaged."""
        digest = hashlib.sha256()
        with _store_errors(ref.key):
            try:
                stream = obstore.get(self._store, ref.key).stream(min_chunk_size=CHUNK)
            except (NotFoundError, FileNotFoundError):
                raise ArtifactDamaged(f"The artifact {ref.key} is not in {self.url}: restore it.") from None
            with path.open("wb") as file:
                for chunk in stream:
                    digest.update(chunk)
                    file.write(chunk)
        if digest.hexdigest() != ref.sha256:
            raise ArtifactDamaged(f"The artifact {ref.key} in {self.url} has other bytes than its name says: restore it.")

    def get_key(self, key: str) -> bytes | None:
        """The bytes under a key, or None: for caches that are keyed by their inputs."""
        with _store_errors(key):
            try:
                return bytes(obstore.get(self._store, key).bytes())
            except (NotFoundError, FileNotFoundError):
                return None

    def put_key(self, key: str, data: bytes) -> None:
        """Store bytes under a key, atomically."""
        with _store_errors(key):
            obstore.put(self._store, key, data)
            self._sync(key)

    def ping(self) -> None:
        """Ask the store something small. Raises Unavailable or Transient when it does not answer."""
        self.get_key("public/ping")

    def _has(self, ref: ArtifactRef) -> bool:
        with _store_errors(ref.key):
            try:
                return bool(obstore.head(self._store, ref.key)["size"] == ref.size)
            except (NotFoundError, FileNotFoundError):
                return False

    def _sync(self, key: str) -> None:
        """A local file must be on disk before an event names it: the bus syncs, so the store has to."""
        if self._folder is None:
            return
        path = self._folder / key
        for target in (path, path.parent):
            handle = os.open(target, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


class _store_errors:  # noqa: N801 - reads as a statement: with _store_errors(key)
    """Turns the store's errors into ours: refused credentials can't be retried, the rest may pass."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, PermissionDeniedError | UnauthenticatedError):
            raise Unavailable(f"The artifact store refuses access to {self._key}: check its credentials.") from error
        if isinstance(error, GenericError):
            raise Transient(f"The artifact store did not answer for {self._key}.") from error


def file_sha256(path: Path) -> str:
    """The sha256 of a file as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder_of(url: str) -> Path:
    """`file://data/x` would name the folder /x of a host called data: nobody means that."""
    parts = urlsplit(url)
    if parts.netloc not in {"", "localhost"} or not parts.path:
        raise UsageError(f"The artifact URL {url!r} names no folder: it must look like file:///folder/on/this/machine.")
    return Path(url2pathname(parts.path))


def _bucket(url: str) -> ObjectStore:
    try:
        return from_url(url)
    except (BaseError, ValueError) as error:
        raise UsageError(f"The artifact URL {url!r} names no bucket: it must look like s3://bucket/prefix.") from error


def _key(prefix: str, digest: str, suffix: str) -> str:
    return f"{prefix}/{digest[:2]}/{digest}{suffix}"
