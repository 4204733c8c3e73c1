"""A page of memory that a child and its parent share: what the child notes there can be read after it was killed."""

import mmap
import os
import struct
from functools import cache

NOTE = "RUMIAI_WORKER_NOTE"
_SIZE = mmap.PAGESIZE
_LENGTH = struct.Struct(">H")


class NotePage:
    """The parent's side. Inside a `with` block `descriptor` is open for a child to inherit; the page itself lives on."""

    def __init__(self) -> None:
        self.descriptor = os.memfd_create("rumiai-note")
        os.ftruncate(self.descriptor, _SIZE)
        self._page = mmap.mmap(self.descriptor, _SIZE)

    def __enter__(self) -> "NotePage":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def read(self) -> str:
        """The child's last note, "" when it left none."""
        (length,) = _LENGTH.unpack_from(self._page)
        return self._page[_LENGTH.size : _LENGTH.size + length].decode(errors="replace")


def note(text: str) -> None:
    """Leave a note for the parent in place of the one before; does nothing in a process that is no worker's child."""
    page = _own_page()
    if page is not None:
        data = text.encode()[: _SIZE - _LENGTH.size]
        page[: _LENGTH.size + len(data)] = _LENGTH.pack(len(data)) + data


@cache
def _own_page() -> mmap.mmap | None:
    descriptor = os.environ.get(NOTE)
    return None if descriptor is None else mmap.mmap(int(descriptor), _SIZE)
