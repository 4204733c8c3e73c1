"""The graphics engine: regions that keep their look while the video around them changes, without those that are lettering."""

import numpy as np

from services.analyzer import frames, sampling
from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Spec, report
from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.graphics import evidence, proposals, tracks
from services.analyzer.engines.graphics.evidence import Evidence
from services.analyzer.engines.graphics.proposals import Small, Still, propose, small
from services.analyzer.engines.graphics.tracks import Track, begin
from services.analyzer.engines.text import areas, plausible, rapid, reader
from services.analyzer.engines.text.areas import Area
from services.analyzer.engines.text.plausible import believable
from services.analyzer.engines.text.reader import Choice, Quad, Reader, crop
from services.analyzer.frames import Frame, Image
from services.analyzer.sampling import coverage, stretch
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName, Graphic, VideoInfo

RATE_HZ = 2.0
MIN_SAMPLES, MAX_OPEN = 3, 24
"""A graphic is seen in three samples at least; no more than 24 regions are followed at once."""
LETTERED = 0.3
"""A region is lettering when text regions cover this share of its box."""
SAME = 0.4
"""Of two tracks that share this much of the smaller one's box, the one with more evidence is reported."""
INSERT_AREA, PHOTO_AREA, PHOTO_FILL = 0.08, 0.03, 0.88
"""An insert covers 8 % of the frame, or 3 % where it is a rectangle; anything else is a sticker."""
PARAMETERS = {
    "rate_hz": RATE_HZ, "samples": MIN_SAMPLES, "open": MAX_OPEN, "lettered": LETTERED, "same": SAME,
    "insert": [INSERT_AREA, PHOTO_AREA, PHOTO_FILL], "proposals": proposals.PARAMETERS, "tracks": tracks.PARAMETERS,
    "evidence": evidence.PARAMETERS, "areas": areas.PARAMETERS, "crops": reader.PARAMETERS, "plausible": plausible.PARAMETERS,
    "frames": frames.PARAMETERS, "sampling": sampling.PARAMETERS,
}  # fmt: skip


class GraphicsEngine:
    """Finds stickers (emoji, arrows, shapes) and inserts (a photo, a screen, a logo).

    It borrows the text detector, which tells lettering from graphics, and loads no network of its own. What it can't see: a
    graphic that stays from beginning to end of a video in which nothing else moves, one that travels across the frame, one
    that lets the picture shine through.
    """

    feed = Feed.SAMPLES
    rate_hz = RATE_HZ

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._choice: Choice = rapid.choice(EngineSettings() if settings is None else settings)
        parameters = {**PARAMETERS, "detector": self._choice.parameters}
        self.spec = Spec(EngineName.GRAPHICS, "3", self._choice.packages, self._choice.weights, parameters)

    def load(self) -> None:
        """Load the text detector unless the text engine did."""
        self._choice.make()

    def start(self, video: VideoInfo, counters: Counters) -> "GraphicsSession":
        """A fresh session."""
        return GraphicsSession(self.spec, video, counters, self._choice.make())


