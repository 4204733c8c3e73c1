"""The look of the picture over time, as curves."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import hypot
from operator import attrgetter

from services.features.colours import warm_shares
from services.features.curve import Curve
from services.features.grid import Grid, beside
from services.features.windows import Windows
from shared.contracts.analysis import VisualSample


class Pictures:
    """The visuals block; there is at least one sample."""

    def __init__(self, samples: tuple[VisualSample, ...], windows: Windows) -> None:
        self._samples = sorted(samples, key=lambda sample: sample.t_s)
        self._grid = Grid.of([sample.t_s for sample in self._samples], windows.duration_s)

    def _curve(self, read: Callable[[VisualSample], float | None], name: str) -> Curve:
        return Curve.over(self._grid, map(read, self._samples), name)

    @cached_property
    def brightness(self) -> Curve:
        """Mean luma, 0 to 1."""
        return self._curve(attrgetter("brightness"), "brightness")

    def brightness_steps(self, cuts: Sequence[float]) -> list[float]:
        """Change of brightness over each cut whose two shots were looked at: first look after it minus last one before."""
        light = [sample.brightness for sample in self._samples]
        sides = beside([sample.t_s for sample in self._samples], cuts)
        return [light[after] - light[before] for before, after in sides if before is not None and after is not None]

    @cached_property
    def contrast(self) -> Curve:
        """Spread of luma, 0 to 1."""
        return self._curve(attrgetter("contrast"), "contrast")

    @cached_property
    def saturation(self) -> Curve:
        """Strength of colour, 0 to 1."""
        return self._curve(attrgetter("saturation"), "saturation")

    @cached_property
    def warmth(self) -> Curve:
        """Red against blue, 0 cold to 1 warm."""
        return self._curve(attrgetter("warmth"), "warmth")

    @cached_property
    def sharpness(self) -> Curve:
        """Fine detail, 0 or more."""
        return self._curve(attrgetter("sharpness"), "sharpness")

    @cached_property
    def motion(self) -> Curve:
        """Change from sample to sample, 0 to 1; the first sample follows none, so the second one's value holds from 0 s."""
        values = [sample.motion for sample in self._samples]
        known = [values[1] if len(values) > 1 else None, *values[1:]]
        return Curve.over(self._grid, known, "motion")

    @cached_property
    def camera(self) -> Curve:
        """Speed of the camera across the picture in frame sizes per second, where it could be followed."""
        return self._curve(lambda sample: _speed(sample.camera_x, sample.camera_y), "camera movement")

    @cached_property
    def zoom(self) -> Curve:
        """Growth of the picture per second, below 0 where it shrinks, where it could be followed."""
        return self._curve(attrgetter("camera_zoom"), "zoom")

    @cached_property
    def warm_colours(self) -> Curve:
        """Share of the coloured part of the palette that is red, orange or yellow, where a palette has colours."""
        return Curve.over(self._grid, warm_shares([sample.palette or () for sample in self._samples]), "palette")

    @cached_property
    def dominance(self) -> Curve:
        """Share of the picture that its first colour takes up, where a palette was made."""
        return self._curve(lambda sample: max([share for _, share in sample.palette]) if sample.palette else None, "palette")


def _speed(x: float | None, y: float | None) -> float | None:
    return None if x is None or y is None else hypot(x, y)
