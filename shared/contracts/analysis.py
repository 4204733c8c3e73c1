"""The analysis: everything the engines saw in one video, as typed intervals and samples.

Times are seconds from the first displayed frame; intervals are half-open [start_s, end_s). Boxes are fractions of the
displayed (rotated) frame. A block is None where its engine did not run: "not observed" is never an empty list.
"""

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from shared.contracts.base import ArtifactRef, Contract, Fraction, Seconds, Sha256, VideoId
from shared.contracts.people import People
from shared.contracts.spans import Box, Interval


class EngineName(StrEnum):
    """The detectors."""

    SCENES = "scenes"
    PEOPLE = "people"
    TEXT = "text"
    GRAPHICS = "graphics"
    SPEECH = "speech"
    AUDIO = "audio"
    VISUALS = "visuals"
    OBJECTS = "objects"


class EngineStatus(StrEnum):
    """`empty` means it ran, covered the video and saw nothing. There is no failed engine: then the video has no analysis."""

    OK = "ok"
    EMPTY = "empty"
    OFF = "off"


class Coverage(Contract):
    """What an engine really looked at: time of the first and last sample, the largest gap, number of samples."""

    first_s: Seconds
    last_s: Seconds
    largest_gap_s: Seconds
    samples: Annotated[int, Field(ge=1)]


class EngineReport(Contract):
    """How one engine did; `reason` says why it is off or what it could not tell.

    `fingerprint` covers version, packages, weights and parameters.
    """

    status: EngineStatus
    version: str | None = None
    fingerprint: Sha256 | None = None
    coverage: Coverage | None = None
    reason: str | None = None


class VideoInfo(Contract):
    """The probed file. Width and height are as displayed, after rotation and pixel aspect ratio."""

    sha256: Sha256
    duration_s: Annotated[float, Field(gt=0)]
    fps: Annotated[float, Field(gt=0)]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]
    frames: Annotated[int, Field(gt=0)]
    rotation: Literal[0, 90, 180, 270] = 0
    codec: str
    has_audio: bool


class Shot(Interval):
    """The stretch between two transitions; shot durations sum to the video's duration.

    `opens_with` is how it begins ("start" for the first one); `flashes_s` are sudden bright frames within it that are no cut.
    """

    opens_with: Literal["start", "cut", "fade", "dissolve"] | None = None
    flashes_s: tuple[Seconds, ...] | None = None


class Thumbnail(Contract):
    """A small picture of one shot, for reports: the time of its frame and the stored JPEG."""

    shot: Annotated[int, Field(ge=0)]
    t_s: Seconds
    image: ArtifactRef


class TextOverlay(Interval):
    """One text that stayed on screen: linked detections; box is their median; confidence their mean.

    `kind`: a caption follows the speech or changes line by line, a title stands large or alone, a sticker stands on its own
    backing or tilted, "scene" is lettering in the filmed world (a sign, a label), not put on by the editor.
    `letter_height` is the median height of its lines as a fraction of the frame height. `calls` are the languages (ISO 639-1)
    in which its words call to action.
    """

    text: str
    confidence: Fraction
    box: Box
    kind: Literal["caption", "title", "sticker", "scene"] | None = None
    letter_height: Fraction | None = None
    moves: bool | None = None
    calls: tuple[str, ...] | None = None


class Graphic(Interval):
    """A picture put on the video without letters: a sticker or emoji (small), or an insert (a photo, a screen, a logo)."""

    kind: Literal["sticker", "insert"]
    box: Box
    confidence: Fraction


class Word(Interval):
    """One spoken word with the recognizer's probability."""

    text: str
    confidence: Fraction


class SpeechSegment(Interval):
    """Someone speaks; text, language (ISO 639-1), words and confidence only where a recognizer ran."""

    text: str | None = None
    language: str | None = None
    confidence: Fraction | None = None
    words: tuple[Word, ...] | None = None


