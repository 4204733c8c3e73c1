"""The analysis: everything the engines saw in one video, as typed intervals and samples.

Times are seconds from the first displayed frame; intervals are half-open [start_s, end_s). Boxes are fractions of the
displayed (rotated) frame. A block is None where its engine did not run or failed: "not observed" is never an empty list.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from shared.contracts.base import Contract, Fraction, Seconds, Sha256


class Box(Contract):
    """A rectangle inside the frame; x, y is its top left corner."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction


class Interval(Contract):
    """[start_s, end_s) with start_s < end_s."""

    start_s: Seconds
    end_s: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> "Interval":
        if self.end_s <= self.start_s:
            raise ValueError(f"interval ends at {self.end_s} s, before it starts at {self.start_s} s")
        return self

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


class EngineName(StrEnum):
    """The detectors."""

    SCENES = "scenes"
    PEOPLE = "people"
    TEXT = "text"
    SPEECH = "speech"
    AUDIO = "audio"
    VISUALS = "visuals"
    OBJECTS = "objects"


class EngineStatus(StrEnum):
    """`empty` means it ran, covered the video and saw nothing."""

    OK = "ok"
    EMPTY = "empty"
    OFF = "off"
    FAILED = "failed"


class Coverage(Contract):
    """What an engine really looked at: time of the first and last sample, the largest gap, number of samples."""

    first_s: Seconds
    last_s: Seconds
    largest_gap_s: Seconds
    samples: Annotated[int, Field(ge=1)]


class EngineReport(Contract):
    """How one engine did; `reason` says why it is off or failed; `fingerprint` covers version, weights, parameters."""

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
    """The stretch between two cuts; shot durations sum to the video's duration."""


class TextOverlay(Interval):
    """One text that stayed on screen: linked detections; box is their median; confidence their mean."""

    text: str
    confidence: Fraction
    box: Box


class SpeechSegment(Interval):
    """Someone speaks; text and language only where a recognizer ran."""

    text: str | None = None
    language: str | None = None


class FaceSample(Contract):
    """One face in one sampled frame; angles in degrees, openness and smile are landmark ratios (proxies)."""

    t_s: Seconds
    box: Box
    confidence: Fraction
    track: Annotated[int, Field(ge=0)]
    yaw_deg: float | None = None
    pitch_deg: float | None = None
    roll_deg: float | None = None
    mouth_open: float | None = None
    eyes_open: float | None = None
    smile_proxy: float | None = None


class PoseSample(Contract):
    """One body in one sampled frame; `shoulder_width` is a fraction of the frame width."""

    t_s: Seconds
    box: Box
    confidence: Fraction
    shoulder_width: float | None = None
    hands_raised: bool | None = None


class HandSample(Contract):
    """One hand in one sampled frame; `gesture` is read from landmarks, None where none fits."""

    t_s: Seconds
    box: Box
    confidence: Fraction
    side: Literal["left", "right"]
    gesture: Literal["open_palm", "pointing", "thumbs_up", "fist", "victory"] | None = None


class People(Contract):
    """Faces, poses and hands of the sampled frames; `sampled_s` are the times that were looked at."""

    sampled_s: tuple[Seconds, ...]
    faces: tuple[FaceSample, ...]
    poses: tuple[PoseSample, ...]
    hands: tuple[HandSample, ...]


class Audio(Contract):
    """The sound track. Curves have one value per `step_s`, the first at 0 s; levels are dBFS RMS, -90 is the floor."""

    step_s: Annotated[float, Field(gt=0)]
    level_db: tuple[float, ...]
    brightness_hz: tuple[float, ...] = Field(description="spectral centroid per step, 0 where silent")
    integrated_lufs: float | None = None
    tempo_bpm: float | None = None
    onsets_s: tuple[Seconds, ...]
    silences: tuple[Interval, ...]


class VisualSample(Contract):
    """One sampled frame; all in 0..1. `motion` is the mean absolute luma difference to the sample before, 0 at the first."""

    t_s: Seconds
    brightness: Fraction
    contrast: Fraction
    saturation: Fraction
    warmth: Fraction
    sharpness: Annotated[float, Field(ge=0)]
    motion: Fraction


class ObjectSample(Contract):
    """One object in one sampled frame, class name as the detector's label set has it."""

    t_s: Seconds
    label: str
    confidence: Fraction
    box: Box


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
    objects: tuple[ObjectSample, ...] | None
