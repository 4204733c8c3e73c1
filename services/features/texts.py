"""The texts on screen, each read once: kind, words, characters, calls to action, and how much there is to read at a time."""

from functools import cached_property
from math import fsum

from services.features.absent import NotDefined
from services.features.curve import Curve
from services.features.grid import Grid
from services.features.intervals import Spans, merge
from services.features.language import graphemes
from services.features.likely_language import likely_covered
from shared.contracts.analysis import TextOverlay
from shared.language import calls_to_action, words

KNOWN_SHARE = 0.8
"""With less than this of the texts' summed time on screen of a known kind, how much of a kind there is is not known."""


def fitted(overlays: tuple[TextOverlay, ...], duration_s: float) -> tuple[TextOverlay, ...]:
    """The texts by start; ends after the end of the video are cut off."""
    kept = (overlay for overlay in overlays if overlay.start_s < duration_s)
    ends = (o if o.end_s <= duration_s else o.model_copy(update={"end_s": duration_s}) for o in kept)
    return tuple(sorted(ends, key=lambda overlay: (overlay.start_s, overlay.end_s, overlay.text)))


def spans(overlays: tuple[TextOverlay, ...]) -> Spans:
    """When any of these texts is on screen."""
    return merge((overlay.start_s, overlay.end_s) for overlay in overlays)


class Texts:
    """What the text engine read. Lettering in the filmed world is no overlay; where kinds were not told, every text is one."""

    def __init__(self, read: tuple[TextOverlay, ...], duration_s: float) -> None:
        self._all = fitted(read, duration_s)
        self._duration_s = duration_s
        self.overlays = tuple(overlay for overlay in self._all if overlay.kind != "scene")

    def some(self) -> tuple[TextOverlay, ...]:
        """The overlays. Raises NotDefined where there are none."""
        if not self.overlays:
            raise NotDefined("no text is on screen")
        return self.overlays

    @cached_property
    def starts(self) -> tuple[float, ...]:
        """When each overlay appears, in order."""
        return tuple(overlay.start_s for overlay in self.overlays)

    def of_kind(self, kind: str) -> tuple[TextOverlay, ...]:
        """The texts of one kind, by start. Raises NotDefined where over a fifth of the text is of no known kind."""
        if self._known_share < KNOWN_SHARE:
            raise NotDefined("less than four fifths of the text is of a known kind")
        return tuple(overlay for overlay in self._all if overlay.kind == kind)

    @cached_property
    def _known_share(self) -> float:
        known = fsum(overlay.length_s for overlay in self._all if overlay.kind is not None)
        return known / fsum(overlay.length_s for overlay in self._all) if self._all else 1.0

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        """How long each overlay stays, in seconds."""
        return tuple(overlay.length_s for overlay in self.overlays)

    @cached_property
    def seconds(self) -> float:
        """How long all overlays stay, added up."""
        return fsum(self.lengths)

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each overlay, case-folded."""
        return tuple(words(overlay.text) for overlay in self.overlays)

    @cached_property
    def speeds(self) -> tuple[float, ...]:
        """Characters per second of each overlay: its length as readers count it over its time on screen."""
        return tuple(graphemes(overlay.text) / seconds for overlay, seconds in zip(self.overlays, self.lengths, strict=True))

    @cached_property
    def calling(self) -> tuple[TextOverlay, ...]:
        """The overlays that call to action: as the engine told, else by the phrases of `shared.language`.

        Raises NotDefined where none is found among words of no language that those phrases cover: nobody could have found one.
        """
        found = tuple(o for o in self.overlays if (calls_to_action(o.text) if o.calls is None else o.calls))
        if not found and self._uncovered:
            raise NotDefined("the texts on screen are in no language that the lists of calls to action are known to cover")
        return found

    @cached_property
    def _uncovered(self) -> bool:
        """Whether there are words, but in no language of the lists as far as the words of all texts together tell."""
        said = [word for words in self.words for word in words]
        return any(word[0].isalpha() for word in said) and not likely_covered(said)

    @cached_property
    def letter_heights(self) -> tuple[float, ...]:
        """Letter height of each overlay that has one, as a fraction of the frame."""
        return tuple(overlay.letter_height for overlay in self.overlays if overlay.letter_height is not None)

    @cached_property
    def at_once(self) -> Curve:
        """Number of overlays on screen over the whole duration."""
        grid, shown = self._stacked
        return Curve.over(grid, map(float, map(len, shown)), "text")

    @cached_property
    def load(self) -> Curve:
        """Characters to read per second over the whole duration, each text's spread evenly over its time on screen."""
        grid, shown = self._stacked
        return Curve.over(grid, [fsum([self.speeds[i] for i in there]) for there in shown], "reading load")

    @cached_property
    def _stacked(self) -> tuple[Grid, list[list[int]]]:
        """The overlays on screen between every two moments at which one comes or goes."""
        spans = [(overlay.start_s, overlay.end_s) for overlay in self.overlays]
        edges = sorted({0.0, self._duration_s}.union(*spans))
        waiting, there = list(reversed(range(len(spans)))), list[int]()
        shown = []
        for edge in edges[:-1]:
            there = [i for i in there if spans[i][1] > edge]
            while waiting and spans[waiting[-1]][0] <= edge:
                there.append(waiting.pop())
            shown.append(there)
        return Grid(edges[:-1], edges[1:], last=True), shown
