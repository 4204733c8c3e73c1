"""What a `*_unified_analysis.json` holds, as far as it is evidence; everything else in it is ignored.

Left out on purpose: faces and poses (counts and landmark counts without boxes), sticker blobs (bright areas), object "tracks"
(one per frame and class), the energy of sound (relative, in windows of seconds). They can't be turned into what these names
mean here.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Corners = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class Part(BaseModel):
    """A part of the document: unknown fields are ignored, numbers must be numbers."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


def _text_corners(value: Any) -> Any:
    """`[x, y, width, height]` or four `[x, y]` points, both of which the earlier text reader wrote."""
    if isinstance(value, list) and len(value) == 4 and all(isinstance(point, list) and len(point) == 2 for point in value):
        across, down = [point[0] for point in value], [point[1] for point in value]
        return min(across), min(down), max(across), max(down)
    if isinstance(value, list) and len(value) == 4 and all(isinstance(number, int | float) for number in value):
        x, y, width, height = value
        return x, y, x + width, y + height
    raise ValueError("a text box is [x, y, width, height] or four points [x, y]")


class TextSeen(Part):
    """One reading of a text in one frame."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    confidence: Annotated[float, Field(ge=0, le=1)]
    timestamp: Annotated[float, Field(ge=0)]
    bbox: Annotated[Corners, BeforeValidator(_text_corners)]


class ObjectSeen(Part):
    """One box in one frame."""

    className: Annotated[str, StringConstraints(min_length=1)]  # noqa: N815 - the earlier system's spelling
    confidence: Annotated[float, Field(ge=0, le=1)]
    timestamp: Annotated[float, Field(ge=0)]
    bbox: Corners


class Spoken(Part):
    """One segment of the transcript."""

    start: Annotated[float, Field(ge=0)]
    end: Annotated[float, Field(ge=0)]
    text: str


class Looked(Part):
    """How many frames a detector looked at: the only thing that tells "nothing there" from "no weights"."""

    frames_analyzed: Annotated[int, Field(ge=0)] | None = None


class Texts(Part):
    """The text reader's part."""

    textAnnotations: tuple[TextSeen, ...]  # noqa: N815 - the earlier system's spelling
    metadata: Looked = Looked()


class ObjectsSeen(Part):
    """The object detector's part."""

    objectAnnotations: tuple[ObjectSeen, ...]  # noqa: N815 - the earlier system's spelling
    metadata: Looked = Looked()


class Transcript(Part):
    """The speech recognizer's part; `duration` is how much sound it says it transcribed."""

    segments: tuple[Spoken, ...]
    language: str | None = None
    duration: Annotated[float, Field(ge=0)] = 0.0


class Scene(Part):
    """One scene: an interval between two changes."""

    start_time: Annotated[float, Field(ge=0)]
    end_time: Annotated[float, Field(gt=0)]


class Changes(Part):
    """The scene detector's part; the first change is often 0.0, which is no cut."""

    scene_changes: tuple[Annotated[float, Field(ge=0)], ...] = ()
    scenes: tuple[Scene, ...] = ()


class Detectors(Part):
    """Parts by detector; None where the document has none."""

    yolo: ObjectsSeen | None = None
    whisper: Transcript | None = None
    ocr: Texts | None = None
    scene_detection: Changes | None = None


class Stated(Part):
    """What the document says about the file. Its width and height may be a default: 1920x1080 of a portrait clip was seen."""

    duration: Annotated[float, Field(gt=0)]
    fps: Annotated[float, Field(gt=0)] | None = None
    width: Annotated[int, Field(gt=0)] | None = None
    height: Annotated[int, Field(gt=0)] | None = None


class UnifiedAnalysis(Part):
    """The whole document."""

    video_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    metadata: Stated
    pipeline_status: dict[str, bool] = {}
    ml_data: Detectors
