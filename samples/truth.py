"""The planted choices in words, the features that express them, and the truth file beside a sample batch."""

from collections.abc import Mapping
from typing import Literal

from shared.contracts.base import Contract

Direction = Literal["higher", "lower"]


class PlantedChoice(Contract):
    """A creative choice that drives engagement. `features` names the columns that express it, each with its direction."""

    knob: str
    sentence: str
    direction: Direction
    features: dict[str, Direction]


class SampleVideo(Contract):
    """The knobs of one video; `shots`, `texts` and `speech` are exact [start_s, end_s] times."""

    bucket: str
    engagement_rate: float
    knobs: dict[str, float]
    shots: tuple[tuple[float, float, str], ...]
    texts: tuple[tuple[float, float, str], ...]
    speech: tuple[tuple[float, float], ...]


class Truth(Contract):
    """What was planted: the choices, the share of the variance of log engagement that they explain, and every video."""

    seed: int
    explained: float
    choices: tuple[PlantedChoice, ...]
    videos: dict[str, SampleVideo]


_HIGHER: Mapping[str, Direction] = {}

CHOICES = (
    PlantedChoice(
        knob="cuts_per_second",
        sentence="cut often",
        direction="higher",
        features={},
    ),
    PlantedChoice(
        knob="first_text_s",
        sentence="put the first text on screen early",
        direction="lower",
        features={},
    ),
    PlantedChoice(
        knob="face_share",
        sentence="keep a face on screen",
        direction="higher",
        features={},
    ),
)
