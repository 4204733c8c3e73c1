"""The analyzer's child process where one engine, or all of it, misbehaves when the video's name says so; two are real."""

import ctypes
import json
import time
from pathlib import Path

import numpy as np

from services.analyzer import worker
from services.analyzer.counters import Counters
from services.analyzer.engines.audio import AudioEngine
from services.analyzer.engines.base import EngineResult, Feed, Spec, report
from services.analyzer.engines.visuals import VisualsEngine
from services.analyzer.sampling import coverage
from shared.contracts.analysis import EngineName, VideoInfo
from shared.contracts.people import People
from shared.worker import serve

order = ""


class Faulty:
    """Calls itself people, sees nobody, and after ten pictures does what the video is named after."""

    spec = Spec(EngineName.PEOPLE, "faulty")
    feed = Feed.EVERY_FRAME
    rate_hz = 0.0

    def load(self) -> None:
        if order == "unloadable":
            raise ValueError("no model was ever like this")

    def start(self, video: VideoInfo, _counters: Counters) -> "Session":
        return Session(video)


class Session:
    def __init__(self, video: VideoInfo) -> None:
        self._video, self._seen = video, 0

    def process(self, _frame: object) -> None:
        self._seen += 1
        if self._seen == 10:
            misbehave()

    def finish(self) -> EngineResult:
        done = report(Faulty.spec, seen=False, coverage=coverage([0.0], self._video.duration_s))
        return EngineResult(
            engine=EngineName.PEOPLE, report=done, people=People(sampled_s=(0.0,), faces=(), poses=(), hands=())
        )


def misbehave() -> None:
    """In the engine's own thread."""
    match order:
        case "segfault":
            ctypes.string_at(0)
        case "hang":
            time.sleep(600)
        case "memory":
            np.ones(1 << 45)
        case "raise":
            raise ValueError("this picture is not for me")


def handle(request: bytes) -> bytes:
    global order  # noqa: PLW0603 - one request at a time
    order = Path(json.loads(request)["path"]).stem.rstrip("0123456789")
    if order == "undecodable":
        ctypes.string_at(0)
    return worker.handle(request)


def main() -> None:
    worker.default_engines = lambda: (Faulty(), VisualsEngine(), AudioEngine())  # type: ignore[assignment]
    serve(handle)