class VoicePitch(Contract):
    """Fundamental frequency over the voiced parts of speech: median, 10th and 90th percentile, and seconds voiced."""

    median_hz: Annotated[float, Field(gt=0)]
    low_hz: Annotated[float, Field(gt=0)]
    high_hz: Annotated[float, Field(gt=0)]
    voiced_s: Seconds


class Audio(Contract):
    """The sound track. Curves have one value per `step_s`, the first at 0 s; levels are dBFS RMS, -90 is the floor."""

    step_s: Annotated[float, Field(gt=0)]
    level_db: tuple[float, ...]
    brightness_hz: tuple[float, ...] = Field(description="spectral centroid per step, 0 where silent")
    integrated_lufs: float | None = None
    tempo_bpm: float | None = None
    onsets_s: tuple[Seconds, ...]
    silences: tuple[Interval, ...]
    momentary_lufs: tuple[float, ...] | None = Field(default=None, description="ITU-R BS.1770 momentary loudness per step")
    loudness_range_lu: float | None = None
    beats_s: tuple[Seconds, ...] | None = None
    music: tuple[Interval, ...] | None = Field(default=None, description="stretches with music, beneath speech too")
    pitch: VoicePitch | None = None


class Swatch(NamedTuple):
    """One dominant colour (sRGB as #rrggbb) and its share of the picture, as an engine makes it."""

    rgb: str
    share: float


Colour = tuple[Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")], Fraction]
"""A swatch as an analysis holds it: a plain pair, [rgb, share] in JSON, as there are many."""


class VisualSample(Contract):
    """One sampled frame; all in 0..1. `motion` is the mean absolute luma difference to the sample before, 0 at the first.

    `camera_x` and `camera_y` are the movement of the whole picture since the sample before in frame widths and heights per
    second (positive: to the right, down), `camera_zoom` its growth per second (0.1 = 10 % larger), None where nothing could
    be followed (the first sample, a cut, a plain surface).
    """

    t_s: Seconds
    brightness: Fraction
    contrast: Fraction
    saturation: Fraction
    warmth: Fraction
    sharpness: Annotated[float, Field(ge=0)]
    motion: Fraction
    palette: tuple[Colour, ...] | None = None
    camera_x: float | None = None
    camera_y: float | None = None
    camera_zoom: float | None = None


class ObjectSample(Contract):
    """One object in one sampled frame, class name as the detector's label set has it; `track` links it over time."""

    t_s: Seconds
    label: str
    confidence: Fraction
    box: Box
    track: Annotated[int, Field(ge=0)] | None = None


class Objects(Contract):
    """Objects of the sampled frames; `sampled_s` are the times that were looked at."""

    sampled_s: tuple[Seconds, ...]
    found: tuple[ObjectSample, ...]


class Provenance(Contract):
    """Where an imported analysis comes from. Unless `video_measured`, the facts of the file are what that system stated.

    Then `VideoInfo.sha256` is the document's, because nobody knows the file's. `records_dropped` is how many of its records
    could not be used; None where an import did not count them.
    """

    system: str
    document_sha256: Sha256
    video_id: VideoId
    video_measured: bool
    records_dropped: Annotated[int, Field(ge=0)] | None = None


class Analysis(Contract):
    """One video as the engines saw it. Holds no clock time and no client: the same video and engines give the same bytes."""

    schema_version: Literal[1] = 1
    video: VideoInfo
    profile: str = Field(description="which engines were on, and a digest of their fingerprints")
    engines: dict[EngineName, EngineReport]
    scenes: tuple[Shot, ...] | None
    text: tuple[TextOverlay, ...] | None
    speech: tuple[SpeechSegment, ...] | None
    people: People | None
    audio: Audio | None = Field(description="None where the file has no sound track or the engine did not run")
    visuals: tuple[VisualSample, ...] | None
    objects: Objects | None
    graphics: tuple[Graphic, ...] | None = None
    thumbnails: tuple[Thumbnail, ...] | None = None
    provenance: Provenance | None = Field(default=None, description="None where our own engines watched the video")
