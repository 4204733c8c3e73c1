"""Recognizes only what changed: a crop that looks as it did one sample ago, in the same place, keeps its reading."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.counters import Counters
from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.text.reader import Quad, Reader
from services.analyzer.frames import Image

SIGNATURE = (96, 16)
SAME_CROP, SURE, MAX_READS = 0.85, 0.9, 2
MIN_CONFIDENCE, SHORT, SHORT_CONFIDENCE = 0.7, 3, 0.9


@dataclass(frozen=True)
class Reading:
    """One text in one sample; the box is in fractions of the frame."""

    text: str
    confidence: float
    box: Rect


@dataclass
class _Crop:
    rect: Rect
    signature: NDArray[np.float32]
    picture: Image
    text: str = ""
    confidence: float = 0.0
    reads: int = 0


class Gate:
    """Remembers the crops of the sample before."""

    def __init__(self, reader: Reader, counters: Counters) -> None:
        self._reader, self._counters = reader, counters
        self._before: list[_Crop] = []

    def read(self, image: Image) -> list[Reading]:
        """All readings of one BGR picture that are sure enough."""
        self._counters.call("text.detector")
        quads = self._reader.detect(image)
        self._counters.call("text.regions", len(quads))
        pictures = self._reader.crop(image, quads)
        crops = [_Crop(_rect(quad), _signature(picture), picture) for quad, picture in zip(quads, pictures, strict=True)]
        for crop in crops:
            self._inherit(crop)
        self._recognize([crop for crop in crops if not crop.reads or (crop.confidence < SURE and crop.reads < MAX_READS)])
        self._before = crops
        height, width = image.shape[:2]
        return [_reading(crop, width, height) for crop in crops if _believable(crop)]

    def _inherit(self, crop: _Crop) -> None:
        for old in self._before:
            if _same_place(old.rect, crop.rect) and float((old.signature * crop.signature).sum()) > SAME_CROP:
                crop.text, crop.confidence, crop.reads = old.text, old.confidence, old.reads
                return

    def _recognize(self, crops: list[_Crop]) -> None:
        """Read new crops, and again those read unsurely before: a text that fades in gets clearer."""
        if not crops:
            return
        self._counters.call("text.recognizer", len(crops))
        for crop, (text, confidence) in zip(crops, self._reader.recognize([c.picture for c in crops]), strict=True):
            crop.reads += 1
            if confidence >= crop.confidence:
                crop.text, crop.confidence = text.strip(), confidence


def _believable(crop: _Crop) -> bool:
    """Up to three letters are often stars or folds in a texture: they need more confidence."""
    letters = sum(ch.isalnum() for ch in crop.text)
    return letters > 0 and crop.confidence >= (MIN_CONFIDENCE if letters > SHORT else SHORT_CONFIDENCE)


def _reading(crop: _Crop, width: int, height: int) -> Reading:
    x, y, w, h = crop.rect
    return Reading(crop.text, min(1.0, crop.confidence), Rect(x / width, y / height, w / width, h / height))


def _rect(quad: Quad) -> Rect:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Rect(float(left), float(top), float(right - left), float(bottom - top))


def _same_place(a: Rect, b: Rect) -> bool:
    (ax, ay), (bx, by) = a.centre, b.centre
    slack = 0.5 * b.height + 3
    return abs(ax - bx) < slack and abs(ay - by) < slack and abs(a.width - b.width) < 0.12 * b.width + 4


def _signature(picture: Image) -> NDArray[np.float32]:
    gray = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), SIGNATURE, interpolation=cv2.INTER_AREA).astype(np.float32)
    gray -= gray.mean()
    normed: NDArray[np.float32] = gray / (np.linalg.norm(gray) + 1e-6)
    return normed
