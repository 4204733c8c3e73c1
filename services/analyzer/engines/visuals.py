"""Plain picture statistics of sampled frames: brightness, contrast, saturation, warmth, sharpness, motion."""

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Spec, report
from services.analyzer.frames import Frame
from services.analyzer.sampling import coverage
from shared.contracts.analysis import EngineName, VideoInfo, VisualSample

PARAMETERS = {"rate_hz": 2.0, "contrast_scale": 2.0, "sharpness_scale": 4.0, "motion_size": [90, 160]}
MOTION_SIZE = (90, 160)


class VisualsEngine:
    """Measures light, colour, sharpness and motion; no model, so it always sees something."""

    spec = Spec(EngineName.VISUALS, "1", parameters=PARAMETERS)
    feed = Feed.SAMPLES
    rate_hz = 2.0

    def load(self) -> None:
        """Nothing to load."""

    def start(self, video: VideoInfo, counters: Counters) -> "VisualsSession":
        """A fresh session."""
        return VisualsSession(self.spec, video, counters)


class VisualsSession:
    """Keeps the luma of the sample before for motion."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters) -> None:
        self._spec, self._video, self._counters = spec, video, counters
        self._before: NDArray[np.uint8] | None = None
        self._samples: list[VisualSample] = []
        self._times: list[float] = []

    def process(self, frame: Frame) -> None:
        """Measure one frame."""
        self._counters.call("visuals.frame")
        self._times.append(frame.t_s)
        luma = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        thumb = cv2.resize(luma, MOTION_SIZE, interpolation=cv2.INTER_AREA)
        motion = 0.0 if self._before is None else float(cv2.absdiff(thumb, self._before).mean()) / 255
        self._before = thumb
        self._samples.append(measure(frame, luma, motion))

    def finish(self) -> EngineResult:
        """One sample per frame looked at."""
        seen = coverage(self._times, self._video.duration_s)
        done = report(self._spec, seen=bool(self._samples), coverage=seen)
        return EngineResult(engine=EngineName.VISUALS, report=done, visuals=tuple(self._samples))


def measure(frame: Frame, luma: NDArray[np.uint8], motion: float) -> VisualSample:
    """Statistics of one BGR frame.

    brightness: mean luma. contrast: standard deviation of luma, doubled so that half black, half white is 1.
    saturation: mean HSV saturation. warmth: mean of red minus blue, 0.5 is neutral. sharpness: mean absolute Laplacian
    of luma times 4, cut at 1 (0 is flat, a crisp text page is above 0.3).
    """
    mean, deviation = (float(v[0, 0]) for v in cv2.meanStdDev(luma))
    blue, _, red, _ = (float(v) for v in cv2.mean(frame.image))
    saturation = float(cv2.mean(cv2.cvtColor(frame.image, cv2.COLOR_BGR2HSV))[1])
    edges = float(np.abs(cv2.Laplacian(luma, cv2.CV_16S)).mean())
    return VisualSample(
        t_s=round(frame.t_s, 3), brightness=_share(mean / 255), contrast=_share(deviation / 255 * 2),
        saturation=_share(saturation / 255), warmth=_share(0.5 + (red - blue) / 510), sharpness=_share(edges / 255 * 4),
        motion=_share(motion),
    )  # fmt: skip


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
