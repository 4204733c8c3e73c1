"""Warm and cold colours of palettes, by their place on the colour wheel."""

from collections.abc import Iterator, Sequence

from shared.contracts.analysis import Colour

GREY, BLACK = 0.2, 0.15
"""A colour with less saturation, or less value, looks grey or black and is neither warm nor cold."""


def _palest(high: int) -> int:
    """The most that the weakest of red, green and blue may be where the strongest is `high`; -1 where it may be nothing."""
    value = high / 255
    coloured = [low for low in range(high) if value >= BLACK and (value - low / 255) / value >= GREY]
    return max(coloured, default=-1)


_PALEST = tuple(map(_palest, range(256)))


def warm_shares(palettes: Sequence[Sequence[Colour]]) -> list[float | None]:
    """Share of the coloured area that is warm, 0 to 1, for each palette; None where nothing is coloured.

    Saturation, value and hue are those of HSV. The warm side of the wheel goes from pink-red (330 degrees) to yellow (below
    75). Next to red a hue is 60 (green - blue) / chroma degrees, next to green 120 + 60 (blue - red) / chroma.
    """
    bright = iter(bytes.fromhex("".join([rgb[1:] for palette in palettes for rgb, _ in palette])))
    colours = zip(bright, bright, bright, strict=True)
    return [_warm_share(palette, colours) for palette in palettes]


def _warm_share(palette: Sequence[Colour], colours: Iterator[tuple[int, int, int]]) -> float | None:
    """A video has hundreds of colours, so there is no call for one of them."""
    coloured = warm = 0.0
    for (_, share), (red, green, blue) in zip(palette, colours, strict=False):
        high, low = (red, green) if red > green else (green, red)
        if blue > high:
            high = blue
        elif blue < low:
            low = blue
        if low <= _PALEST[high]:
            coloured += share
            if 2 * (green - blue) >= low - high if red == high else green == high and 4 * (blue - red) < 3 * (low - high):
                warm += share
    return min(1.0, warm / coloured) if coloured > 0 else None
