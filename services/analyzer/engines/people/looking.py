"""One look at one picture: faces with their meshes, the body of the main face, and its hands.

What is known is followed, which costs a third of looking for it: a face from where it was, a body from where its landmarks
were. Everything is searched in a new view, when a face is lost, and about every second.
"""

from dataclasses import dataclass

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect, overlap
from services.analyzer.engines.people.body import Body
from services.analyzer.engines.people.finder import Face, by_size, unknown
from services.analyzer.engines.people.likeness import Likeness, likeness
from services.analyzer.engines.people.models import Mesh, PeopleModels
from services.analyzer.engines.people.networks import Points, Region, Rgb, Square
from services.analyzer.engines.people.palms import HandSeen
from services.analyzer.engines.people.pose import ARMS, BODY, belongs, pose_sample, region, wrist_in_view
from services.analyzer.engines.people.tracks import moved

MAX_MESHES, MAX_AGAIN = 4, 4
"""Meshes are made of the largest faces only, and only they are looked for again; of all others the box is known."""
STAYS_MAIN, SAME_PERSON = 0.7, 0.2
"""The main face stays main until another is 1 / 0.7 times as large; it is the same face where boxes overlap this much."""
SEARCH_EVERY, BODY_EVERY = 3, 3
"""While the view stays, faces are searched everywhere and a body without a face is looked for at every third look (a second):
what comes into view as a small face is seen up to two samples late, a large one at once. Of the samples of a second face that
comes into view 0.99 show it when every look is a search, 0.94 at every second, 0.90 at every third, 0.66 at every sixth."""


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
    hands: tuple[HandSeen, ...]


class Looker:
    """Calls the models; remembers where faces and the body were in this view, and when it last searched for them.

    `ungated` searches at every look.
    """

    def __init__(self, models: PeopleModels, counters: Counters, *, ungated: bool = False) -> None:
        self._models, self._counters = models, counters
        self._search_every, self._body_every = (1, 1) if ungated else (SEARCH_EVERY, BODY_EVERY)
        self._main: Rect | None = None
        self._faces_before: list[Rect] = []
        self._square: Square | None = None
        self._since_search = self._since_body = 0
        self.cut()

    def cut(self) -> None:
        """The view changed: the body that was followed is gone, and so are the faces."""
        self._square, self._faces_before = None, []
        self._since_search, self._since_body = self._search_every, self._body_every

    def move(self, shift: tuple[float, float], size: tuple[int, int]) -> None:
        """The camera moved by this much, in frame widths and heights; `size` is the frame's in pixels."""
        self._main = self._main and moved(self._main, shift)
        self._faces_before = [moved(box, shift) for box in self._faces_before]
        self._square = self._square and self._square.moved(shift, size)

    def look(self, rgb: Rgb) -> Seen:
        """Faces on the whole picture, one body around the main face, hands where that body shows a wrist."""
        height, width = rgb.shape[:2]
        faces = self._faces(rgb)
        main = self._choose([face.box for face in faces])
        box = None if main is None else faces[main].box
        body = self._body(rgb, box)
        hands: tuple[HandSeen, ...] = ()
        if body is not None and wrist_in_view(body):
            hands = self._models.hands(rgb, _around(box, ARMS, width, height), self._counters)
        return Seen(faces, main, body, hands)

    def _faces(self, rgb: Rgb) -> tuple[FaceSeen, ...]:
        found = self._boxes(rgb)
        self._faces_before = [box for box, _ in found]
        detailed = [self._detailed(rgb, box, confidence) for box, confidence in found[:MAX_MESHES]]
        return (*detailed, *(FaceSeen(box, confidence) for box, confidence in found[MAX_MESHES:]))

    def _boxes(self, rgb: Rgb) -> list[Face]:
        """Faces, largest first: at a glance and where they were; searched when that is due, or one of them is missing."""
        self._since_search += 1
        if self._since_search < self._search_every:
            found = self._models.faces.glance(rgb, self._counters)
            found, lost = self._followed(rgb, found)
            if not lost:
                return by_size(found)
        self._since_search = 0
        found = self._models.faces.search(rgb, self._counters)
        return by_size(self._followed(rgb, found)[0])

    def _followed(self, rgb: Rgb, found: list[Face]) -> tuple[list[Face], bool]:
        """With the faces of the look before where they still are (small ones are found in every other picture), and whether one
        is missing."""
        found, lost = list(found), False
        for before in self._faces_before[:MAX_AGAIN]:
            if any(overlap(before, box) > 0 for box, _ in found):
                continue
            face = self._models.faces.again(rgb, before, self._counters)
            if face is None:
                lost = True
            else:
                found += unknown([face], found)
        return found, lost

    def _detailed(self, rgb: Rgb, box: Rect, confidence: float) -> FaceSeen:
        mesh = self._models.mesh(rgb, box, self._counters)
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
        size = rgb.shape[1], rgb.shape[0]
        if self._square and face and self._main:
            (x, y), (a, b) = face.centre, self._main.centre
            self._square = self._square.moved((x - a, y - b), size)
        self._main = face
        body = self._square and self._models.body_in(rgb, self._square, self._counters)
        if not _fits(body, face) and self._body_is_due(face):
            body = self._models.find_body(rgb, _around(face, BODY, *size), self._counters)
        if not _fits(body, face):
            body = None
        self._square = body and body.square
        return body.points if body and pose_sample(body.points, 0.0) else None

    def _body_is_due(self, face: Rect | None) -> bool:
        """Around a face at once; anywhere at every BODY_EVERYth look."""
        self._since_body = self._since_body + 1
        due = face is not None or self._since_body >= self._body_every
        if due:
            self._since_body = 0
        return due


def _fits(body: Body | None, face: Rect | None) -> bool:
    return body is not None and (face is None or belongs(body.points, face))


def _around(face: Rect | None, size: tuple[float, float], width: int, height: int) -> Region:
    return (0, 0, width, height) if face is None else region(face, width, height, size)
