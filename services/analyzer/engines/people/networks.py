"""Runs MediaPipe's weights with OpenVINO in 32-bit floats on one CPU thread, without MediaPipe's graphs around them.

The same boxes and bodies come out, for less: a graph computes what nobody asked for (a mask of the body, half of its time),
keeps a thread pool and remembers what a caller must make it forget.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.runtimes import openvino_request

Points = NDArray[np.float64]
Rgb = NDArray[np.uint8]
Region = tuple[int, int, int, int]
"""Left, top, right, bottom of a part of the picture in pixels."""
Tensor = NDArray[np.float32]


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


Run = Callable[[Rgb, Square, int], list[Tensor]]
"""Takes a picture, a square of it, and OpenCV's way beyond the picture's edge."""


def network(weights: Path, outputs: Sequence[int], low: float, *, width: int | None = None) -> Run:
    """Load a network that takes 0 to 255 as `low` to 1; its answers are those of its outputs with these numbers.

    Given a width, the network sees only that many columns in the middle of its square. What it is shown is written straight
    into its own input, as bytes: that and the arithmetic in NumPy would cost 0.4 ms a call.
    """
    request = openvino_request(weights, outputs, partial(_of_bytes, low=low, width=width))
    seen = request.get_input_tensor(0).data[0]

    def run(rgb: Rgb, square: Square, border: int) -> list[Tensor]:
        sample(rgb, square, border, seen)
        request.infer()
        return [np.array(request.get_output_tensor(k).data[0], np.float32) for k in range(len(outputs))]

    return run


def _of_bytes(model: Any, *, low: float, width: int | None) -> Any:
    """The model with bytes for its input, at this width."""
    from openvino import Type  # noqa: PLC0415 - 0.1 s
    from openvino.preprocess import PrePostProcessor  # noqa: PLC0415

    if width is not None:
        _narrow(model, width)
    adapter = PrePostProcessor(model)
    adapter.input().tensor().set_element_type(Type.u8)
    black, white = 255 * -low / (1 - low), 255 / (1 - low)
    adapter.input().preprocess().convert_element_type(Type.f32).mean(black).scale(white)
    return adapter.build()


def _narrow(model: Any, width: int) -> None:
    """Reshape a model; its layers follow by themselves, but for those that enlarge to a size written down as a constant."""
    from openvino import PartialShape, opset8  # noqa: PLC0415

    _, side, whole, channels = model.input(0).shape
    for layer in model.get_ordered_ops():
        if layer.get_type_name() == "Interpolate":
            height, across = (int(v) for v in layer.input_value(1).get_node().get_data())
            size = opset8.constant(np.array([height, across * width // whole], np.int32))
            layer.input(1).replace_source_output(size.output(0))
    model.get_parameters()[0].set_partial_shape(PartialShape([1, side, width, channels]))
    model.validate_nodes_and_infer_types()


def sample(rgb: Rgb, square: Square, border: int, out: Rgb) -> None:
    """Draw a square of the picture into `out`, or the middle columns of it where that is narrower than high.

    Bilinear and corner on corner, as MediaPipe's ImageToTensorCalculator does; `border` is OpenCV's way beyond the edge.
    """
    side, width = out.shape[:2]
    across, down = np.cos(square.turn) * square.side / side, np.sin(square.turn) * square.side / side
    left, top = square.to_picture(np.array([[(side - width) / 2 / side, 0.0]]))[0]
    matrix = np.array([[across, -down, left], [down, across, top]])
    cv2.warpAffine(rgb, matrix, (width, side), out, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=border)


def cut_out(rgb: Rgb, part: Region) -> tuple[Square, Rgb]:
    """The square around a part of the picture, in its pixels, and the part: outside of it a network sees nothing."""
    left, top, right, bottom = part
    return Square((right - left) / 2, (bottom - top) / 2, max(right - left, bottom - top)), rgb[top:bottom, left:right]
