"""Searches only pictures in which text may have changed, and reads only crops that changed."""

from collections.abc import Sequence

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import overlap
from services.analyzer.engines.text.change import Watched
from services.analyzer.engines.text.plate import on_plate
from services.analyzer.engines.text.plausible import readable
from services.analyzer.engines.text.reader import Reader, crop
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

    def read(self, image: Image, gray: Image) -> list[Reading]:
        """All believable readings of one BGR picture and its luma."""
        self._regions = [one.followed(gray) for one in self._regions]
        standing = [one for one in self._regions if one.stands]
        lost = any(one.is_text and not one.stands for one in self._regions)
        if self._ungated or lost or self._watched.may_hold_new_text(gray, [one.rect for one in standing if one.is_text]):
            self._regions = self._search(image, gray, standing)
        self._recognize(image, [one for one in self._regions if one.wants_reading])
        return [one.reading(gray) for one in self._regions if one.is_text]

    def _search(self, image: Image, gray: Image, standing: Sequence[Region]) -> list[Region]:
        self._counters.call("text.detector")
        self._watched.searched(gray)
        quads = [quad for quad in self._reader.detect(image) if readable(fractions(quad, gray))]
        self._counters.call("text.regions", len(quads))
        found = [Region.of(gray, quad) for quad in quads]
        return found if self._ungated else [self._recalled(one, standing, gray) for one in found]

    def _recalled(self, new: Region, standing: Sequence[Region], gray: Image) -> Region:
        """What is known of a region: the same in its place, a text that moved here and looks as it did, or no text again."""
        for old in standing:
            if same_place(old.rect, new.rect):
                return old
        for old in self._regions:
            if (moved := old.moved_to(gray, new.quad)) is not None:
                return moved
            if old.failures and old.strokes.shown_in(gray, new.rect):
                return new.known_for_none(old)
            if old.failures and overlap(old.rect, new.rect) >= SAME_REGION:
                return new.after_failure(old)
        return new

    def _recognize(self, image: Image, regions: Sequence[Region]) -> None:
        for one in regions:
            self._counters.call("text.recognizer")
            one.take(*self._reader.recognize(crop(image, one.quad)))
            one.backed = one.is_text and on_plate(image, one.quad)
