"""Still pictures, graded and cropped into vertical canvases that a shot pans over.

Credits: `face` is the official portrait of Rear Admiral Grace Hopper (James S. Davis, U.S. Navy, public domain), which
matplotlib ships. `temple` (china.jpg) and `flower` (flower.jpg) are by danielbuechele on Flickr, CC BY 2.0, and come with
scikit-learn. `glow` is drawn here.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]

CANVAS_SCALE = 1.22  # a canvas is this much larger than the frame, so that a shot can move without leaving it
_FACE_CENTER = (0.52, 0.38)
# Name tag and ribbons, painted over since they would be read as text: left, top, right, bottom in pixels.
_READABLE = ((74, 480, 176, 522), (318, 484, 458, 532))


@dataclass(frozen=True)
class Canvas:
    """One picture as planes (YUV 4:2:0, full range of 8 bits): `luma` in full size, `blue` and `red` chroma in half."""

    luma: Image
    blue: Image
    red: Image

    @property
    def planes(self) -> tuple[Image, Image, Image]:
        """The planes in the order of I420."""
        return self.luma, self.blue, self.red


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


def canvas(picture: str, crop: Crop, grade: Grade, *, width: int, height: int, pattern: int = 0) -> Canvas:
    """A canvas of CANVAS_SCALE times (width, height) pixels for one shot; `pattern` seeds the drawn glow."""
    size = (round(width * CANVAS_SCALE / 2) * 2, round(height * CANVAS_SCALE / 2) * 2)
    source = _glow(pattern) if picture == "glow" else _photo(picture)
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
        for left, top, right, bottom in _READABLE:
            photo[top:bottom, left:right] = photo[top - 4 : top - 3, left:right]
        return photo
    from sklearn.datasets import load_sample_image  # noqa: PLC0415

    rgb = load_sample_image({"temple": "china.jpg", "flower": "flower.jpg"}[name])
    bgr = np.ascontiguousarray(rgb[:, :, ::-1])
    # The temple's railings read as AAAA when sharp.
    return np.asarray(cv2.GaussianBlur(bgr, (0, 0), 1.6), np.uint8) if name == "temple" else bgr


def _glow(pattern: int) -> Image:
    """Soft patches of colour without edges (which could be read as letters), 360x640."""
    coarse = np.random.default_rng(pattern).integers(0, 256, (7, 4, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (360, 640), interpolation=cv2.INTER_CUBIC), np.uint8)


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


def _graded(image: Image, grade: Grade) -> Canvas:
    """The picture with the video's own brightness, contrast and colour, so that these say nothing about its content."""
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    luma = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    _, red, blue = (plane.astype(np.float32) for plane in cv2.split(cv2.cvtColor(half, cv2.COLOR_BGR2YCrCb)))
    luma = (luma - luma.mean()) * (grade.contrast / max(float(luma.std()), 1.0)) + grade.brightness
    red, blue = red - red.mean(), blue - blue.mean()
    gain = min(grade.saturation / max(float(np.hypot(red, blue).mean()), 1.0), 3.0)
    red, blue = red * gain + 128 + grade.warmth, blue * gain + 128 - grade.warmth
    # Video keeps luma in 16..235, chroma in 16..240.
    luma, blue, red = luma * (219 / 255) + 16, (blue - 128) * (224 / 255) + 128, (red - 128) * (224 / 255) + 128
    return Canvas(*(np.clip(plane, 16, 240).astype(np.uint8) for plane in (luma, blue, red)))
