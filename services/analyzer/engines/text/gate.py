"""Searches only parts of pictures in which text may have changed, and reads only crops that changed."""

from collections.abc import Sequence

import numpy as np

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import overlap
from services.analyzer.engines.text.areas import Area, areas
from services.analyzer.engines.text.change import Watched, holds_strokes
from services.analyzer.engines.text.plate import on_plate
from services.analyzer.engines.text.plausible import readable
from services.analyzer.engines.text.reader import Quad, Reader, crop
from services.analyzer.engines.text.region import Reading, Region, fractions, same_place
from services.analyzer.frames import Image

SAME_REGION = 0.4
"""Intersection over union with a region that held no text, to be taken for the same water or foliage, which changes."""
PARAMETERS = {"same_region": SAME_REGION}


class Gate:
    """Remembers the regions of the sample before. `ungated` searches every picture and reads every crop, for comparison."""

    def __init__(self, reader: Reader, counters: Counters, *, ungated: bool = False) -> None:
        self._reader, self._counters, self._ungated = reader, counters, ungated
        self._watched = Watched()
        self._regions: list[Region] = []

    @property
    def together(self) -> int:
        """How many pictures `ahead` is best given."""
        return self._reader.together

    def ahead(self, images: Sequence[Image]) -> list[list[Quad] | None]:
        """The text regions of pictures that come next, for `read`; None for each where looking ahead gains nothing.

        A GPU searches a batch of whole pictures sooner than the changed parts of one after the other.
        """
        if self.together == 1:
            return [None] * len(images)
        for image in images:
            self._count_search(image.shape[0] * image.shape[1])
        return [*self._reader.detect(images)]

    def release(self) -> None:
        """Give back memory that the reader does not need between videos."""
        self._reader.release()

    def read(self, image: Image, gray: Image, ahead: list[Quad] | None = None) -> list[Reading]:
        """All believable readings of one BGR picture and its luma; given is what `ahead` found in it."""
        self._regions = [one.followed(gray) for one in self._regions]
        gone = [one for one in self._regions if one.is_text and not one.stands and holds_strokes(gray, one.rect)]
        if parts := self._parts(image, gray, gone):
            self._search(image, gray, parts, ahead)
        missed = [one.missing() for one in gone if not one.missed and not any(_covers(new, one) for new in self._regions)]
        self._regions = [*(one for one in self._regions if one.stands or not one.is_text), *missed]
        self._recognize(image, [one for one in self._regions if one.wants_reading])
        return [one.reading(gray) for one in self._regions if one.is_text and one.stands]

    def _parts(self, image: Image, gray: Image, gone: Sequence[Region]) -> list[Area]:
        """Parts of the picture to search: where new strokes are, and where a text went and left any."""
        whole = Area(0, 0, gray.shape[1], gray.shape[0])
        if self._ungated:
            return [whole]
        standing = [one.rect for one in self._regions if one.is_text and one.stands]
        changed = [*self._watched.changed(gray, standing), *(one.rect for one in gone)]
        self._watched.searched(gray, [one.area.within(whole) for one in self._regions if one.is_text and not one.stands])
        return areas(changed, standing, whole, self._reader.tile(image))

    def _search(self, image: Image, gray: Image, parts: Sequence[Area], ahead: list[Quad] | None) -> None:
        if ahead is not None:
            parts = [Area(0, 0, gray.shape[1], gray.shape[0])]
        self._watched.searched(gray, parts)
        quads = [quad for part in parts for quad in self._detect(image, part)] if ahead is None else ahead
        found = [Region.of(gray, quad) for quad in quads if readable(fractions(quad, gray))]
        self._counters.call("text.regions", len(found))
        if self._ungated:
            self._regions = found
            return
        standing = [one for one in self._regions if one.stands]
        known = [self._recalled(one, standing, gray) for one in found]
        self._regions = [*(one for one in self._regions if self._stays(one, parts, known)), *known]

    def _stays(self, old: Region, parts: Sequence[Area], found: Sequence[Region]) -> bool:
        """Whether a region is outside what was searched, or a text that stands and that the detector missed this time."""
        if not any(part.meets(old.area) for part in parts):
            return True
        return old.is_text and old.stands and not any(_covers(new, old) for new in found)

    def _detect(self, image: Image, part: Area) -> list[Quad]:
        """Text regions of a part, in pixels of the whole picture."""
        self._count_search(part.pixels)
        corner = np.array([part.left, part.top], np.float32)
        piece = np.ascontiguousarray(image[part.top : part.bottom, part.left : part.right])
        [quads] = self._reader.detect([piece], whole=max(image.shape[:2]))
        return [quad + corner for quad in quads]

    def _count_search(self, pixels: int) -> None:
        self._counters.call("text.detector")
        self._counters.call("text.detector_kilopixels", round(pixels / 1000))

    def _recalled(self, new: Region, standing: Sequence[Region], gray: Image) -> Region:
        """What is known of a region: the same in its place, a text that moved here and looks as it did, or no text again."""
        for old in standing:
            if same_place(old.rect, new.rect):
                return old
        for old in self._regions:
            if (moved := old.moved_to(gray, new.quad)) is not None:
                return moved
            shared = overlap(old.rect, new.rect) if old.failures else 0.0
            if shared > 0 and old.strokes.shown_in(gray, new.rect):
                return new.known_for_none(old)
            if shared >= SAME_REGION:
                return new.after_failure(old)
        return new

    def _recognize(self, image: Image, regions: Sequence[Region]) -> None:
        self._counters.call("text.recognizer", len(regions))
        said = self._reader.recognize([crop(image, one.quad) for one in regions])
        for one, (text, confidence) in zip(regions, said, strict=True):
            one.take(text, confidence)
            one.backed = one.is_text and on_plate(image, one.quad)


def _covers(new: Region, old: Region) -> bool:
    """Whether a text that was lost was found again, or something else in its place."""
    return new.stands and overlap(new.rect, old.rect) > 0
