"""What a reader of text is: finds text regions in a picture, and reads the crop of one region."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.frames import Image

Quad = NDArray[np.float32]
"""Four corners, shape (4, 2), in pixels, clockwise from the top left."""
UPRIGHT = 1.5
"""A crop this many times as high as wide is lettering turned by 90 degrees (PaddleOCR's rule)."""
PARAMETERS = {"upright": UPRIGHT}


class Reader(Protocol):
    """Detector and recognizer, loaded."""

    @property
    def together(self) -> int:
        """How many pictures are best given at a time: 1 on a CPU."""

    def detect(self, images: Sequence[Image], whole: int | None = None) -> list[list[Quad]]:
        """Text regions of each BGR picture, top to bottom; `whole` is the longer side of the picture that it is a part of."""

    def tile(self, image: Image) -> float:
        """Side, in pixels of a picture, of the squares that parts of it are best made of."""

    def recognize(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence (0..1) of each upright crop."""

    def release(self) -> None:
        """Give back what memory no later call needs: a video is done."""


@dataclass(frozen=True)
class Choice:
    """A reader that can be made on this machine, and all that its results depend on."""

    packages: tuple[str, ...]
    weights: tuple[Path, ...]
    parameters: Mapping[str, Any]
    make: Callable[[], Reader]


def crop(image: Image, quad: Quad) -> Image:
    """The region as an upright picture, at least one pixel wide and high."""
    a, b, c, d = quad.tolist()
    width = max(1, int(max(math.dist(a, b), math.dist(c, d))))
    height = max(1, int(max(math.dist(a, d), math.dist(b, c))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    turned = height >= UPRIGHT * width
    return np.ascontiguousarray(np.rot90(flat) if turned else flat, np.uint8)
