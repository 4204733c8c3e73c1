"""Burned-in text: white letters with a dark stroke, or on a plate, in the DejaVu fonts that matplotlib ships."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
_MARGIN = 0.05


@dataclass(frozen=True)
class Overlay:
    """One text on screen from start_s to end_s; `y` is its middle in frame heights, `size` the letters' in frame widths."""

    start_s: float
    end_s: float
    text: str
    y: float
    size: float
    plate: bool


@dataclass(frozen=True)
class Stamp:
    """A rendered overlay to be laid on a frame at (left, top), both even: its luma, premultiplied, and 1 - alpha.

    Letters and plates are grey, so chroma only fades to neutral: `keep_half` is 1 - alpha in half size.
    """

    left: int
    top: int
    luma: npt.NDArray[np.float32]
    keep: npt.NDArray[np.float32]
    keep_half: npt.NDArray[np.float32]

    def onto(self, planes: tuple[Pixels, Pixels, Pixels]) -> None:
        """Blend into the planes of a YUV 4:2:0 frame, in place."""
        _blend(planes[0], self.top, self.left, self.keep, self.luma)
        for chroma in planes[1:]:
            _blend(chroma, self.top // 2, self.left // 2, self.keep_half, (1.0 - self.keep_half) * 128)


def _blend(plane: Pixels, top: int, left: int, keep: npt.NDArray[np.float32], color: npt.NDArray[np.float32]) -> None:
    part = plane[top : top + keep.shape[0], left : left + keep.shape[1]]
    np.copyto(part, (part * keep + color).astype(np.uint8))


def stamp(overlay: Overlay, *, width: int, height: int) -> Stamp:
    """Render one overlay for frames of width x height pixels; long texts break into lines."""
    font = _font(max(12, round(overlay.size * width)))
    text = _wrapped(overlay.text, font, width * (1 - 2 * _MARGIN))
    stroke = 0 if overlay.plate else max(2, round(font.size / 10))
    scratch = ImageDraw.Draw(Image.new("RGBA", (8, 8)))
    box = scratch.multiline_textbbox((0, 0), text, font=font, stroke_width=stroke, align="center")
    pad = round(font.size * 0.35) if overlay.plate else 2
    columns, rows = round(box[2] - box[0]) + 2 * pad, round(box[3] - box[1]) + 2 * pad
    image = Image.new("LA", (columns, rows), (250, 240) if overlay.plate else (16, 0))
    ImageDraw.Draw(image).multiline_text(
        (pad - box[0], pad - box[1]),
        text,
        font=font,
        fill=(24, 255) if overlay.plate else (235, 255),
        stroke_width=stroke,
        stroke_fill=(16, 255),
        align="center",
    )
    return _placed(np.asarray(image, np.float32), overlay.y, width, height)


def _placed(grey: npt.NDArray[np.float32], y: float, width: int, height: int) -> Stamp:
    rows, columns = (min(size, limit) // 2 * 2 for size, limit in zip(grey.shape, (height, width), strict=False))
    luma, alpha = grey[:rows, :columns, 0], grey[:rows, :columns, 1] / 255.0
    top = int(np.clip(y * height - rows / 2, 0, height - rows)) // 2 * 2
    half = alpha.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
    left = (width - columns) // 4 * 2
    return Stamp(left=left, top=top, luma=luma * alpha, keep=1.0 - alpha, keep_half=1.0 - half)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, limit: float) -> str:
    lines: list[str] = []
    for word in text.split():
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(candidate) <= limit:
            lines[-1] = candidate
        else:
            lines.append(word)
    return "\n".join(lines)


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    import matplotlib as mpl  # noqa: PLC0415 - only its data folder is needed

    return ImageFont.truetype(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf", size)
