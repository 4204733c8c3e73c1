"""Turns a decoded frame into the pictures every engine shares: of 640 pixels, its colours in small, and of 160 for cuts."""

from dataclasses import dataclass
from typing import Any, cast

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.colours import Coding
from services.analyzer.probe import Geometry

Image = NDArray[np.uint8]
"""Height x width x 3, BGR, full range, rotated as displayed; or one plane."""

SHARED_SIDE, COLOURS_SIDE, SMALL_SIDE = 640, 320, 160
DIRECT = {"yuv420p", "yuvj420p"}
FULL_RANGE = 2
"""FFmpeg's AVCOL_RANGE_JPEG; everything else, "unspecified" included, is treated as limited range as players do."""
TIE = 0.001
PARAMETERS = {"sides": [SHARED_SIDE, COLOURS_SIDE, SMALL_SIDE], "full_range": FULL_RANGE, "tie": TIE}
_CLOCKWISE = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def full_range(plane: Image, levels: int, before: int, after: int) -> Image:
    """A plane of limited range, `levels` wide, in 0 to 255, rounded and clipped; the level `before` becomes `after`.

    At a quarter of a lookup table's cost. TIE keeps the one level that lies half way between two from going either way.
    """
    scale = 255 / levels
    return cast("Image", cv2.addWeighted(plane, scale, plane, 0, after - before * scale - TIE))


@dataclass(frozen=True)
class Frame:
    """One displayed frame: its position in the order of display, its time, and the picture the engine asked for.

    `image` is converted as BT.601, whatever it is. `colours` holds the true ones, in small, where `image` does not.
    """

    index: int
    t_s: float
    image: Image
    colours: Image | None = None


def working_size(geometry: Geometry, side: int) -> tuple[int, int]:
    """Width and height of the unrotated working picture: the longer displayed side is `side`, never enlarged."""
    width, height = geometry.width, geometry.height
    if geometry.rotation in (90, 270):
        width, height = height, width
    scale = min(1.0, side / max(width, height))
    return max(8, round(width * scale)), max(8, round(height * scale))


def picture(frame: av.VideoFrame, geometry: Geometry, side: int) -> Image:
    """The displayed picture with a longer side of `side` pixels, converted as BT.601."""
    return _displayed(cv2.cvtColor(_ycrcb(frame, geometry, side), cv2.COLOR_YCrCb2BGR), geometry)


def shared_frame(index: int, t_s: float, frame: av.VideoFrame, geometry: Geometry) -> Frame:
    """The frame with its shared picture and, where that one's are not the true ones, its colours."""
    ycrcb = _ycrcb(frame, geometry, SHARED_SIDE)
    image = _displayed(cv2.cvtColor(ycrcb, cv2.COLOR_YCrCb2BGR), geometry)
    coding = Coding.of(frame)
    if coding.suits_opencv:
        return Frame(index, t_s, image)
    small = np.asarray(cv2.resize(ycrcb, working_size(geometry, COLOURS_SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    return Frame(index, t_s, image, _displayed(coding.bgr(small), geometry))


def _displayed(image: Any, geometry: Geometry) -> Image:
    turned = cv2.rotate(image, _CLOCKWISE[geometry.rotation]) if geometry.rotation else image
    return cast("Image", cv2.flip(turned, 1) if geometry.mirrored else turned)


def _ycrcb(frame: av.VideoFrame, geometry: Geometry, side: int) -> Image:
    """The coded picture at its working size, full range.

    Made from the planes: 4 times cheaper than libswscale's BGR at full size followed by a resize. Other pixel formats
    (10 bit, 4:2:2, 4:4:4, RGB) are first brought to 8-bit 4:2:0 by libswscale.
    """
    if frame.format.name not in DIRECT:
        frame = frame.reformat(format="yuv420p")
    is_full = frame.format.name == "yuvj420p" or frame.color_range == FULL_RANGE
    planes = [_plane(plane) for plane in frame.planes[:3]]
    luma, blue, red = _shared(planes, geometry) if side == SHARED_SIDE else _small(planes, geometry, side)
    if not is_full:
        luma, blue, red = full_range(luma, 219, 16, 0), full_range(blue, 224, 128, 128), full_range(red, 224, 128, 128)
    return cast("Image", cv2.merge([luma, red, blue]))


def _shared(planes: list[Image], geometry: Geometry) -> list[Any]:
    """Text needs anti-aliasing in luma."""
    size = working_size(geometry, SHARED_SIDE)
    ways = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_LINEAR)
    return [cv2.resize(plane, size, interpolation=way) for plane, way in zip(planes, ways, strict=True)]


def _small(planes: list[Image], geometry: Geometry, side: int) -> list[Any]:
    """In two steps, of which the second takes the mean of four pixels: cheaper than one long step, and smoother."""
    for size in (working_size(geometry, 2 * side), working_size(geometry, side)):
        planes = [np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), np.uint8) for plane in planes]
    return planes


def _plane(plane: Any) -> Image:
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]
