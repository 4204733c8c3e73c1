"""The people engine: full-range face detection, a mesh on each face crop, one pose, and hands where a pose was found.

FaceMesh on a whole vertical frame finds 37 % of the faces, on a crop around a full-range detection 83 %. Hands are looked
for only where the body shows a wrist, so a close-up of hands alone is not seen.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, package_folder, report
from services.analyzer.engines.people.faces import face_sample
from services.analyzer.engines.people.hands import hand_samples
from services.analyzer.engines.people.models import POSE_CONFIDENCE, WEIGHTS, PeopleModels
from services.analyzer.engines.people.pose import pose_sample, wrist_in_view
from services.analyzer.engines.people.tracks import Tracker
from services.analyzer.frames import Frame
from services.analyzer.sampling import coverage
from shared.contracts.analysis import EngineName, VideoInfo
from shared.contracts.people import FaceSample, HandSample, People, PoseSample

PARAMETERS = {
    "rate_hz": 3.0,
    "crop": 1.8,
    "max_faces": 4,
    "max_hands": 2,
    "view_change": 25.0,
    "min_visibility": 0.5,
    "wrist": 0.3,
    "pose": POSE_CONFIDENCE,
}
RATE_HZ, MAX_FACES, VIEW_CHANGE, THUMB = 3.0, 4, 25.0, (18, 32)


class PeopleEngine:
    """Watches people."""

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self) -> None:
        modules = package_folder("mediapipe") / "modules"
        self.spec = Spec(EngineName.PEOPLE, "1", ("mediapipe",), tuple(modules / name for name in WEIGHTS), PARAMETERS)
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load the MediaPipe graphs (2 s with the import)."""
        self._models.get(PeopleModels)

    def start(self, video: VideoInfo, counters: Counters) -> "PeopleSession":
        """A fresh session; the pose tracker forgets the video before."""
        models: PeopleModels = self._models.get(PeopleModels)
        models.forget_pose()
        return PeopleSession(self.spec, video, counters, models)


class PeopleSession:
    """Looks at one sampled frame after the other."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, models: PeopleModels) -> None:
        self._spec, self._video, self._counters, self._models = spec, video, counters, models
        self._tracker = Tracker()
        self._thumb: NDArray[np.int16] | None = None
        self._times: list[float] = []
        self._faces: list[FaceSample] = []
        self._poses: list[PoseSample] = []
        self._hands: list[HandSample] = []

    def process(self, frame: Frame) -> None:
        """Find faces, one body and its hands."""
        t_s = round(frame.t_s, 3)
        self._times.append(frame.t_s)
        rgb = cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB)
        if self._view_changed(frame):
            self._tracker.cut()
            self._models.forget_pose()
        self._add_faces(rgb, t_s)
        self._counters.call("people.pose")
        body = self._models.pose(rgb)
        if pose := pose_sample(body, t_s):
            self._poses.append(pose)
        if pose and wrist_in_view(body):
            self._counters.call("people.hands")
            self._hands += hand_samples(self._models.hands(rgb), t_s, rgb.shape[1] / rgb.shape[0])

    def finish(self) -> EngineResult:
        """Everything found, with the times that were looked at."""
        people = People(
            sampled_s=tuple(round(t, 3) for t in self._times), faces=tuple(self._faces), poses=tuple(self._poses),
            hands=tuple(self._hands),
        )  # fmt: skip
        seen = bool(self._faces or self._poses or self._hands)
        done = report(self._spec, seen=seen, coverage=coverage(self._times, self._video.duration_s))
        return EngineResult(engine=EngineName.PEOPLE, report=done, people=people)

    def _add_faces(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        self._counters.call("people.faces")
        found = self._models.faces(rgb)[:MAX_FACES]
        tracks = self._tracker.link([box for box, _ in found], t_s)
        for (box, confidence), track in zip(found, tracks, strict=True):
            self._counters.call("people.mesh")
            mesh = self._models.mesh(rgb, box)
            self._faces.append(face_sample(t_s, box, confidence, track, mesh))

    def _view_changed(self, frame: Frame) -> bool:
        """A cut or a very fast pan since the sample before: trackers must not carry anything over it."""
        thumb = cv2.resize(frame.image, THUMB, interpolation=cv2.INTER_AREA).astype(np.int16)
        before, self._thumb = self._thumb, thumb
        return before is not None and float(np.abs(thumb - before).mean()) > VIEW_CHANGE
