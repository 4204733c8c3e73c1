"""Warm and cold colours of a palette, by their place on the colour wheel."""

from collections.abc import Iterable
from colorsys import rgb_to_hsv
from functools import lru_cache
from math import fsum

from shared.contracts.analysis import Swatch

GREY, BLACK = 0.2, 0.15
"""A colour with less saturation, or less value, looks grey or black and is neither warm nor cold."""
WARM_FROM, WARM_TO = 330 / 360, 75 / 360
"""The warm side of the wheel: from pink-red over orange to yellow."""


def warm_share(palette: Iterable[Swatch]) -> float | None:
    """Share of the coloured area that is warm, 0 to 1; None where nothing is coloured."""
    sides = [(swatch.share, _is_warm(swatch.rgb)) for swatch in palette]
    coloured = fsum(share for share, warm in sides if warm is not None)
    return fsum(share for share, warm in sides if warm) / coloured if coloured > 0 else None


@lru_cache(maxsize=4096)
def _is_warm(rgb: str) -> bool | None:
    hue, saturation, value = rgb_to_hsv(*(int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    if saturation < GREY or value < BLACK:
        return None
    return hue >= WARM_FROM or hue < WARM_TO
