"""One text over consecutive samples, and what was seen of it."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean, median

from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.lines import Line
from services.analyzer.engines.text.region import Reading
from services.analyzer.engines.text.surround import Witness

MOVES = 0.025
"""A text moves when it goes further than this share of the frame; a caption that grows word by word keeps one edge."""
PARAMETERS = {"moves": MOVES}


@dataclass
class Track:
    """Readings of one text from sample `first` to sample `last`; `witnesses` counts what its surroundings said."""

    first: int
    last: int
    readings: list[Reading] = field(default_factory=list)
    witnesses: Counter[Witness] = field(default_factory=Counter)

    def line(self) -> Line:
        """The text read most often and longest, with the medians of its readings."""
        weight: dict[str, float] = defaultdict(float)
        for reading in self.readings:
            weight[reading.text] += reading.confidence * len(reading.text)
        text = max(sorted(weight), key=lambda t: weight[t])
        whole = [reading for reading in self.readings if reading.text == text]
        return Line(
            first=self.first,
            last=self.last,
            text=text,
            confidence=fmean(reading.confidence for reading in self.readings),
            box=Rect(*(median(getattr(reading.box, side) for reading in whole) for side in Rect._fields)),
            height=median(reading.height for reading in whole),
            tilt=median(reading.tilt for reading in whole),
            backed=fmean(reading.backed for reading in whole),
            aspect=median(reading.aspect for reading in whole),
            moves=self._way() > MOVES,
            put_on=self.witnesses[Witness.PUT_ON],
            in_scene=self.witnesses[Witness.IN_SCENE],
        )

    def _way(self) -> float:
        """The longest way along an axis that both edges and the middle went."""
        boxes = [reading.box for reading in self.readings]
        sides: tuple[tuple[Callable[[Rect], float], ...], ...] = (
            (lambda b: b.x, lambda b: b.x + b.width, lambda b: b.centre[0]),
            (lambda b: b.y, lambda b: b.y + b.height, lambda b: b.centre[1]),
        )
        return max(min(max(map(side, boxes)) - min(map(side, boxes)) for side in axis) for axis in sides)
