"""The look of the picture over time, as curves."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import hypot
from operator import attrgetter, itemgetter

from services.features.colours import Palettes
from services.features.curve import Curve
from services.features.grid import Grid, beside
from services.features.windows import Windows
from shared.contracts.analysis import VisualSample

_FIELDS = (
    "t_s", "brightness", "contrast", "saturation", "warmth", "sharpness", "motion", "camera_x", "camera_y", "camera_zoom",
    "palette",
)  # fmt: skip
_READ: Callable[[VisualSample], tuple[float | None, ...]] = attrgetter(*_FIELDS)


class Pictures:
    """The visuals block; there is at least one sample.

    All is read in one go: a sample is hundreds of bytes in many places, gone from the processor's caches the next time.
    """

    def __init__(self, samples: tuple[VisualSample, ...], windows: Windows) -> None:
        rows = sorted(map(_READ, samples), key=itemgetter(0))
        self._seen = dict(zip(_FIELDS, zip(*rows, strict=True), strict=True))
        self._palettes = Palettes([palette or () for palette in self._seen["palette"]])
        self._grid = Grid.of(self._seen["t_s"], windows.duration_s)

    def _curve(self, field: str, name: str) -> Curve:
        return Curve.over(self._grid, self._seen[field], name)

    @cached_property
    def brightness(self) -> Curve:
        """Mean luma, 0 to 1."""
        return self._curve("brightness", "brightness")

    def brightness_steps(self, cuts: Sequence[float]) -> list[float]:
        """Change of brightness over each cut whose two shots were looked at: first look after it minus last one before."""
        light = self._seen["brightness"]
        sides = beside(self._seen["t_s"], cuts)
        return [light[after] - light[before] for before, after in sides if before is not None and after is not None]

    @cached_property
    def contrast(self) -> Curve:
        """Spread of luma, 0 to 1."""
        return self._curve("contrast", "contrast")

    @cached_property
    def saturation(self) -> Curve:
        """Strength of colour, 0 to 1."""
        return self._curve("saturation", "saturation")

    @cached_property
    def warmth(self) -> Curve:
        """Red against blue, 0 cold to 1 warm."""
        return self._curve("warmth", "warmth")

    @cached_property
    def sharpness(self) -> Curve:
        """Fine detail, 0 or more."""
        return self._curve("sharpness", "sharpness")

    @cached_property
    def motion(self) -> Curve:
        """Change from sample to sample, 0 to 1; the first sample follows none, so the second one's value holds from 0 s."""
        values = self._seen["motion"]
        known = [values[1] if len(values) > 1 else None, *values[1:]]
        return Curve.over(self._grid, known, "motion")

    @cached_property
    def camera(self) -> Curve:
        """Speed of the camera across the picture in frame sizes per second, where it could be followed."""
        moves = zip(self._seen["camera_x"], self._seen["camera_y"], strict=True)
        return Curve.over(self._grid, [None if x is None or y is None else hypot(x, y) for x, y in moves], "camera movement")

    @cached_property
    def zoom(self) -> Curve:
        """Growth of the picture per second, below 0 where it shrinks, where it could be followed."""
        return self._curve("camera_zoom", "zoom")

    @cached_property
    def warm_colours(self) -> Curve:
        """Share of the coloured part of the palette that is red, orange or yellow, where a palette has colours."""
        return Curve.over(self._grid, self._palettes.warm_shares(), "palette")

    @cached_property
    def dominance(self) -> Curve:
        """Share of the picture that its largest colour takes up, where a palette was made."""
        return Curve.over(self._grid, self._palettes.largest(), "palette")
