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
    """A rendered overlay: premultiplied BGR in 0..255 and 1 - alpha in 0..1, to be laid on the frame at (left, top)."""

    left: int
    top: int
    color: npt.NDArray[np.float32]
    keep: npt.NDArray[np.float32]

    def onto(self, frame: Pixels) -> None:
        """Blend into a BGR frame, in place."""
        rows, columns = self.keep.shape[:2]
        part = frame[self.top : self.top + rows, self.left : self.left + columns]
        np.copyto(part, (part * self.keep + self.color).astype(np.uint8))


def stamp(overlay: Overlay, *, width: int, height: int) -> Stamp:
    """Render one overlay for frames of width x height pixels; long texts break into lines."""
    font = _font(max(12, round(overlay.size * width)))
    text = _wrapped(overlay.text, font, width * (1 - 2 * _MARGIN))
    stroke = 0 if overlay.plate else max(2, round(font.size / 10))
    scratch = ImageDraw.Draw(Image.new("RGBA", (8, 8)))
    box = scratch.multiline_textbbox((0, 0), text, font=font, stroke_width=stroke, align="center")
    pad = round(font.size * 0.35) if overlay.plate else 2
    columns, rows = round(box[2] - box[0]) + 2 * pad, round(box[3] - box[1]) + 2 * pad
    image = Image.new("RGBA", (columns, rows), (255, 255, 255, 240) if overlay.plate else (0, 0, 0, 0))
    fill = (20, 24, 32, 255) if overlay.plate else (255, 255, 255, 255)
    ImageDraw.Draw(image).multiline_text(
        (pad - box[0], pad - box[1]),
        text,
        font=font,
        fill=fill,
        stroke_width=stroke,
        stroke_fill=(0, 0, 0, 255),
        align="center",
    )
    return _placed(np.asarray(image, np.float32), overlay.y, width, height)


def _placed(rgba: npt.NDArray[np.float32], y: float, width: int, height: int) -> Stamp:
    rgba = rgba[:height, :width]
    rows, columns = rgba.shape[:2]
    alpha = rgba[:, :, 3:] / 255.0
    top = int(np.clip(y * height - rows / 2, 0, height - rows))
    return Stamp(left=(width - columns) // 2, top=top, color=rgba[:, :, 2::-1] * alpha, keep=1.0 - alpha)


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
