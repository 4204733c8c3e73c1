"""What a `*_unified_analysis.json` holds, as far as it is evidence; everything else in it is ignored.

Left out on purpose: faces and poses (counts and landmark counts without boxes), sticker blobs (bright areas), object "tracks"
(one per frame and class), the energy of sound (relative, in windows of seconds). They can't be turned into what these names
mean here.
"""

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.contracts.analysis import VideoInfo

OUTSIDE = "outside_frame"
"""Type of the error for a box that does not fit the frame: either the box or the frame's size is wrong."""
_SLACK_PX = 2
Corners = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class Part(BaseModel):
    """A part of the document: unknown fields are ignored, numbers must be numbers."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


def _numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(isinstance(number, int | float) for number in value)


def _text_corners(value: Any) -> Any:
    """`[x, y, width, height]` or four `[x, y]` points, both of which the earlier text reader wrote."""
    if isinstance(value, list) and len(value) == 4 and all(_numbers(point, 2) for point in value):
        across, down = [point[0] for point in value], [point[1] for point in value]
        return min(across), min(down), max(across), max(down)
    if _numbers(value, 4):
        x, y, width, height = value
        return x, y, x + width, y + height
    raise ValueError("a text box is [x, y, width, height] or four points [x, y]")


def _video(info: ValidationInfo) -> VideoInfo:
    """The video that the records are checked against."""
    if not isinstance(info.context, VideoInfo):
        raise TypeError("a record is validated with its video as the context")
    return info.context


def _in_frame(corners: Corners, info: ValidationInfo) -> Corners:
    left, top, right, bottom = corners
    width, height = _video(info).width, _video(info).height
    told = f"from ({left:g}, {top:g}) to ({right:g}, {bottom:g}) in a frame of {width}x{height} pixels"
    if left >= right or top >= bottom or right <= 0 or bottom <= 0:
        raise ValueError(f"there is nothing in a box {told}")
    if right > width + _SLACK_PX or bottom > height + _SLACK_PX:
        raise PydanticCustomError(OUTSIDE, "a box {told}", {"told": told})
    return corners


def _in_time(time_s: float, info: ValidationInfo) -> float:
    if time_s >= _video(info).duration_s:
        raise ValueError(f"the video ends at {_video(info).duration_s:g} s")
    return time_s


Time = Annotated[float, Field(ge=0), AfterValidator(_in_time)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class TextSeen(Part):
    """One reading of a text in one frame."""

    text: Words
    confidence: Annotated[float, Field(ge=0, le=1)]
    timestamp: Time
    bbox: Annotated[Corners, BeforeValidator(_text_corners), AfterValidator(_in_frame)]


class ObjectSeen(Part):
    """One box in one frame."""

    className: Annotated[str, StringConstraints(min_length=1)]  # noqa: N815 - the earlier system's spelling
    confidence: Annotated[float, Field(ge=0, le=1)]
    timestamp: Time
    bbox: Annotated[Corners, AfterValidator(_in_frame)]


class Spoken(Part):
    """One segment of the transcript."""

    start: Time
    end: Annotated[float, Field(ge=0)]
    text: Words

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a segment from {self.start:g} to {self.end:g} s")
        return self


class Texts(Part):
    """The text reader's part."""

    textAnnotations: tuple[TextSeen, ...]  # noqa: N815 - the earlier system's spelling


class Looked(Part):
    """How many frames a detector looked at: the only thing that tells "nothing there" from "no weights"."""

    frames_analyzed: Annotated[int, Field(ge=0)] | None = None


class ObjectsSeen(Part):
    """The object detector's part."""

    objectAnnotations: tuple[ObjectSeen, ...]  # noqa: N815 - the earlier system's spelling
    metadata: Looked = Looked()


class Transcript(Part):
    """The speech recognizer's part; `duration` is how much sound it says it transcribed."""

    segments: tuple[Spoken, ...]
    language: str | None = None
    duration: Annotated[float, Field(ge=0)] | None = None


class Scene(Part):
    """One scene: an interval between two changes."""

    start_time: Annotated[float, Field(ge=0)]
    end_time: Annotated[float, Field(gt=0)]


class Changes(Part):
    """The scene detector's part; the first change is often 0.0, which is no cut."""

    scene_changes: tuple[Annotated[float, Field(ge=0)], ...] = ()
    scenes: tuple[Scene, ...] = ()


class Stated(Part):
    """What the document says about the file. Its width and height may be a default: 1920x1080 of a portrait clip was seen."""

    duration: Annotated[float, Field(gt=0)]
    fps: Annotated[float, Field(gt=0)] | None = None
    width: Annotated[int, Field(gt=0)] | None = None
    height: Annotated[int, Field(gt=0)] | None = None


class UnifiedAnalysis(Part):
    """The document's frame; `ml_data` holds the detectors' parts, to be read record by record."""

    video_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    metadata: Stated
    pipeline_status: dict[str, Any] = {}
    ml_data: dict[str, Any]
