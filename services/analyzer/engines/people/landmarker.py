"""The Tasks face landmarker, for which a person brings the bundle: landmarks with blendshapes in one call."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.errors import Unavailable

SETTING = "RUMIAI_FACE_LANDMARKER"
NEUTRAL = "_neutral"
"""A blendshape that is no measure: always 0."""


def require(bundle: Path) -> Path:
    """The bundle if it is a file. Raises Unavailable."""
    if not bundle.is_file():
        raise Unavailable(f"{SETTING}: there is no file {bundle}; name a face_landmarker.task, or unset it.")
    return bundle


class Landmarker:
    """One face at a time, in a crop around it."""

    def __init__(self, bundle: Path) -> None:
        """Load the bundle. Raises Unavailable where it is no such bundle."""
        import mediapipe  # noqa: PLC0415 - 1.5 s
        from mediapipe.tasks import python as tasks  # noqa: PLC0415

        self._image: Any = mediapipe
        options = tasks.vision.FaceLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=require(bundle).read_bytes()),
            num_faces=1, min_face_detection_confidence=0.3, min_face_presence_confidence=0.3, output_face_blendshapes=True,
        )  # fmt: skip
        try:
            self._graph = tasks.vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            raise Unavailable(f"{SETTING}: {bundle} is no face landmarker bundle of MediaPipe Tasks.") from error

    def look(self, crop: NDArray[np.uint8]) -> tuple[Any, dict[str, float] | None]:
        """478 landmarks as fractions of the crop, and the 51 blendshapes from 0 to 1; None and None without a face."""
        image = self._image.Image(image_format=self._image.ImageFormat.SRGB, data=crop)
        found = self._graph.detect(image)
        if not found.face_landmarks:
            return None, None
        shapes = {shape.category_name: min(1.0, max(0.0, round(float(shape.score), 4))) for shape in found.face_blendshapes[0]}
        return found.face_landmarks[0], {name: score for name, score in sorted(shapes.items()) if name != NEUTRAL}
