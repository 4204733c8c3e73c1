"""RapidOCR: the PP-OCRv6 networks of its wheel, with its decoding of their output.

Pre-processing is done here: RapidOCR's own computes in 64-bit floats and takes a fifth of the detector's time.
"""

import math
import threading
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.batches import Batches
from services.analyzer.device import Device, Runtime, choose
from services.analyzer.engines.base import package_folder
from services.analyzer.engines.text.networks import Tensor, network
from services.analyzer.engines.text.reader import Choice, Quad
from services.analyzer.frames import Image
from services.analyzer.runtimes import CUDA_OPTIONS
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName

DETECTOR, RECOGNIZER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
SIDE, STRIDE = 512, 32
"""The detector sees the picture with a longer side of 512 pixels: as many overlays found as with 640, at 0.65 of the time."""
LINE_HEIGHT, LINE_WIDTH = 48, 160
"""The recognizer's input height and least width; RapidOCR pads to 320, at twice the time for short words."""
BATCH = 8
"""Pictures, or lines, that a GPU is given at a time; lines are as wide as a multiple of LINE_WIDTH there, so some are alike."""
PARAMETERS = {"detector_side": SIDE, "line": [LINE_HEIGHT, LINE_WIDTH], "confidence": "of letters in either case"}


def choice(settings: EngineSettings) -> Choice:
    """RapidOCR on the device that was asked for. Raises Unavailable when that is not there."""
    device = choose(EngineName.TEXT, Runtime.ONNXRUNTIME, settings)
    parameters = {**PARAMETERS, "device": device, **({"cuda": CUDA_OPTIONS, "batch": BATCH} if device is Device.CUDA else {})}
    return Choice(("rapidocr", "onnxruntime"), weights(), parameters, lambda: loaded(device))


def loaded(device: Device) -> "RapidReader":
    """The reader of this process, loaded the first time; several engines may use it at once, in threads of their own."""
    with _loading:
        if device not in _loaded:
            batches = _batches.setdefault(device, Batches(EngineName.TEXT, device, BATCH))
            _loaded[device] = RapidReader(device, batches)
        return _loaded[device]


def weights() -> tuple[Path, Path]:
    """Detector and recognizer. Raises Unavailable when RapidOCR is not installed."""
    folder = package_folder("rapidocr") / "models"
    return folder / DETECTOR, folder / RECOGNIZER


_loaded: dict[Device, "RapidReader"] = {}
_batches: dict[Device, Batches] = {}
"""They outlive a reader that did not fit into the GPU's memory: the second time it is no accident."""
_loading = threading.Lock()


class RapidReader:
    """Both networks, loaded."""

    def __init__(self, device: Device = Device.CPU, batches: Batches | None = None) -> None:
        from rapidocr.ch_ppocr_det.utils import DBPostProcess  # noqa: PLC0415 - 1.2 s
        from rapidocr.ch_ppocr_rec.utils import CTCLabelDecode  # noqa: PLC0415

        self._device = device
        self._batches = batches = batches or Batches(EngineName.TEXT, device, BATCH)
        detector, recognizer = weights()
        self._detector = network(detector, device, batches, least=(1, 3, STRIDE, STRIDE))
        self._recognizer = network(recognizer, device, batches, least=(1, 3, LINE_HEIGHT, LINE_WIDTH))
        self._regions = DBPostProcess(thresh=0.3, box_thresh=0.5, unclip_ratio=1.6, use_dilation=True)  # RapidOCR's own values
        self._decode = CTCLabelDecode(character=self._recognizer.metadata["character"].splitlines())
        self._other_case = _other_case(self._decode.character)
        self.detect([np.full((640, 360, 3), 127, np.uint8)])
        self.recognize([np.full((LINE_HEIGHT, LINE_WIDTH, 3), 127, np.uint8)])

    @property
    def together(self) -> int:
        """See Reader; fewer since the GPU's memory ran out."""
        return self._batches.size

    def detect(self, images: Sequence[Image], whole: int | None = None) -> list[list[Quad]]:
        """Text regions, top to bottom; a part of a picture is seen at the whole one's scale."""
        maps = self._detector.run([detector_input(image, whole) for image in images])
        return [self._quads(*each) for each in zip(maps, images, strict=True)]

    def _quads(self, text: Tensor, image: Image) -> list[Quad]:
        boxes, _ = self._regions(text, image.shape[:2])
        quads = [np.asarray(box, np.float32) for box in boxes]
        return sorted(quads, key=lambda quad: (float(quad[0, 1]), float(quad[0, 0])))

    def tile(self, image: Image) -> float:
        """What becomes one stride of the detector; on a GPU the whole picture, because each new shape costs time."""
        longer = max(image.shape[:2])
        return float(longer) if self._device is Device.CUDA else STRIDE * max(1.0, longer / SIDE)

    def recognize(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence of each crop. Only lines of one width share a batch: a neighbour's would change the result.

        A letter is as sure as its two cases together: WOW may be wow, and is sure to be one of them.
        """
        step = LINE_WIDTH if self._device is Device.CUDA else 1
        return [self._said(shares) for shares in self._recognizer.run([line_input(crop, step) for crop in crops])]

    def release(self) -> None:
        """See Reader."""
        self._detector.release()
        self._recognizer.release()

    def _said(self, shares: Tensor) -> tuple[str, float]:
        best = shares.argmax(axis=2)
        other = self._other_case[best]
        sure = shares.max(axis=2) + np.where(other != best, np.take_along_axis(shares, other[:, :, None], axis=2)[:, :, 0], 0)
        [(text, confidence)], _ = self._decode.decode(best, sure, remove_duplicate=True)
        return str(text), min(1.0, float(confidence))


def _other_case(characters: Sequence[str]) -> NDArray[np.intp]:
    """For each character the position of the same letter in the other case; its own where there is none."""
    at = {character: k for k, character in enumerate(characters)}
    return np.array([at.get(c.swapcase(), k) if len(c) == 1 else k for k, c in enumerate(characters)], np.intp)


def detector_input(image: Image, whole: int | None = None) -> Tensor:
    """Shape (1, 3, h, w), BGR in -1..1, sides a multiple of 32, never larger than the picture."""
    height, width = image.shape[:2]
    scale = min(1.0, SIDE / (whole or max(height, width)))
    size = tuple(max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in (width, height))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.dnn.blobFromImage(small, 1 / 127.5, None, (127.5, 127.5, 127.5)), np.float32)


def line_input(crop: Image, step: int = 1) -> Tensor:
    """Shape (1, 3, 48, w), w a multiple of `step`, BGR in -1..1, padded with 0 on the right."""
    height, width = crop.shape[:2]
    inside = max(1, math.ceil(LINE_HEIGHT * width / height))
    line = np.zeros((1, 3, LINE_HEIGHT, math.ceil(max(LINE_WIDTH, inside) / step) * step), np.float32)
    scaled = cv2.resize(crop, (inside, LINE_HEIGHT))
    line[0, :, :, :inside] = scaled.transpose(2, 0, 1) / np.float32(127.5) - 1
    return line
