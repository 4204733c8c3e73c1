"""The people engine: full-range faces, a mesh on each face crop, the body of the main face, hands where it shows a wrist.

FaceMesh on a whole vertical frame finds 37 % of the faces, on a crop around a full-range detection 83 %. Hands are looked
for only where the body shows a wrist, so a close-up of hands alone is not seen.
"""

from dataclasses import replace

import cv2

from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, report
from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.people.faces import face_sample
from services.analyzer.engines.people.framing import framing
from services.analyzer.engines.people.hands import Hand, hand, hand_samples
from services.analyzer.engines.people.landmarker import require
from services.analyzer.engines.people.looking import Looker, Seen
from services.analyzer.engines.people.models import WEIGHTS, PeopleModels, modules
from services.analyzer.engines.people.parameters import PARAMETERS, RATE_HZ
from services.analyzer.engines.people.persons import Persons
from services.analyzer.engines.people.pose import pose_sample
from services.analyzer.engines.people.tracks import MAX_AGE_S, Tracker
from services.analyzer.engines.people.view import View, Watch
from services.analyzer.frames import Frame
from services.analyzer.sampling import coverage
from services.analyzer.settings import EngineSettings
from shared.artifacts import file_sha256
from shared.contracts.analysis import EngineName, VideoInfo
from shared.contracts.people import FaceSample, Framing, People, PoseSample


class PeopleEngine:
    """Watches people.

    `ungated` searches the whole picture in every sample, also where nothing changed: for comparison.
    """

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self, *, ungated: bool = False, settings: EngineSettings | None = None) -> None:
        """Finds the weights; loads nothing. Raises Unavailable where a face landmarker is named and there is none."""
        bundle = (settings or EngineSettings()).face_landmarker
        sha256 = file_sha256(require(bundle)) if bundle else None
        weights = tuple(modules() / name for name in WEIGHTS)
        parameters = {**PARAMETERS, "ungated": ungated, "face_landmarker": sha256}
        self.spec = Spec(EngineName.PEOPLE, "5", ("mediapipe", "openvino"), weights, parameters)
        self._bundle, self._ungated = bundle, ungated
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load the MediaPipe graphs (2 s with the import)."""
        self._models.get(self._load)

    def start(self, video: VideoInfo, counters: Counters) -> "PeopleSession":
        """A fresh session."""
        looker = Looker(self._models.get(self._load), counters, ungated=self._ungated)
        return PeopleSession(self.spec, video, counters, looker, ungated=self._ungated)

    def _load(self) -> PeopleModels:
        return PeopleModels(self._bundle)


class PeopleSession:
    """Looks at one sampled frame after the other."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, looker: Looker, *, ungated: bool = False) -> None:
        self._spec, self._video, self._counters, self._ungated = spec, video, counters, ungated
        self._looker, self._watch = looker, Watch()
        self._faces_on, self._hands_on, self._persons = Tracker(), Tracker(), Persons()
        self._seen: Seen | None = None
        self._body: tuple[float, Rect, int] | None = None
        self._times: list[float] = []
        self._faces: list[FaceSample] = []
        self._poses: list[tuple[PoseSample, int]] = []
        self._hands: list[Hand] = []
        self._framing: list[Framing] = []

    def process(self, frame: Frame) -> None:
        """Look at one frame; a picture that did not change shows what it showed before, and no model is asked."""
        self._times.append(frame.t_s)
        change = self._watch.compare(frame.image)
        if change.view is View.NEW:
            self._cut()
        height, width = frame.image.shape[:2]
        self._looker.move(change.shift, (width, height))
        for tracker in (self._faces_on, self._hands_on):
            tracker.move(change.shift)
        if change.view is View.SAME and self._seen and not self._ungated:
            self._counters.call("people.unchanged")
        else:
            self._seen = self._looker.look(cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))
        self._record(self._seen, round(frame.t_s, 3), width / height)

    def finish(self) -> EngineResult:
        """Everything found, with the times that were looked at; tracks carry the numbers of people."""
        sampled_s = tuple(round(t, 3) for t in self._times)
        number = self._persons.numbers()
        people = People(
            sampled_s=sampled_s,
            faces=tuple(face.model_copy(update={"track": number[face.track]}) for face in self._faces),
            poses=tuple(body.model_copy(update={"track": number[track]}) for body, track in self._poses),
            hands=hand_samples(self._hands), framing=tuple(self._framing),
            tracks=self._persons.tracks(number, sampled_s, self._video.duration_s),
        )  # fmt: skip
        seen = bool(people.faces or people.poses or people.hands)
        done = report(self._spec, seen=seen, coverage=coverage(self._times, self._video.duration_s))
        return EngineResult(engine=EngineName.PEOPLE, report=done, people=people)

    def _cut(self) -> None:
        """Nothing is carried over a cut but what people look like."""
        self._looker.cut()
        self._faces_on.cut()
        self._hands_on.cut()
        self._persons.cut()
        self._body = None

    def _record(self, seen: Seen, t_s: float, aspect: float) -> None:
        self._persons.sample()
        tracks = self._faces_on.link([face.box for face in seen.faces], t_s)
        samples = []
        for face, track in zip(seen.faces, tracks, strict=True):
            samples.append(face_sample(t_s, face.box, face.confidence, track, face.mesh))
            self._persons.add_face(track, t_s, face.box, face.likeness)
        if body := pose_sample(seen.body, t_s):
            box = Rect(body.box.x, body.box.y, body.box.width, body.box.height)
            owner = self._owner(t_s, box) if seen.main is None else tracks[seen.main]
            self._body = (t_s, box, owner)
            self._persons.add_body(owner, t_s, box)
            self._poses.append((body, owner))
        found = [hand(t_s, one, aspect) for one in seen.hands]
        numbers = self._hands_on.link([one.box for one in found], t_s)
        self._hands += [replace(one, track=track) for one, track in zip(found, numbers, strict=True)]
        self._faces += samples
        if size := framing(t_s, samples, seen.body):
            self._framing.append(size)

    def _owner(self, t_s: float, box: Rect) -> int:
        """The track of a body without a face: that of the body before it in the shot, if they overlap."""
        if self._body and t_s - self._body[0] <= MAX_AGE_S and overlap(self._body[1], box) > 0:
            return self._body[2]
        return self._faces_on.fresh()
