"""PaddleOCR 3.x as the reader: its TextDetection and TextRecognition modules, with inference models from a given folder.

The folder holds `detector/` and `recognizer/`, each an inference model as PaddleOCR publishes it: inference.yml,
inference.json and inference.pdiparams.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from services.analyzer.batches import Batches
from services.analyzer.device import Device
from services.analyzer.engines.text.reader import Choice, Quad
from services.analyzer.frames import Image
from services.analyzer.settings import EngineSettings
from shared.artifacts import file_sha256
from shared.contracts.analysis import EngineName
from shared.errors import Unavailable

PACKAGES = ("paddleocr", "paddlepaddle")
PARTS = ("detector", "recognizer")
FILES = ("inference.yml", "inference.json", "inference.pdiparams")
DETECTION = {"limit_side_len": 512, "limit_type": "max", "thresh": 0.3, "box_thresh": 0.5, "unclip_ratio": 1.6}
"""The same limits as the other reader's; the names are those of paddleocr.TextDetection."""
BATCH = 8
"""Pictures, or lines, that a GPU is given at a time."""


def choice(settings: EngineSettings) -> Choice:
    """PaddleOCR as it is set up on this machine. Raises Unavailable when the packages or models are missing."""
    if find_spec("paddleocr") is None or find_spec("paddle") is None:
        raise Unavailable(
            "RUMIAI_TEXT_READER is paddleocr, but PaddleOCR is not installed: install paddleocr 3.x and paddlepaddle, or set "
            "RUMIAI_TEXT_READER=rapidocr."
        )
    folder, device = model_folder(settings), _device(settings)
    batch = {} if device == "cpu" else {"batch": BATCH}
    files = {f"{part}/{name}": folder / part / name for part in PARTS for name in FILES}
    digests = {name: _sha256(path) for name, path in files.items()}
    parameters = {"detection": DETECTION, "weights": digests, "device": device, **batch}
    batches = Batches(EngineName.TEXT, Device.CPU if device == "cpu" else Device.CUDA, BATCH)
    return Choice(PACKAGES, tuple(files.values()), parameters, lambda: PaddleReader(folder, device, batches))


def model_folder(settings: EngineSettings) -> Path:
    """The folder with both models. Raises Unavailable with what is missing."""
    folder = settings.paddleocr_weights
    if folder is None:
        raise Unavailable(
            "RUMIAI_TEXT_READER is paddleocr, but its models are not given: set RUMIAI_PADDLEOCR_WEIGHTS to a folder with "
            "detector/ and recognizer/."
        )
    missing = [f"{part}/{name}" for part in PARTS for name in FILES if not (folder / part / name).is_file()]
    if missing:
        raise Unavailable(
            f"The folder of RUMIAI_PADDLEOCR_WEIGHTS misses {', '.join(missing)}: put PaddleOCR's inference models there."
        )
    return folder


def _device(settings: EngineSettings) -> str:
    """As for other runtimes: the GPU where Paddle has one. Raises Unavailable where it was asked for and may not be left."""
    if settings.device == "cpu":
        return "cpu"
    import paddle  # type: ignore[import-not-found]  # noqa: PLC0415 - seconds, and not always installed

    if paddle.device.is_compiled_with_cuda() and paddle.device.cuda.device_count() > 0:
        return "gpu:0"
    if settings.device == "auto" or settings.device_fallback:
        return "cpu"
    raise Unavailable(
        "RUMIAI_DEVICE is cuda, but Paddle reports no CUDA GPU: install paddlepaddle-gpu, set RUMIAI_DEVICE=auto, or"
        " RUMIAI_DEVICE_FALLBACK=true to let it run on the CPU."
    )


class PaddleReader:
    """Both modules, loaded."""

    def __init__(self, folder: Path, device: str, batches: Batches) -> None:
        """Load them. Raises as `Batches.once`."""
        from paddleocr import TextDetection, TextRecognition  # type: ignore[import-not-found]  # noqa: PLC0415

        names = [model_name(folder / part) for part in PARTS]
        common, self._device = {"device": device, "cpu_threads": 1}, device
        folders = [str(folder / part) for part in PARTS]
        self._batches = batches
        self._detector, self._recognizer = batches.once(
            lambda: (
                TextDetection(model_name=names[0], model_dir=folders[0], **DETECTION, **common),
                TextRecognition(model_name=names[1], model_dir=folders[1], **common),
            )
        )

    @property
    def together(self) -> int:
        """See Reader; fewer since the GPU's memory ran out."""
        return self._batches.size

    def detect(self, images: Sequence[Image], whole: int | None = None) -> list[list[Quad]]:  # noqa: ARG002 - at its own scale
        """Text regions, top to bottom."""
        return self._batches.run(lambda part: list(map(quads, _predicted(self._detector, part))), images)

    def tile(self, image: Image) -> float:  # noqa: ARG002 - its pre-processing rounds any size
        """PaddleOCR's detectors halve a picture five times."""
        return 32.0

    def recognize(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence of each crop."""
        return self._batches.run(lambda part: list(map(line, _predicted(self._recognizer, part))), crops)

    def release(self) -> None:
        """Paddle keeps freed memory for itself until it is asked."""
        if self._device != "cpu":
            import paddle  # noqa: PLC0415 - loaded with the models

            paddle.device.cuda.empty_cache()


def _predicted(module: Any, images: Sequence[Image]) -> list[Mapping[str, Any]]:
    """One result per picture."""
    return list(module.predict(list(images), batch_size=len(images)))


def quads(result: Mapping[str, Any]) -> list[Quad]:
    """Regions of one picture from TextDetection's result: `dt_polys`, four corners each, clockwise from the top left."""
    found = [np.asarray(polygon, np.float32).reshape(4, 2) for polygon in result["dt_polys"]]
    return sorted(found, key=lambda quad: (float(quad[0, 1]), float(quad[0, 0])))


def line(result: Mapping[str, Any]) -> tuple[str, float]:
    """Text and confidence of one crop from TextRecognition's result: `rec_text` and `rec_score`."""
    return str(result["rec_text"]), float(result["rec_score"])


def model_name(folder: Path) -> str:
    """The name that an inference model's inference.yml gives it; PaddleOCR refuses a model under another name."""
    return str(yaml.safe_load((folder / FILES[0]).read_text(encoding="utf-8"))["Global"]["model_name"])


@cache
def _sha256(path: Path) -> str:
    return file_sha256(path)
