"""One thread and one bounded queue per engine: a failing engine stops nothing else, and nothing waits for it."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from services.analyzer.at_work import AtWork
from services.analyzer.counters import Counters
from services.analyzer.engines.base import Engine, EngineResult
from shared.contracts.analysis import VideoInfo

DEPTH = 24
"""24 shared pictures are 16 MB."""
Keep = Callable[[Engine, EngineResult], None]
_END = object()
_ABORT = object()


class Aborted(Exception):  # noqa: N818 - no error: the producer gave up
    """Decoding failed, so the engine's partial result is thrown away."""


class Lane:
    """An engine at work in its own thread. `keep` gets its result there, as soon as it is whole.

    `watching` is true while the engine deals with the video: not while it loads, and not while its result is kept.
    """

    def __init__(self, engine: Engine, video: VideoInfo, counters: Counters, at_work: AtWork, keep: Keep) -> None:
        self.engine = engine
        self.error: BaseException | None = None
        self.watching = False
        self._video, self._counters, self._keep = video, counters, keep
        self._at_work = at_work.on(engine.spec.name.value)
        self._queue: queue.Queue[Any] = queue.Queue(DEPTH)
        self._result: EngineResult | None = None
        self._ended = self._aborted = False
        self._thread = threading.Thread(target=self._run, name=f"engine-{engine.spec.name}", daemon=True)
        self._thread.start()

    def put(self, item: object) -> None:
        """Hand over one item; waits while the queue is full. Never blocks on an engine that failed: it drains."""
        self._queue.put(item)
        name = self.engine.spec.name.value
        self._counters.handed[name] = self._counters.handed.get(name, 0) + 1

    def close(self) -> None:
        """No more items."""
        self._queue.put(_END)

    def abort(self) -> None:
        """Throw away what was done."""
        self._queue.put(_ABORT)

    def join(self) -> EngineResult | None:
        """Wait for the end; None when the engine failed, see `error`."""
        self._thread.join()
        return self._result

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which raises it
            self.error = error
            self._drain()
        self._counters.cpu_s[self.engine.spec.name.value] = round(time.thread_time(), 3)

    def _work(self) -> None:
        with self._at_work:
            self.engine.load()
            self.watching = True
            session = self.engine.start(self._video, self._counters)
        while (item := self._next()) is not _END:
            with self._at_work:
                session.process(item)
        if self._aborted:
            raise Aborted
        with self._at_work:
            result = session.finish()
        self.watching = False
        self._keep(self.engine, result)
        self._result = result

    def _drain(self) -> None:
        """Keep the producer and the other engines going."""
        while self._next() is not _END:
            pass

    def _next(self) -> object:
        """The next item; _END for ever once there are no more."""
        if self._ended:
            return _END
        item = self._queue.get()
        self._aborted |= item is _ABORT
        self._ended = item is _END or self._aborted
        return _END if self._ended else item
