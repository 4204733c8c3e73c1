"""Says which parts are inside a call right now, so that a crash or a hang can be laid at somebody's door."""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Self, TypeVar

Item = TypeVar("Item")
_END = object()


class AtWork:
    """Tells `say` a new list of names whenever a part starts or ends a call; thread-safe, a few microseconds each."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._names: dict[str, None] = {}
        self._lock = threading.Lock()

    def on(self, name: str) -> "Part":
        """A context manager for the calls of one part; they never overlap."""
        return Part(self, name)

    def change(self, name: str, *, busy: bool) -> None:
        """Say it again, with or without this name."""
        with self._lock:
            if busy:
                self._names[name] = None
            else:
                self._names.pop(name, None)
            self._say(", ".join(self._names))


class Part:
    """Inside the block the part is at work."""

    def __init__(self, at_work: AtWork, name: str) -> None:
        self._at_work, self._name = at_work, name

    def __enter__(self) -> Self:
        self._at_work.change(self._name, busy=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._at_work.change(self._name, busy=False)

    def drawing(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items; the part is at work while the next one is made, not while it is used."""
        source = iter(items)
        while True:
            with self:
                item = next(source, _END)
            if item is _END:
                return
            yield item  # type: ignore[misc]  # what is not the end is an item