class GraphicsSession:
    """Follows regions from sample to sample and judges them at the end."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, reader: Reader) -> None:
        self._spec, self._video, self._counters, self._reader = spec, video, counters, reader
        self._times: list[float] = []
        self._pictures: list[Still] = []
        self._before: Small | None = None
        self._open: list[tuple[Track, Image]] = []
        self._done: list[tuple[Track, Image]] = []

    def process(self, frame: Frame) -> None:
        """Follow what is known, and look for what is new."""
        now = small(frame.image)
        alive = [(track, image) for track, image in self._open if track.follow(now.picture)]
        self._done += [pair for pair in self._open if pair not in alive]
        self._open = alive
        if self._before is not None:
            self._look_for_new(self._before, now, frame.image)
        self._times.append(frame.t_s)
        self._pictures.append(now.picture)
        self._before = now

    def _look_for_new(self, before: Small, now: Small, image: Image) -> None:
        for proposal in propose(before, now):
            self._counters.call("graphics.proposals")
            if len(self._open) < MAX_OPEN and not any(track.holds(proposal) for track, _ in self._open):
                track = begin(proposal, now.picture, len(self._pictures))
                track.look_back(self._pictures)
                self._open.append((track, image))

    def finish(self) -> EngineResult:
        """Graphics in order of appearance."""
        lasting = [(track, image) for track, image in [*self._done, *self._open] if len(track.places) >= MIN_SAMPLES]
        judged = [(track, image, evidence.evidence(track, self._pictures)) for track, image in lasting]
        likely = [one for one in judged if one[2].decides]
        likely.sort(key=lambda one: (-one[2].put_on, one[0].first, one[0].places[0]))
        kept: list[tuple[Track, Evidence]] = []
        for track, image, seen in likely:
            if not any(_same(track, other) for other, _ in kept) and not self._is_lettering(track, image):
                kept.append((track, seen))
        self._reader.release()
        found = sorted((self._graphic(*one) for one in kept), key=lambda g: (g.start_s, g.box.y, g.box.x, g.end_s))
        done = report(self._spec, seen=bool(found), coverage=coverage(self._times, self._video.duration_s))
        return EngineResult(engine=EngineName.GRAPHICS, report=done, graphics=tuple(found))

    def _is_lettering(self, track: Track, image: Image) -> bool:
        """Whether what is read in the region covers it."""
        scale = max(image.shape[:2]) / proposals.SIDE
        left, top, right, bottom = (max(0, round(v * scale)) for v in _box(track))
        letters = np.zeros(image.shape[:2], np.bool_)
        region = Area(left, top, right, bottom)
        quads = [
            quad for quad in self._quads(image, Rect(left, top, right - left, bottom - top)) if _upright(quad).meets(region)
        ]
        for a, b, c, d in map(_upright, self._read(image, quads)):
            letters[b:d, a:c] = True
        part = letters[top:bottom, left:right]
        return bool(part.size and part.mean() >= LETTERED)

    def _quads(self, image: Image, box: Rect) -> list[Quad]:
        """Text regions in and around a box, in pixels of the picture: only there the detector looks."""
        self._counters.call("graphics.detector")
        whole = Area(0, 0, image.shape[1], image.shape[0])
        part = Area.around(box).in_tiles(self._reader.tile(image), whole)
        piece = np.ascontiguousarray(image[part.top : part.bottom, part.left : part.right])
        corner = np.array([part.left, part.top], np.float32)
        [quads] = self._reader.detect([piece], whole=max(image.shape[:2]))
        return [quad + corner for quad in quads]

    def _read(self, image: Image, quads: list[Quad]) -> list[Quad]:
        """Those that say something: the detector takes arrows for letters; the recognizer does not, or reads a single one: a
        star is 大, a photo 日."""
        self._counters.call("graphics.recognizer", len(quads))
        said = self._reader.recognize([crop(image, quad) for quad in quads])
        return [quad for quad, (text, sure) in zip(quads, said, strict=True) if believable(text, sure) and _several(text)]

    def _graphic(self, track: Track, seen: Evidence) -> Graphic:
        start, end = stretch(self._times, track.first, track.last, self._video.duration_s)
        height, width = self._pictures[0].shape[:2]
        left, top, right, bottom = _box(track)
        box = Rect(left / width, top / height, (right - left) / width, (bottom - top) / height)
        area, fill = box.width * box.height, float(track.mask.mean())
        insert = area >= INSERT_AREA or (area >= PHOTO_AREA and fill >= PHOTO_FILL)
        return Graphic(
            start_s=round(start, 3), end_s=round(end, 3), kind="insert" if insert else "sticker", box=to_box(box),
            confidence=round(seen.confidence, 4),
        )  # fmt: skip


def _same(a: Track, b: Track) -> bool:
    """Whether two tracks share a sample and most of the smaller one's box."""
    if min(a.last, b.last) < max(a.first, b.first):
        return False
    (x, y), (u, v) = a.places[0], b.places[0]
    across, down = min(x + a.width, u + b.width) - max(x, u), min(y + a.height, v + b.height) - max(y, v)
    return max(0, across) * max(0, down) > SAME * min(a.width * a.height, b.width * b.height)


def _upright(quad: Quad) -> Area:
    """The box around a quad, in whole pixels."""
    return Area(*(int(v) for corner in (quad.min(axis=0), quad.max(axis=0)) for v in corner.round()))


def _several(text: str) -> bool:
    return sum(char.isalnum() for char in text) > 1


def _box(track: Track) -> tuple[float, float, float, float]:
    """Its median place: left, top, right, bottom in pixels of the small picture."""
    left, top = (float(np.median([place[axis] for place in track.places])) for axis in (0, 1))
    return left, top, left + track.width, top + track.height
