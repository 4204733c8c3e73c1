"""One look at one picture: faces with their meshes, the body of the main face, and its hands."""

from dataclasses import dataclass

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.people.likeness import Likeness, likeness
from services.analyzer.engines.people.models import Mesh, PeopleModels, Points, Region, Rgb, by_size, same_face, squares
from services.analyzer.engines.people.pose import ARMS, BODY, belongs, pose_sample, region, wrist_in_view
from services.analyzer.engines.people.tracks import moved

MAX_MESHES, MAX_AGAIN = 4, 4
"""Meshes are made of the largest faces only, and only they are looked for again; of all others the box is known."""
STAYS_MAIN, SAME_PERSON = 0.7, 0.2
"""The main face stays main until another is 1 / 0.7 times as large; it is the same face where boxes overlap this much."""


@dataclass(frozen=True)
class FaceSeen:
    """One face: where, how sure, its landmarks, and what it looks like."""

    box: Rect
    confidence: float
    mesh: Mesh | None = None
    likeness: Likeness | None = None


@dataclass(frozen=True)
class Seen:
    """Everything one look found; `main` is the place of the face whose body was searched, None where the whole frame was."""

    faces: tuple[FaceSeen, ...]
    main: int | None
    body: Points | None
    hands: tuple[tuple[Points, str, float], ...]


class Looker:
    """Calls the models; remembers only which face the body belongs to, as the pose model tracks that body."""

    def __init__(self, models: PeopleModels, counters: Counters) -> None:
        self._models, self._counters = models, counters
        self._main: Rect | None = None
        self._faces_before: list[Rect] = []
        self._lost = True

    def cut(self) -> None:
        """The view changed: the body that was tracked is gone, and so are the faces."""
        self._lost, self._faces_before = True, []

    def move(self, shift: tuple[float, float]) -> None:
        """The camera moved by this much, in frame widths and heights."""
        self._main = self._main and moved(self._main, shift)
        self._faces_before = [moved(box, shift) for box in self._faces_before]

    def look(self, rgb: Rgb) -> Seen:
        """Faces on the whole picture, one body around the main face, hands where that body shows a wrist."""
        height, width = rgb.shape[:2]
        faces = self._faces(rgb)
        main = self._choose([face.box for face in faces])
        box = None if main is None else faces[main].box
        body = self._body(rgb, box)
        hands: tuple[tuple[Points, str, float], ...] = ()
        if body is not None and wrist_in_view(body):
            self._counters.call("people.hands")
            hands = tuple(self._models.hands(rgb, _around(box, ARMS, width, height)))
        return Seen(faces, main, body, hands)

    def _faces(self, rgb: Rgb) -> tuple[FaceSeen, ...]:
        self._counters.call("people.faces", 1 + 2 * len(squares(*rgb.shape[1::-1])))
        found = self._models.faces(rgb)
        found = by_size(found + self._again(rgb, [box for box, _ in found]))
        self._faces_before = [box for box, _ in found]
        detailed = [self._detailed(rgb, box, confidence) for box, confidence in found[:MAX_MESHES]]
        return (*detailed, *(FaceSeen(box, confidence) for box, confidence in found[MAX_MESHES:]))

    def _again(self, rgb: Rgb, found: list[Rect]) -> list[tuple[Rect, float]]:
        """Faces of the sample before that are missing now, where they still are: small ones are found in every other sample."""
        more: list[tuple[Rect, float]] = []
        for before in self._faces_before[:MAX_AGAIN]:
            if any(overlap(before, box) > 0 for box in found):
                continue
            self._counters.call("people.faces")
            face = self._models.face_at(rgb, before)
            if face and not any(same_face(face[0], box) for box, _ in more):
                more.append(face)
        return more

    def _detailed(self, rgb: Rgb, box: Rect, confidence: float) -> FaceSeen:
        self._counters.call("people.mesh")
        mesh = self._models.mesh(rgb, box)
        return FaceSeen(box, confidence, mesh, None if mesh is None else likeness(rgb, mesh.points))

    def _choose(self, boxes: list[Rect]) -> int | None:
        """The largest face; the one before as long as it is nearly as large, so that the body is not lost at every step."""
        if not boxes:
            return None
        largest = boxes[0].width * boxes[0].height
        for k, box in enumerate(boxes):
            if self._main and overlap(box, self._main) >= SAME_PERSON and box.width * box.height >= STAYS_MAIN * largest:
                return k
        return 0

    def _body(self, rgb: Rgb, face: Rect | None) -> Points | None:
        """The body of the face, or any body where there is no face; None where it is not found or not the face's."""
        before, self._main = self._main, face
        same = overlap(before, face) >= SAME_PERSON if before and face else before is face
        if self._lost or not same:
            self._counters.call("people.pose_reset")
            self._models.forget_pose()
        self._counters.call("people.pose")
        body = self._models.pose(rgb, _around(face, BODY, rgb.shape[1], rgb.shape[0]))
        self._lost = body is not None and face is not None and not belongs(body, face)
        return None if self._lost or pose_sample(body, 0.0) is None else body


def _around(face: Rect | None, size: tuple[float, float], width: int, height: int) -> Region:
    return (0, 0, width, height) if face is None else region(face, width, height, size)
