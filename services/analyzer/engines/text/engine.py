"""The text engine: detect on every sample, recognize only crops that changed, link what was read into overlays."""

from importlib.util import find_spec

from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, package_folder, report
from services.analyzer.engines.text.gate import MIN_CONFIDENCE, SAME_CROP, SHORT_CONFIDENCE, Gate
from services.analyzer.engines.text.linking import SAME_TEXT, Linker
from services.analyzer.engines.text.reader import DETECTOR, RECOGNIZER, Backend, Reader, precision
from services.analyzer.frames import Frame
from services.analyzer.sampling import coverage
from shared.contracts.analysis import EngineName, VideoInfo

RATE_HZ = 2.0
PARAMETERS = {
    "rate_hz": RATE_HZ,
    "detector_side": 640,
    "min_confidence": [MIN_CONFIDENCE, SHORT_CONFIDENCE],
    "same_crop": SAME_CROP,
    "same_text": SAME_TEXT,
}


class TextEngine:
    """Reads burned-in text."""

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self) -> None:
        self._backend: Backend = "openvino" if find_spec("openvino") else "onnxruntime"
        weights = package_folder("rapidocr") / "models"
        parameters = {**PARAMETERS, "backend": self._backend, "precision": precision(self._backend)}
        packages = ("rapidocr", self._backend)
        self.spec = Spec(EngineName.TEXT, "1", packages, (weights / DETECTOR, weights / RECOGNIZER), parameters)
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load detector and recognizer (2 s with the import)."""
        self._models.get(lambda: Reader(self._backend))

    def start(self, video: VideoInfo, counters: Counters) -> "TextSession":
        """A fresh session."""
        return TextSession(self.spec, video, counters, self._models.get(lambda: Reader(self._backend)))


class TextSession:
    """Reads one sampled frame after the other."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, reader: Reader) -> None:
        self._spec, self._video = spec, video
        self._gate = Gate(reader, counters)
        self._linker = Linker()
        self._times: list[float] = []

    def process(self, frame: Frame) -> None:
        """Detect and read the text of one frame."""
        self._times.append(frame.t_s)
        self._linker.add(self._gate.read(frame.image))

    def finish(self) -> EngineResult:
        """The overlays in order of appearance."""
        overlays = self._linker.overlays(self._times, self._video.duration_s)
        done = report(self._spec, seen=bool(overlays), coverage=coverage(self._times, self._video.duration_s))
        return EngineResult(engine=EngineName.TEXT, report=done, text=overlays)
