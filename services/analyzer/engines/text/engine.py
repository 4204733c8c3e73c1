"""The text engine: search where text may have changed, read what changed, link what was read into overlays."""

import cv2
import numpy as np

from services.analyzer import frames, sampling
from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, report
from services.analyzer.engines.text import (
    areas,
    change,
    gate,
    kinds,
    lines,
    linking,
    paddle,
    plate,
    plausible,
    rapid,
    reader,
    region,
    strokes,
    surround,
    tracks,
)
from services.analyzer.engines.text.gate import Gate
from services.analyzer.engines.text.linking import Linker, Step
from services.analyzer.engines.text.reader import Quad
from services.analyzer.engines.text.surround import at_edge, between
from services.analyzer.frames import Frame, Image
from services.analyzer.sampling import coverage
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName, VideoInfo

RATE_HZ = 2.0
CHOICES = {"rapidocr": rapid.choice, "paddleocr": paddle.choice}
PARTS = (areas, change, gate, kinds, lines, linking, plate, plausible, region, strokes, surround, tracks,
         frames, sampling)  # fmt: skip
"""All that has limits and thresholds: they are part of the fingerprint."""


class TextEngine:
    """Reads burned-in text with the reader of RUMIAI_TEXT_READER.

    `ungated` searches every sample and reads every crop: for comparison, at twice the cost.
    """

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self, *, ungated: bool = False, settings: EngineSettings | None = None) -> None:
        settings = EngineSettings() if settings is None else settings
        self._ungated, self._choice = ungated, CHOICES[settings.text_reader](settings)
        parameters = {
            "rate_hz": RATE_HZ, "ungated": ungated, "crops": reader.PARAMETERS,
            "reader": {settings.text_reader: self._choice.parameters},
            **{module.__name__.rpartition(".")[2]: module.PARAMETERS for module in PARTS},
        }  # fmt: skip
        self.spec = Spec(EngineName.TEXT, "5", self._choice.packages, self._choice.weights, parameters)
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load detector and recognizer (2 s with the import)."""
        self._models.get(self._choice.make)

    def start(self, video: VideoInfo, counters: Counters) -> "TextSession":
        """A fresh session."""
        reader = self._models.get(self._choice.make)
        return TextSession(self.spec, video, Gate(reader, counters, ungated=self._ungated))


class TextSession:
    """Reads the sampled frames, one after the other; the detector sees as many at a time as the device takes."""

    def __init__(self, spec: Spec, video: VideoInfo, gate: Gate) -> None:
        self._spec, self._video, self._gate = spec, video, gate
        self._linker = Linker()
        self._waiting: list[Frame] = []
        self._times: list[float] = []
        self._before: Image | None = None

    def process(self, frame: Frame) -> None:
        """Take the next frame."""
        self._waiting.append(frame)
        if len(self._waiting) >= self._gate.together:
            self._read()

    def _read(self) -> None:
        due, self._waiting = self._waiting, []
        for frame, ahead in zip(due, self._gate.ahead([frame.image for frame in due]), strict=True):
            self._read_one(frame, ahead)

    def _read_one(self, frame: Frame, ahead: list[Quad] | None) -> None:
        gray = np.asarray(cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY), np.uint8)
        step = self._linker.add(self._gate.read(frame.image, gray, ahead))
        if self._before is not None:
            self._ask(step, self._before, gray)
        self._times.append(frame.t_s)
        self._before = gray

    def _ask(self, step: Step, before: Image, gray: Image) -> None:
        """What the surroundings say about each text."""
        for track in step.on:
            then, here = (reading.box for reading in track.readings[-2:])
            track.witnesses[between(before, then, gray, here)] += 1
        for track in step.begun:
            track.witnesses[at_edge(gray, track.readings[-1].box, before)] += 1
        for track in step.gone:
            track.witnesses[at_edge(before, track.readings[-1].box, gray)] += 1

    def finish(self) -> EngineResult:
        """The overlays in order of appearance."""
        self._read()
        self._gate.release()
        overlays = self._linker.overlays(self._times, self._video.duration_s)
        done = report(self._spec, seen=bool(overlays), coverage=coverage(self._times, self._video.duration_s))
        return EngineResult(engine=EngineName.TEXT, report=done, text=overlays)
