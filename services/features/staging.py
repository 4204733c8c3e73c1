"""Faces, bodies and hands over time, held from one looked-at frame to the next."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from itertools import compress, pairwise, starmap
from operator import attrgetter, eq, ne
from typing import Any, get_args

from services.features.absent import NotDefined
from services.features.curve import Curve
from services.features.grid import SAME_FRAME_S, Grid, beside
from services.features.intervals import Span, Spans, merge
from services.features.windows import Windows
from shared.contracts.people import Expression, FaceSample, People, PersonTrack

BRIDGE_S = 0.75
"""A face or a hand that is missed for at most this long has not left."""
CLOSE_HEIGHT, MEDIUM_HEIGHT = 0.25, 0.12
"""Face height as a fraction of the frame from which a shot is close, or medium."""

LOOKING_DEG = 10.0
"""Gaze at most this far from the camera looks into it. Viewers take about 3 degrees to either side as a look at them
(Horstmann and Linke 2021: a cone of 5.2 degrees); the rest allows for the error of a gaze that is read off landmarks."""
SIZES = ("full", "medium", "close_up")
EXPRESSIONS: tuple[str, ...] = get_args(Expression)
EXPRESSIVE = ("smile", "surprise", "frown")
"""What a viewer reads as a feeling; mouth and eyes also open and close in speech and blinks."""
_AT = attrgetter("t_s")
_RECTANGLE = attrgetter("x", "y", "width", "height")
_FIELDS = (
    "track", "confidence", "yaw_deg", "pitch_deg", "roll_deg", "gaze_deg", "mouth_open", "eyes_open", "smile_proxy",
    "brow_raise_proxy", "expression", "expression_score",
)  # fmt: skip
_FACE: Callable[[FaceSample], tuple[Any, ...]] = attrgetter(*_FIELDS)
_FRAMING = attrgetter("t_s", "size")
_RAISED = attrgetter("t_s", "hands_raised")
_CODES: dict[str | None, float] = {name: float(code) for names in (SIZES, EXPRESSIONS) for code, name in enumerate(names)}


Rectangle = tuple[float, float, float, float]


class Staging:
    """The people block as curves; the main face of a frame is its largest one.

    Most is read in one go: a sample is hundreds of bytes in many places, gone from the processor's caches the next time.
    """

    def __init__(self, people: People, windows: Windows) -> None:
        self._people = people
        self._windows = windows
        self._faces: dict[float, list[FaceSample]] = defaultdict(list)
        for face in people.faces:
            self._faces[face.t_s].append(face)
        self._raised = list(map(_RAISED, people.poses))
        self._poses = Counter([t_s for t_s, _ in self._raised])
        self._hands = Counter(map(_AT, people.hands))
        self._framed = None if people.framing is None else dict(map(_FRAMING, people.framing))
        self._times = sorted(dict.fromkeys((*people.sampled_s, *self._faces, *self._poses, *self._hands)))
        self._grid = Grid.of(self._times, windows.duration_s)
        self._main = {t_s: faces[0] if len(faces) == 1 else max(faces, key=_prominence) for t_s, faces in self._faces.items()}
        self._facing, mains = self._grid.part(map(self._main.get, self._times))
        self._rectangles: list[Rectangle] = [_RECTANGLE(face.box) for face in mains]
        columns = tuple(zip(*map(_FACE, mains), strict=True)) or ((),) * len(_FIELDS)
        self._seen: dict[str, tuple[Any, ...]] = dict(zip(_FIELDS, columns, strict=True))

    def _count(self, seen: Mapping[float, int], name: str) -> Curve:
        return Curve.over(self._grid, [float(seen.get(t_s, 0)) for t_s in self._times], name)

    def _where(self, seen: Container[float]) -> Spans:
        return self._grid.where(map(seen.__contains__, self._times))

    def rectangle(self, read: Callable[[float, float, float, float], float], name: str = "face") -> Curve:
        """A property of the main face's x, y, width and height, measured only where there is a face."""
        return Curve.over(self._facing, starmap(read, self._rectangles), name)

    def main_faces(self, during: Span) -> list[tuple[Span, Rectangle]]:
        """When within an interval the main face of each looked-at frame holds, and its x, y, width and height."""
        grid, (start_s, end_s) = self._facing, during
        some = slice(bisect_right(grid.ends, start_s), bisect_left(grid.starts, end_s))
        return [
            ((start if start > start_s else start_s, end if end < end_s else end_s), face)  # noqa: FURB136 - no call for each
            for start, end, face in zip(grid.starts[some], grid.ends[some], self._rectangles[some], strict=True)
        ]

    def measure(self, field: str, name: str) -> Curve:
        """A field of the main face, measured only where there is a face."""
        return Curve.over(self._facing, self._seen[field], name)

    def face(self, read: Callable[..., float | None], fields: tuple[str, ...], name: str) -> Curve:
        """What `read` makes of some fields of the main face, measured only where there is a face."""
        return Curve.over(self._facing, map(read, *map(self._seen.__getitem__, fields)), name)

    @cached_property
    def face_count(self) -> Curve:
        """Number of faces."""
        return self._count({t_s: len(faces) for t_s, faces in self._faces.items()}, "face")

    @cached_property
    def hand_count(self) -> Curve:
        """Number of hands."""
        return self._count(self._hands, "hand")

    @cached_property
    def face_spans(self) -> Spans:
        """When a face is in the picture."""
        return self._where(self._faces)

    @cached_property
    def hand_spans(self) -> Spans:
        """When a hand is in the picture."""
        return self._where(self._hands)

    @cached_property
    def body_spans(self) -> Spans:
        """When a body is in the picture."""
        return self._where(self._poses)

    def faced_after(self, cuts: Sequence[float]) -> list[bool]:
        """Whether the first look after each cut shows a face, for the cuts to a shot that was looked at."""
        return [self._times[after] in self._faces for _, after in beside(self._times, cuts) if after is not None]

    @cached_property
    def face_visits(self) -> Spans:
        """Stretches with a face, short misses bridged."""
        return merge(self.face_spans, bridge_s=BRIDGE_S)

    @cached_property
    def gesture_spans(self) -> Spans:
        """Stretches in which a hand makes a gesture that is known, short misses bridged."""
        return merge((span for kind in self.gestures for span in self.gestures[kind]), bridge_s=BRIDGE_S)

    @cached_property
    def gestures(self) -> dict[str, Spans]:
        """When each gesture is seen."""
        seen: dict[str, set[float]] = defaultdict(set)
        for hand in self._people.hands:
            if hand.gesture is not None:
                seen[hand.gesture].add(hand.t_s)
        return {kind: self._where(seen[kind]) for kind in sorted(seen)}

    @cached_property
    def raised_hands(self) -> Curve:
        """1 where some body raises its hands, 0 where none does; measured only where that could be told."""
        raised: dict[float, float] = {}
        for t_s, hands_raised in self._raised:
            if hands_raised is not None:
                raised[t_s] = 1.0 if hands_raised else raised.get(t_s, 0.0)
        return Curve.over(self._grid, map(raised.get, self._times), "raising of hands")

    @cached_property
    def area(self) -> Curve:
        """Area of the main face as a fraction of the frame."""
        return self.rectangle(lambda _x, _y, width, height: width * height)

    @cached_property
    def height(self) -> Curve:
        """Height of the main face as a fraction of the frame's height."""
        return self.rectangle(lambda _x, _y, _width, height: height)

    @cached_property
    def centre_x(self) -> Curve:
        """Horizontal centre of the main face, 0 left to 1 right."""
        return self.rectangle(lambda x, _y, width, _height: _within(x + width / 2))

    @cached_property
    def centre_y(self) -> Curve:
        """Vertical centre of the main face, 0 top to 1 bottom."""
        return self.rectangle(lambda _x, y, _width, height: _within(y + height / 2))

    def sway(self, place: Curve, cuts: Sequence[float]) -> float:
        """Standard deviation of the main face's `place` from its mean within the same shot and person."""
        grid, people = self._facing, self._seen["track"]
        opens = [bisect_left(grid.starts, cut_s - SAME_FRAME_S) for cut_s in cuts]
        others = compress(range(1, len(people)), map(ne, people, people[1:]))
        edges = sorted({0, *others, *opens, len(people)})
        runs = [(first, end, (bisect_right(opens, first), people[first])) for first, end in pairwise(edges)]
        return place.spread_within(runs)

    @cached_property
    def shot_size_changes(self) -> int:
        """Changes between close, medium, wide and no face; a size held for less than BRIDGE_S is skipped."""
        faces = map(self._main.get, self._times)
        sizes = [0.0 if face is None else _size(face.box.height) for face in faces]
        return len(Curve.over(self._grid, sizes, "shot size").switches(BRIDGE_S))

    @cached_property
    def _sizes(self) -> list[float | None]:
        """The size of the largest person in SIZES, by its place there, at each look; None where no person is in the picture."""
        if self._framed is None:
            raise NotDefined("how much of a person the picture shows was not determined")
        return [_CODES.get(size) for size in map(self._framed.get, self._times)]

    @cached_property
    def framing(self) -> Curve:
        """The size of the largest person in SIZES, by its place there, where a person is in the picture.

        Raises NotDefined where sizes were not determined.
        """
        return Curve.over(self._grid, self._sizes, "framing")

    def reframed(self, cuts: Sequence[float]) -> list[bool]:
        """Whether that size is another in the first look after each cut than in the last one before, where both have one.

        Raises NotDefined as `framing` does.
        """
        sizes, sides = self._sizes, beside(self._times, cuts)
        pairs = [(sizes[before], sizes[after]) for before, after in sides if before is not None and after is not None]
        return [before != after for before, after in pairs if before is not None and after is not None]

    @cached_property
    def followed(self) -> tuple[PersonTrack, ...]:
        """The people that were followed, by their first appearance. Raises NotDefined where nobody tried."""
        if self._people.tracks is None:
            raise NotDefined("people were not followed over time")
        return tuple(sorted(self._people.tracks, key=lambda track: (track.start_s, track.track)))

    @cached_property
    def smile(self) -> Curve:
        """Smile measure of the main face."""
        return self.measure("smile_proxy", "smile")

    @cached_property
    def mouth(self) -> Curve:
        """Opening of the main face's mouth."""
        return self.measure("mouth_open", "mouth")

    @cached_property
    def brows(self) -> Curve:
        """How far the main face's brows are raised."""
        return self.measure("brow_raise_proxy", "brow")

    @cached_property
    def expression(self) -> Curve:
        """The main face's expression by its place in EXPRESSIONS, where one was read."""
        return self.face(_CODES.get, ("expression",), "expression")

    @cached_property
    def expressive(self) -> Curve:
        """1 where the main face smiles, is surprised or frowns, 0 where it does not, where an expression was read."""
        return self.face(lambda shown: None if shown is None else float(shown in EXPRESSIVE), ("expression",), "expression")

    @cached_property
    def expressive_spans(self) -> Spans:
        """When the main face smiles, is surprised or frowns. Raises NotDefined where there are faces and none was read."""
        if self._faces and not self.expression:
            raise NotDefined("no expression of a face was read")
        return self.expressive.where(ne, 0)

    @cached_property
    def expressive_visits(self) -> Spans:
        """The same stretches, short misses bridged. Raises NotDefined as `expressive_spans` does."""
        return merge(self.expressive_spans, bridge_s=BRIDGE_S)

    @cached_property
    def strength(self) -> Curve:
        """How far a smile, surprise or frown of the main face is beyond its threshold, 0 to 1."""
        fields = ("expression", "expression_score")
        return self.face(lambda shown, score: score if shown in EXPRESSIVE else None, fields, "strength of an expression")

    def showing(self, *expressions: str) -> Spans:
        """When the main face shows one of these expressions. Raises NotDefined where none was read."""
        if not self.expression:
            raise NotDefined("no expression of a face was read")
        return merge(span for one in expressions for span in self.expression.where(eq, EXPRESSIONS.index(one)))

    @cached_property
    def looking(self) -> Curve:
        """1 where the main face looks into the camera, 0 where it looks elsewhere, where its gaze was measured."""
        return self.face(lambda degrees: None if degrees is None else float(degrees <= LOOKING_DEG), ("gaze_deg",), "gaze")

    @cached_property
    def looks(self) -> Spans:
        """Stretches in which the main face looks into the camera, short misses bridged. Raises NotDefined without a gaze."""
        if not self.looking:
            raise NotDefined("no gaze was measured")
        return merge(self.looking.where(ne, 0), bridge_s=BRIDGE_S)

    def seen(self, spans: Spans, what: str) -> Spans:
        """The spans themselves. Raises NotDefined where there are none."""
        if not spans:
            raise NotDefined(f"no {what} is seen")
        return spans


def _within(place: float) -> float:
    return place if place < 1.0 else 1.0  # noqa: FURB136 - called for every face


def _prominence(face: FaceSample) -> tuple[float, int]:
    """The larger face, the first one that was seen of equals."""
    return face.box.width * face.box.height, -face.track


def _size(height: float) -> float:
    return 3.0 if height >= CLOSE_HEIGHT else 2.0 if height >= MEDIUM_HEIGHT else 1.0
