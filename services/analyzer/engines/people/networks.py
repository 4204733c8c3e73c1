"""Runs MediaPipe's weights with OpenVINO in 32-bit floats on one CPU thread, without MediaPipe's graphs around them.

The same boxes and bodies come out, for less: a graph computes what nobody asked for (a mask of the body, half of its time),
keeps a thread pool and remembers what a caller must make it forget.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.runtimes import openvino_request

Points = NDArray[np.float64]
Rgb = NDArray[np.uint8]
Region = tuple[int, int, int, int]
"""Left, top, right, bottom of a part of the picture in pixels."""
Tensor = NDArray[np.float32]
Run = Callable[[Tensor], list[Tensor]]


class Square(NamedTuple):
    """A square of a picture: its middle and side in pixels, turned clockwise by radians."""

    x: float
    y: float
    side: float
    turn: float = 0.0

    def moved(self, shift: tuple[float, float], size: tuple[int, int]) -> "Square":
        """This far away, in widths and heights of a picture of `size` pixels."""
        return self._replace(x=self.x + shift[0] * size[0], y=self.y + shift[1] * size[1])

    def to_picture(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (n, 2) given as fractions of the square, in pixels of the picture."""
        across, down = np.cos(self.turn) * self.side, np.sin(self.turn) * self.side
        centred = points - 0.5
        x = centred[:, 0] * across - centred[:, 1] * down + self.x
        y = centred[:, 0] * down + centred[:, 1] * across + self.y
        return np.column_stack([x, y])


def network(weights: Path, outputs: Sequence[int]) -> Run:
    """Load a network; its answers are those of its outputs with these numbers. What only other outputs need is not computed."""
    request = openvino_request(weights, outputs)

    def run(tensor: Tensor) -> list[Tensor]:
        request.infer({0: tensor})
        return [np.array(request.get_output_tensor(k).data[0], np.float32) for k in range(len(outputs))]

    return run


def tensor(rgb: Rgb, square: Square, side: int, low: float, high: float, border: int) -> Tensor:
    """A square of the picture as a tensor (1, side, side, 3) from `low` to `high`; `border` is OpenCV's way beyond the edge.

    Sampled as MediaPipe's ImageToTensorCalculator does: bilinear, corner on corner.
    """
    across, down = np.cos(square.turn) * square.side / side, np.sin(square.turn) * square.side / side
    left, top = square.to_picture(np.zeros((1, 2)))[0]
    matrix = np.array([[across, -down, left], [down, across, top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(rgb, matrix, (side, side), flags=flags, borderMode=border)
    return np.asarray(seen[None].astype(np.float32) * np.float32((high - low) / 255) + np.float32(low), np.float32)


def cut_out(rgb: Rgb, part: Region) -> tuple[Square, Rgb]:
    """The square around a part of the picture, in its pixels, and the part: outside of it a network sees nothing."""
    left, top, right, bottom = part
    return Square((right - left) / 2, (bottom - top) / 2, max(right - left, bottom - top)), rgb[top:bottom, left:right]
