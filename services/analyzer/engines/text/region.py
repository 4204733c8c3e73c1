"""A region that the detector found, and what was read in it so far."""

from dataclasses import dataclass, replace

import numpy as np

from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.areas import Area
from services.analyzer.engines.text.plausible import believable
from services.analyzer.engines.text.reader import Quad
from services.analyzer.engines.text.strokes import Strokes
from services.analyzer.frames import Image

SURE, HOPEFUL, MAX_READS, MAX_FAILURES, RESTS = 0.9, 0.5, 2, 2, 3
"""Letters read with 0.5 to 0.9 are tried once more in the next sample: a text that fades in gets clearer. What held no text (a
star, a fold) is not read again as long as it stands or moves as it is. Where the detector finds about the same again it is read
in every fourth search, and where it finds something else in its place (water, foliage) twice, then in every second one."""
PARAMETERS = {"sure": [HOPEFUL, SURE], "max_reads": MAX_READS, "max_failures": MAX_FAILURES, "rests": RESTS}


@dataclass(frozen=True)
class Reading:
    """One text in one sample; the box and the letter height are fractions of the frame, the tilt is in degrees clockwise,
    from the nearest axis; `backed` says that it stands on a plate of its own; `aspect` is the frame's
    width by its height; `late` counts the samples before in which it stood there and could not be read yet."""

    text: str
    confidence: float
    box: Rect
    height: float = 0.0
    tilt: float = 0.0
    backed: bool = False
    aspect: float = 1.0
    late: int = 0


@dataclass(eq=False)
class Region:
    """Compared by identity: it is the same region as long as it stands."""

    quad: Quad
    strokes: Strokes
    text: str = ""
    confidence: float = 0.0
    reads: int = 0
    failures: int = 0
    rests: int = 0
    backed: bool = False
    stands: bool = True
    missed: bool = False
    late: int = 0
    way: Quad | float = 0.0
    """How far it went since the sample before, in pixels."""

    @classmethod
    def of(cls, gray: Image, quad: Quad) -> "Region":
        """A region not read yet, in a luma picture."""
        return cls(quad, Strokes.of(gray, quad))

    @property
    def rect(self) -> Rect:
        """The upright box around the quad, in pixels."""
        (left, top), (right, bottom) = self.quad.min(axis=0), self.quad.max(axis=0)
        return Rect(float(left), float(top), float(right - left), float(bottom - top))

    @property
    def area(self) -> Area:
        """The same in whole pixels."""
        return Area.around(self.rect, 0)

    @property
    def is_text(self) -> bool:
        """Whether what was read is believable."""
        return self.reads > 0 and believable(self.text, self.confidence)

    @property
    def wants_reading(self) -> bool:
        """Whether it is worth a look, or another one."""
        unsure = self.reads < MAX_READS and HOPEFUL <= self.confidence < SURE and sum(map(str.isalnum, self.text)) > 1
        return self.stands and not self.rests and (self.reads == 0 or unsure)

    def take(self, text: str, confidence: float) -> None:
        """Keep the surer of what was read before and now."""
        self.reads += 1
        if confidence >= self.confidence:
            self.text, self.confidence = text.strip(), min(1.0, confidence)
        self.failures = 0 if self.is_text else self.failures + 1

    def followed(self, gray: Image) -> "Region":
        """Where it is in the next sample: in its place, or as far on as it went before; else as it was, standing no more."""
        late = self.late if self.is_text else self.late + 1
        if self.strokes.stand_in(gray):
            return replace(self, stands=True, missed=False, late=late)
        moved = self.moved_to(gray, self.quad + self.way) if self.stands else None
        return replace(moved, late=late) if moved else replace(self, stands=False, late=0)

    def moved_to(self, gray: Image, quad: Quad) -> "Region | None":
        """The same where a region of another picture is, if its strokes are there."""
        strokes = self.strokes.moved_to(gray, quad)
        return (
            None
            if strokes is None
            else replace(self, quad=strokes.quad, strokes=strokes, stands=True, way=strokes.quad - self.quad)
        )

    def missing(self) -> "Region":
        """This text, gone with nothing in its place: the detector misses some now and then, so it is sought once more."""
        return replace(self, missed=True)

    def known_for_none(self, old: "Region") -> "Region":
        """This region, which shows what held no text a sample ago."""
        return replace(self, failures=old.failures, rests=old.rests - 1 if old.rests else RESTS)

    def after_failure(self, old: "Region") -> "Region":
        """This region, where something else held no text a sample ago."""
        return replace(self, failures=old.failures, rests=int(old.failures >= MAX_FAILURES and not old.rests))

    def reading(self, gray: Image) -> Reading:
        """What it says in a picture of this size."""
        across, down = self.quad[1] - self.quad[0], self.quad[3] - self.quad[0]
        tilt = float(np.degrees(np.arctan2(across[1], across[0])))
        short = min(float(np.linalg.norm(across)), float(np.linalg.norm(down)))
        box, aspect = fractions(self.quad, gray), gray.shape[1] / gray.shape[0]
        tilt = (tilt + 45) % 90 - 45
        return Reading(self.text, self.confidence, box, short / gray.shape[0], tilt, self.backed, aspect, self.late)


def fractions(quad: Quad, gray: Image) -> Rect:
    """The upright box around a quad in fractions of the frame."""
    (left, top), (right, bottom), (height, width) = quad.min(axis=0), quad.max(axis=0), gray.shape[:2]
    return Rect(float(left / width), float(top / height), float((right - left) / width), float((bottom - top) / height))


def same_place(a: Rect, b: Rect) -> bool:
    """Whether two boxes in pixels are the same up to the detector's jitter."""
    (ax, ay), (bx, by) = a.centre, b.centre
    slack = 0.5 * b.height + 3
    return abs(ax - bx) < slack and abs(ay - by) < slack and abs(a.width - b.width) < 0.12 * b.width + 4
