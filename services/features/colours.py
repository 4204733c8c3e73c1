"""Palettes of a video: warm and cold colours by their place on the colour wheel, and how much the largest one covers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shared.contracts.analysis import Colour

GREY, BLACK = 0.2, 0.15
"""A colour with less saturation, or less value, looks grey or black and is neither warm nor cold."""


def _palest(high: int) -> int:
    """The most that the weakest of red, green and blue may be where the strongest is `high`; -1 where it may be nothing."""
    value = high / 255
    coloured = [low for low in range(high) if value >= BLACK and (value - low / 255) / value >= GREY]
    return max(coloured, default=-1)


_PALEST = np.array(list(map(_palest, range(256))))


class Palettes:
    """The colours of all palettes as arrays: (n, 3) red, green and blue, (n,) their shares, (n,) whose they are."""

    def __init__(self, palettes: Sequence[Sequence[Colour]]) -> None:
        codes = bytes.fromhex("".join([rgb[1:] for palette in palettes for rgb, _ in palette]))
        self._colours = np.frombuffer(codes, np.uint8).reshape(-1, 3)
        self._shares = np.array([share for palette in palettes for _, share in palette])
        self._sizes = np.array(list(map(len, palettes)))

    def warm_shares(self) -> list[float | None]:
        """Share of the coloured area that is warm, 0 to 1, for each palette; None where nothing is coloured.

        Saturation, value and hue are those of HSV. The warm side of the wheel goes from pink-red (330 degrees) to yellow (below
        75). Next to red a hue is 60 (green - blue) / chroma degrees, next to green 120 + 60 (blue - red) / chroma.
        """
        colours = self._colours.astype(np.int64)
        red, green, blue = colours.T
        high, low = colours.max(axis=1), colours.min(axis=1)
        by_red, by_green = 2 * (green - blue) >= low - high, (green == high) & (4 * (blue - red) < 3 * (low - high))
        warm = np.where(red == high, by_red, by_green)
        coloured = np.where(low <= _PALEST[high], self._shares, 0.0)
        sums = zip(self._sums(coloured * warm), self._sums(coloured), strict=True)
        return [min(1.0, part / whole) if whole > 0 else None for part, whole in sums]

    def largest(self) -> list[float | None]:
        """Share of the picture that the largest colour takes up, for each palette; None where it has no colour."""
        there = self._sizes > 0
        ends = np.cumsum(self._sizes[there])
        largest = iter(np.maximum.reduceat(self._shares, ends - self._sizes[there]).tolist() if len(ends) else ())
        return [next(largest) if colours else None for colours in there.tolist()]

    def _sums(self, areas: NDArray[np.float64]) -> list[float]:
        owners = np.repeat(np.arange(len(self._sizes)), self._sizes)
        sums: list[float] = np.bincount(owners, areas, len(self._sizes)).tolist()
        return sums
