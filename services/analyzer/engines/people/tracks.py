"""Gives the same face the same number from sample to sample, never across a cut."""

from dataclasses import dataclass

from services.analyzer.engines.boxes import Rect, overlap

MAX_AGE_S, MIN_OVERLAP, MAX_SHIFT = 1.0, 0.2, 0.75


@dataclass
class _Track:
    number: int
    box: Rect
    t_s: float


class Tracker:
    """Greedy linking by overlap, then by distance of the centres relative to the box's size."""

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._next = 0

    def cut(self) -> None:
        """Forget everything: the view changed."""
        self._tracks = []

    def move(self, shift: tuple[float, float]) -> None:
        """The camera moved: everything is now this far (in frame widths and heights) from where it was."""
        for track in self._tracks:
            track.box = moved(track.box, shift)

    def link(self, boxes: list[Rect], t_s: float) -> list[int]:
        """A track number per box, in the order given; the order decides nothing but the numbers of new tracks."""
        alive = [track for track in self._tracks if t_s - track.t_s <= MAX_AGE_S]
        pairs = sorted((-_closeness(track.box, box), box, i, track.number) for i, box in enumerate(boxes) for track in alive)
        numbers: dict[int, int] = {}
        for closeness, _, i, number in pairs:
            if closeness < 0 and i not in numbers and number not in numbers.values():
                numbers[i] = number
        for i in range(len(boxes)):
            if i not in numbers:
                numbers[i] = self.fresh()
        seen = {numbers[i]: _Track(numbers[i], box, t_s) for i, box in enumerate(boxes)}
        self._tracks = [track for track in alive if track.number not in seen] + list(seen.values())
        return [numbers[i] for i in range(len(boxes))]

    def fresh(self) -> int:
        """A number that nobody has."""
        self._next += 1
        return self._next - 1


def moved(box: Rect, shift: tuple[float, float]) -> Rect:
    """The box shifted by frame widths and heights."""
    return box._replace(x=box.x + shift[0], y=box.y + shift[1])


def _closeness(a: Rect, b: Rect) -> float:
    """Over 1 when they overlap enough, 0..1 when only their centres are near, 0 when they are strangers."""
    shared = overlap(a, b)
    if shared >= MIN_OVERLAP:
        return 1 + shared
    (ax, ay), (bx, by) = a.centre, b.centre
    shift = max(abs(ax - bx) / max(a.width, b.width), abs(ay - by) / max(a.height, b.height))
    similar = 0.5 < (a.height / b.height) < 2
    return max(0.0, 1 - shift / MAX_SHIFT) if similar else 0.0
