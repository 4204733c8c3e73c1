"""The people block of an analysis: faces, bodies, hands, and the persons they belong to."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract, Fraction, Seconds
from shared.contracts.spans import Box, Interval

ShotSize = Literal["close_up", "medium", "full"]
Expression = Literal["neutral", "smile", "surprise", "frown", "open_mouth", "eyes_closed"]
Gesture = Literal["open_palm", "pointing", "thumbs_up", "fist", "victory", "counting", "waving", "holding"]


class FaceSample(Contract):
    """One face in one sampled frame; angles in degrees, openness, smile and brow raise are landmark ratios (proxies).

    `gaze_deg` is the angle between the line of sight and the direction to the camera. `expression` is read from these proxies,
    or from blendshapes where a Tasks bundle was given; `expression_score` says how far beyond its threshold, 0 to 1.
    """

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
    brow_raise_proxy: float | None = None
    gaze_deg: float | None = None
    expression: Expression | None = None
    expression_score: Fraction | None = None
    blendshapes: dict[str, Fraction] | None = None


class PoseSample(Contract):
    """One body in one sampled frame; `shoulder_width` is a fraction of the frame width."""

    t_s: Seconds
    box: Box
    confidence: Fraction
    shoulder_width: float | None = None
    hands_raised: bool | None = None
    track: Annotated[int, Field(ge=0)] | None = None


class HandSample(Contract):
    """One hand in one sampled frame; `gesture` is read from landmarks, None where none fits; `fingers` are the raised ones."""

    t_s: Seconds
    box: Box
    confidence: Fraction
    side: Literal["left", "right"]
    gesture: Gesture | None = None
    fingers: Annotated[int, Field(ge=0, le=5)] | None = None


class PersonTrack(Interval):
    """One person followed over time and across cuts where faces allow it: people are counted by these, not by boxes.

    Numbers are those of faces and poses. A glimpse (one sample of a shot of several) has a number there and is not listed here.
    """

    track: Annotated[int, Field(ge=0)]
    samples: Annotated[int, Field(ge=1)]
    box: Box


class Framing(Contract):
    """How much of the largest person one sampled frame shows."""

    t_s: Seconds
    size: ShotSize


class People(Contract):
    """Faces, poses and hands of the sampled frames; `sampled_s` are the times that were looked at."""

    sampled_s: tuple[Seconds, ...]
    faces: tuple[FaceSample, ...]
    poses: tuple[PoseSample, ...]
    hands: tuple[HandSample, ...]
    tracks: tuple[PersonTrack, ...] | None = None
    framing: tuple[Framing, ...] | None = Field(default=None, description="one per sampled frame with a person")
