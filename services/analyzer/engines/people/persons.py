"""People out of tracks: a face that is known again after a cut goes on as the same person, so that people are counted."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.people.likeness import Likeness, distance
from services.analyzer.sampling import stretch
from shared.contracts.people import PersonTrack

SAME_FACE, LOOKS = 0.2, 12
"""Two tracks whose nearest two of at most this many looks are this close show one person. Among 1464 pairs of one-second tracks
of nine different people the nearest are 0.22 apart; of pairs of one person 0.36 (a speaker who turns his head) to 1.0 are
nearer. So people are rarely taken for one another, and some are counted twice."""


@dataclass
class _Track:
    number: int
    shot: int
    times: list[float] = field(default_factory=list)
    faces: list[Rect] = field(default_factory=list)
    bodies: list[Rect] = field(default_factory=list)
    looks: list[Likeness] = field(default_factory=list)


class Persons:
    """Collects what each track showed, and says at the end which tracks are one person."""

    def __init__(self) -> None:
        self._tracks: dict[int, _Track] = {}
        self._shots = [0]

    def cut(self) -> None:
        """A new shot begins."""
        self._shots.append(0)

    def sample(self) -> None:
        """One more sample of the shot was looked at."""
        self._shots[-1] += 1

    def add_face(self, track: int, t_s: float, box: Rect, look: Likeness | None) -> None:
        """A face of a track."""
        one = self._seen(track, t_s)
        one.faces.append(box)
        if look is not None:
            one.looks.append(look)

    def add_body(self, track: int, t_s: float, box: Rect) -> None:
        """A body of a track."""
        self._seen(track, t_s).bodies.append(box)

    def _seen(self, track: int, t_s: float) -> _Track:
        one = self._tracks.setdefault(track, _Track(track, len(self._shots) - 1))
        if t_s not in one.times:
            one.times.append(t_s)
        return one

    def numbers(self) -> dict[int, int]:
        """The person of each track, numbered by first appearance.

        Each track goes to the person seen before that looks most like it, if near enough and never seen at the same time.
        """
        people: list[list[_Track]] = []
        for track in sorted(self._tracks.values(), key=lambda one: (one.times[0], one.number)):
            found = [(_apart(track, person), k) for k, person in enumerate(people) if not _meets(track, person)]
            nearest, place = min(found, default=(1.0, -1))
            if nearest <= SAME_FACE:
                people[place].append(track)
            else:
                people.append([track])
        return {track.number: number for number, person in enumerate(people) for track in person}

    def tracks(self, numbers: Mapping[int, int], sampled_s: Sequence[float], duration_s: float) -> tuple[PersonTrack, ...]:
        """Each person of `numbers` from the first to the last sample that shows it, held until the next look, or to the video's
        end if that was seen (else for half a step); gaps are not cut out.

        The box is the median of the person's faces, or of its bodies where no face was seen. A glimpse, one sample of a shot of
        several, is no person: most are mistakes of the detector.
        """
        people: dict[int, list[_Track]] = {}
        for track, number in numbers.items():
            people.setdefault(number, []).append(self._tracks[track])
        return tuple(
            _person(number, tracks, sampled_s, duration_s)
            for number, tracks in sorted(people.items())
            if any(len(track.times) > 1 or self._shots[track.shot] == 1 for track in tracks)
        )


def _person(number: int, tracks: list[_Track], sampled_s: Sequence[float], duration_s: float) -> PersonTrack:
    times = {t_s for track in tracks for t_s in track.times}
    boxes = [box for track in tracks for box in track.faces] or [box for track in tracks for box in track.bodies]
    after = bisect_right(sampled_s, max(times))
    tail_s = stretch(sampled_s, 0, len(sampled_s) - 1, duration_s)[1]
    end_s = sampled_s[after] if after < len(sampled_s) else max(round(tail_s, 3), max(times) + 0.001)
    middle = Rect(*(float(value) for value in np.median(np.asarray(boxes), axis=0)))
    return PersonTrack(start_s=min(times), end_s=end_s, track=number, samples=len(times), box=to_box(middle))


def _meets(track: _Track, person: list[_Track]) -> bool:
    return any(not set(track.times).isdisjoint(other.times) for other in person)


def _apart(track: _Track, person: list[_Track]) -> float:
    looks = [look for other in person for look in _some(other.looks)]
    return min((float(distance(np.stack(looks), look).min()) for look in _some(track.looks)), default=1.0) if looks else 1.0


def _some(looks: list[Likeness]) -> list[Likeness]:
    return looks[:: -(-len(looks) // LOOKS)] if looks else []
