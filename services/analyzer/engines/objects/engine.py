"""The objects engine: a YOLO network over sampled frames, each object numbered for as long as it stays in view."""

from collections.abc import Sequence

from services.analyzer import frames, sampling
from services.analyzer.batches import Batches
from services.analyzer.counters import Counters
from services.analyzer.device import Device, Runtime, choose
from services.analyzer.engines.base import EngineResult, Feed, Models, Off, Spec, report
from services.analyzer.engines.boxes import to_box
from services.analyzer.engines.objects import linking, yolo
from services.analyzer.engines.objects.linking import ObjectLinker
from services.analyzer.engines.objects.networks import Network, load, require
from services.analyzer.engines.objects.weights import Format, YoloWeights, weights_at
from services.analyzer.engines.objects.yolo import Detection
from services.analyzer.frames import Frame, Image
from services.analyzer.runtimes import CUDA_OPTIONS, THREADS
from services.analyzer.sampling import coverage
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName, Objects, ObjectSample, VideoInfo

RATE_HZ, BATCH = 3.0, 16
"""137 s of 7 people who enter and leave one by one are numbered as 7 at 5, 3 and 2 samples per second, as 11 at 1. At 3 no shot
of a third of a second is missed, and the pictures are those of the people engine."""
NO_WEIGHTS = "no weights: set RUMIAI_OBJECTS_WEIGHTS to YOLO weights (an OpenVINO folder, .onnx, .pt or .engine)"
PARAMETERS = {
    "rate_hz": RATE_HZ, "threads": THREADS, "yolo": yolo.PARAMETERS, "linking": linking.PARAMETERS,
    "frames": frames.PARAMETERS, "sampling": sampling.PARAMETERS,
}  # fmt: skip
_RUNTIMES = {
    Format.OPENVINO: (Runtime.OPENVINO, ("openvino",)),
    Format.ONNX: (Runtime.ONNXRUNTIME, ("onnxruntime",)),
    Format.TORCH: (Runtime.TORCH, ("ultralytics", "torch")),
    Format.TENSORRT: (Runtime.TORCH, ("ultralytics", "torch")),
}


def objects_engine() -> "ObjectsEngine | Off":
    """The engine where RUMIAI_OBJECTS_WEIGHTS is set. Raises Unavailable where they can't be used."""
    settings = EngineSettings()
    if settings.objects_weights is None:
        return Off(NO_WEIGHTS)
    return ObjectsEngine(weights_at(settings.objects_weights), settings)


class ObjectsEngine:
    """Watches for objects of the classes that the weights know."""

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self, weights: YoloWeights, settings: EngineSettings | None = None) -> None:
        """Loads nothing. Raises Unavailable where these weights can't run here, or not on the device that was asked for."""
        runtime, packages = _RUNTIMES[weights.format]
        self._weights = weights
        self._device = choose(EngineName.OBJECTS, runtime, settings)
        require(weights, self._device)
        parameters = {**PARAMETERS, "format": weights.format, "device": self._device}
        if (runtime, self._device) == (Runtime.ONNXRUNTIME, Device.CUDA):
            parameters["cuda"] = CUDA_OPTIONS
        self.spec = Spec(EngineName.OBJECTS, "1", packages, weights.files, parameters)
        self._models = Models(self.spec)
        self._batches = Batches(EngineName.OBJECTS, self._device, BATCH)

    def load(self) -> None:
        """Load the network."""
        self._models.get(self._load)

    def start(self, video: VideoInfo, counters: Counters) -> "ObjectsSession":
        """A fresh session."""
        return ObjectsSession(self.spec, video, counters, self._models.get(self._load), self._batches)

    def _load(self) -> Network:
        network = self._batches.once(lambda: load(self._weights, self._device, self._batches.size))
        self._batches.size = min(self._batches.size, network.batch)
        return network


class ObjectsSession:
    """Looks at the sampled frames, as many at a time as the device takes."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, network: Network, batches: Batches) -> None:
        self._spec, self._video, self._counters = spec, video, counters
        self._network, self._batches = network, batches
        self._linker = ObjectLinker()
        self._waiting: list[Frame] = []
        self._times: list[float] = []
        self._found: list[ObjectSample] = []

    def process(self, frame: Frame) -> None:
        """Take the next frame."""
        self._waiting.append(frame)
        if len(self._waiting) >= self._batches.size:
            self._look()

    def finish(self) -> EngineResult:
        """Everything found, with the times that were looked at."""
        self._look()
        self._network.release()
        objects = Objects(sampled_s=tuple(round(t, 3) for t in self._times), found=tuple(self._found))
        seen = coverage(self._times, self._video.duration_s)
        done = report(self._spec, seen=bool(self._found), coverage=seen)
        return EngineResult(engine=EngineName.OBJECTS, report=done, objects=objects)

    def _look(self) -> None:
        due, self._waiting = self._waiting, []
        seen = self._batches.run(self._detect, [frame.image for frame in due], self._network.release)
        for frame, detections in zip(due, seen, strict=True):
            self._times.append(frame.t_s)
            self._add(frame, detections)

    def _detect(self, images: Sequence[Image]) -> list[list[Detection]]:
        self._counters.call("objects.network", len(images))
        return self._network.detect(images)

    def _add(self, frame: Frame, detections: list[Detection]) -> None:
        tracks = self._linker.link(frame, detections)
        self._found += [
            ObjectSample(
                t_s=round(frame.t_s, 3), label=d.label, confidence=round(d.score, 3), box=to_box(d.box), track=track
            )
            for d, track in zip(detections, tracks, strict=True)
        ]  # fmt: skip
