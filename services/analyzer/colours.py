"""The true colours of a small picture: by the matrix the video was made with, and HDR as an SDR screen shows it.

OpenCV converts by BT.601, which turns the green (0, 200, 0) of a BT.709 video into (15, 234, 6). The engines that look for
shapes don't mind; what reports a colour takes it from here.
"""

from dataclasses import dataclass

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
BT601, BT709, BT2020 = (0.299, 0.114), (0.2126, 0.0722), (0.2627, 0.0593)
"""Weights of red and blue in luma."""
MATRICES = {0: BT601, 1: BT709, 4: (0.30, 0.11), 5: BT601, 6: BT601, 7: (0.212, 0.087), 9: BT2020, 10: BT2020}
"""By FFmpeg's AVColorSpace. RGB (0) comes here as BT.601, by libswscale; constant luminance (10) is taken for the usual
kind."""
HD_LONG, SD_SHORT = 1280, 576
"""Pixels. An untagged video is BT.709 from 1280 on its longer side or above 576 on its shorter one, else BT.601: mpv's guess,
with the sides in place of width and height so that an upright video is taken for what it is lying down."""
PQ, HLG = 16, 18
"""FFmpeg's AVColorTransferCharacteristic."""
WHITE_NITS, HLG_WHITE, HLG_SYSTEM_GAMMA, SCREEN_GAMMA, KNEE = 203.0, 0.75, 1.2, 2.4, 0.5
"""BT.2408: paper white is 203 cd/m2 in PQ, 75 % signal in HLG, whose scene light a screen raises to 1.2 (BT.2100); an SDR
screen has a gamma of 2.4 (BT.1886). Light up to half of paper white stays; what is brighter nears 1 exponentially, without a
kink."""
PQ_CURVE = (2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32)
"""SMPTE ST 2084: m1, m2, c1, c2, c3."""
HLG_CURVE = (0.17883277, 0.28466892, 0.55991073)
"""BT.2100: a, b, c."""
TO_BT709 = ((1.1187, -0.1006, -0.0182), (-0.0083, 1.1329, -0.1246), (-0.0728, -0.5876, 1.6605))
"""BT.2087: linear light, blue, green, red, from BT.2020's primaries."""
PARAMETERS = {
    "matrices": {str(tag): weights for tag, weights in MATRICES.items()}, "guess": [HD_LONG, SD_SHORT], "hdr": [PQ, HLG],
    "tone": [WHITE_NITS, HLG_WHITE, HLG_SYSTEM_GAMMA, SCREEN_GAMMA, KNEE], "curves": [PQ_CURVE, HLG_CURVE],
    "primaries": TO_BT709,
}  # fmt: skip


@dataclass(frozen=True)
class Coding:
    """How a frame's numbers stand for colours: the weights of red and blue in its luma, and its transfer characteristic."""

    weights: tuple[float, float]
    transfer: int

    @classmethod
    def of(cls, frame: av.VideoFrame) -> "Coding":
        """As the frame is tagged; what has no tag, or one that is not known here, is guessed by its size."""
        long, short = max(frame.width, frame.height), min(frame.width, frame.height)
        guess = BT709 if long >= HD_LONG or short > SD_SHORT else BT601
        tag = 0 if frame.format.is_rgb else int(frame.colorspace)
        return cls(MATRICES.get(tag, guess), int(frame.color_trc))

    @property
    def suits_opencv(self) -> bool:
        """Whether OpenCV's conversion gives the true colours."""
        return self.weights == BT601 and self.transfer not in (PQ, HLG)

    def bgr(self, ycrcb: Image) -> Image:
        """The colours of a full-range YCrCb picture, as an SDR screen shows them."""
        picture = np.asarray(cv2.transform(ycrcb, _matrix(*self.weights)), np.uint8)
        return _toned(picture, self.transfer) if self.transfer in (PQ, HLG) else picture


def _matrix(red: float, blue: float) -> NDArray[np.float64]:
    """From (Y, Cr, Cb, 1) to (B, G, R); chroma has its zero at 128."""
    green = 1 - red - blue
    to_red, to_blue = 2 * (1 - red), 2 * (1 - blue)
    linear = np.array([[1, 0, to_blue], [1, -to_red * red / green, -to_blue * blue / green], [1, to_red, 0]])
    return np.column_stack([linear, -128 * linear[:, 1:].sum(axis=1)])


def _toned(picture: Image, transfer: int) -> Image:
    """An HDR picture with BT.2020's primaries on an SDR screen: the same colours up to KNEE, compressed highlights above."""
    signal = np.arange(256) / 255
    light = (_pq_light(signal) if transfer == PQ else _hlg_light(signal)).astype(np.float32)
    shown = np.maximum(0, cv2.transform(light[picture], np.array(TO_BT709)))
    room = 1 - KNEE
    bright = KNEE + room * (1 - np.exp(-np.maximum(0, shown - KNEE) / room))
    signals = 255 * np.where(shown < KNEE, shown, bright) ** (1 / SCREEN_GAMMA)
    return np.asarray(np.rint(signals), np.uint8)


def _pq_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Screen light; paper white is 1."""
    m1, m2, c1, c2, c3 = PQ_CURVE
    root = signal ** (1 / m2)
    return np.asarray(10_000 / WHITE_NITS * (np.maximum(0, root - c1) / (c2 - c3 * root)) ** (1 / m1))


def _hlg_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Screen light; paper white is 1. The system gamma is applied to each colour alone, where BT.2100 takes luminance."""
    a, b, c = HLG_CURVE
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    white = (np.exp((HLG_WHITE - c) / a) + b) / 12
    return np.asarray((scene / white) ** HLG_SYSTEM_GAMMA)
