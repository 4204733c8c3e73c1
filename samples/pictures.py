"""Still pictures, graded and cropped into vertical canvases that a shot pans over.

Credits: `face` is the official portrait of Rear Admiral Grace Hopper (James S. Davis, U.S. Navy, public domain), which
matplotlib ships. `temple` (china.jpg) and `flower` (flower.jpg) are by danielbuechele on Flickr, CC BY 2.0, and come with
scikit-learn. `shapes` is drawn here.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]

PICTURES = ("face", "temple", "flower", "shapes")
CANVAS_SCALE = 1.22  # a canvas is this much larger than the frame, so that a shot can move without leaving it
_FACE_CENTER = (0.52, 0.38)
_NAME_TAG = (74, 480, 176, 522)  # left, top, right, bottom in pixels of the portrait


@dataclass(frozen=True)
class Grade:
    """How a whole video looks: luma mean and deviation in 0..255, mean chroma distance, and warmth (red against blue)."""

    brightness: float
    contrast: float
    saturation: float
    warmth: float


@dataclass(frozen=True)
class Crop:
    """Which part of a picture a shot shows: zoom 1 is the largest 9:16 crop; x, y in 0..1 place a tighter one."""

    zoom: float
    x: float
    y: float
    mirror: bool


def canvas(picture: str, crop: Crop, grade: Grade, *, width: int, height: int, pattern: int = 0) -> Image:
    """A BGR canvas of CANVAS_SCALE times (width, height) pixels for one shot; `pattern` seeds the drawn shapes."""
    size = (round(width * CANVAS_SCALE), round(height * CANVAS_SCALE))
    source = _shapes(pattern) if picture == "shapes" else _photo(picture)
    part = _cropped(source, crop, face=picture == "face")
    if crop.mirror:
        part = np.ascontiguousarray(part[:, ::-1])
    return _graded(cv2.resize(part, size, interpolation=cv2.INTER_CUBIC), grade)


@lru_cache(maxsize=4)
def _photo(name: str) -> Image:
    if name == "face":
        from matplotlib.cbook import get_sample_data  # noqa: PLC0415 - slow to import, not needed by every caller

        data = Path(str(get_sample_data("grace_hopper.jpg", asfileobj=False))).read_bytes()
        photo = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        left, top, right, bottom = _NAME_TAG
        photo[top:bottom, left:right] = photo[top - 4 : top - 3, left:right]  # else it would be read as text on screen
        return photo
    from sklearn.datasets import load_sample_image  # noqa: PLC0415

    rgb = load_sample_image({"temple": "china.jpg", "flower": "flower.jpg"}[name])
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _shapes(pattern: int) -> Image:
    """Soft coloured discs over a gradient, 360x640."""
    random = np.random.default_rng(pattern)
    top, bottom = random.integers(30, 226, (2, 3)).astype(np.float32)
    ramp = np.linspace(0, 1, 640, dtype=np.float32)[:, None, None]
    image = np.ascontiguousarray(np.broadcast_to(top * (1 - ramp) + bottom * ramp, (640, 360, 3)).astype(np.uint8))
    for _ in range(9):
        center = (int(random.integers(0, 360)), int(random.integers(0, 640)))
        color = tuple(int(value) for value in random.integers(0, 256, 3))
        cv2.circle(image, center, int(random.integers(30, 130)), color, -1, cv2.LINE_AA)
    return image


def _cropped(source: Image, crop: Crop, *, face: bool) -> Image:
    rows, columns = source.shape[:2]
    height = min(rows, columns * 16 / 9) / crop.zoom
    width = height * 9 / 16
    if face:  # x and y move the crop a little around the face, which stays inside
        left = _FACE_CENTER[0] * columns - width / 2 + (crop.x - 0.5) * 0.12 * width
        top = _FACE_CENTER[1] * rows - height / 2 + (crop.y - 0.5) * 0.2 * height
    else:
        left, top = (0.1 + 0.65 * crop.x) * (columns - width), crop.y * (rows - height)  # not only leaves out of focus
    left, top = np.clip(left, 0, columns - width), np.clip(top, 0, rows - height)
    return source[int(top) : int(top + height), int(left) : int(left + width)]


def _graded(image: Image, grade: Grade) -> Image:
    """The picture with the video's own brightness, contrast and colour, so that these say nothing about its content."""
    luma, red, blue = (plane.astype(np.float32) for plane in cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb)))
    luma = (luma - luma.mean()) * (grade.contrast / max(float(luma.std()), 1.0)) + grade.brightness
    red, blue = red - red.mean(), blue - blue.mean()
    distance = max(float(np.hypot(red, blue).mean()), 1.0)
    gain = min(grade.saturation / distance, 3.0)
    red, blue = red * gain + 128 + grade.warmth, blue * gain + 128 - grade.warmth
    planes = [np.clip(plane, 0, 255).astype(np.uint8) for plane in (luma, red, blue)]
    return np.asarray(cv2.cvtColor(cv2.merge(planes), cv2.COLOR_YCrCb2BGR), np.uint8)
