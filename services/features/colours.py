"""Warm and cold colours of a palette, by their place on the colour wheel."""

from collections.abc import Iterable
from colorsys import rgb_to_hsv
from functools import lru_cache

from shared.contracts.analysis import Colour

GREY, BLACK = 0.2, 0.15
"""A colour with less saturation, or less value, looks grey or black and is neither warm nor cold."""
WARM_FROM, WARM_TO = 330 / 360, 75 / 360
"""The warm side of the wheel: from pink-red over orange to yellow."""


def warm_share(palette: Iterable[Colour]) -> float | None:
    """Share of the coloured area that is warm, 0 to 1; None where nothing is coloured."""
    coloured = warm = 0.0
    for rgb, share in palette:
        side = _is_warm(rgb)
        if side is not None:
            coloured += share
            warm += share if side else 0.0
    return min(1.0, warm / coloured) if coloured > 0 else None


@lru_cache(maxsize=4096)
def _is_warm(rgb: str) -> bool | None:
    code = int(rgb[1:], 16)
    hue, saturation, value = rgb_to_hsv((code >> 16) / 255, (code >> 8 & 255) / 255, (code & 255) / 255)
    if saturation < GREY or value < BLACK:
        return None
    return hue >= WARM_FROM or hue < WARM_TO
