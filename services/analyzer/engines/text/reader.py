"""RapidOCR's detector and recognizer behind two plain functions, one thread each."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from services.analyzer.frames import Image

Backend = Literal["openvino", "onnxruntime"]
Quad = NDArray[np.float32]
"""Four corners, shape (4, 2), in pixels, clockwise from the top left."""
DETECTOR, RECOGNIZER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


def precision(backend: Backend) -> str:
    """The arithmetic the backend uses on this processor: it changes results, so it is part of the fingerprint."""
    if backend == "onnxruntime":
        return "f32"
    from openvino import Core  # noqa: PLC0415 - 0.1 s, only where it is installed

    return "bf16" if "BF16" in Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


class Reader:
    """Both networks, loaded."""

    def __init__(self, backend: Backend) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 - 1.2 s
        from rapidocr.utils.typings import EngineType  # noqa: PLC0415

        engine = EngineType(backend)
        threads = (
            {"inference_num_threads": 1} if backend == "openvino" else {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
        )
        self._ocr = RapidOCR(
            params={
                "Global.log_level": "error", "Global.use_cls": False, "Det.engine_type": engine, "Rec.engine_type": engine,
                "Det.limit_type": "max", "Det.limit_side_len": 640,
                **{f"EngineConfig.{backend}.{key}": value for key, value in threads.items()},
            }
        )  # fmt: skip
        self._detector: Any = self._ocr._load_det_model()  # the release has no public way
        self._recognizer: Any = self._ocr._load_rec_model()
        self.detect(np.full((640, 360, 3), 127, np.uint8))

    def detect(self, image: Image) -> list[Quad]:
        """Text regions, top to bottom."""
        boxes = self._detector(image).boxes
        return [] if boxes is None else [np.asarray(box, np.float32) for box in boxes]

    def crop(self, image: Image, quads: list[Quad]) -> list[Image]:
        """The regions as upright pictures."""
        return list(self._ocr.crop_text_regions(image, np.array(quads))) if quads else []

    def recognize(self, crops: list[Image]) -> list[tuple[str, float]]:
        """Text and confidence of each crop. One crop at a time: in a batch the neighbours' widths change a result."""
        from rapidocr.ch_ppocr_rec import TextRecInput  # noqa: PLC0415

        found = [self._recognizer(TextRecInput(img=[crop], return_word_box=False)) for crop in crops]
        return [(str(result.txts[0]), float(result.scores[0])) for result in found]
