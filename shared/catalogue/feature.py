"""What a feature is: one named, typed, documented number, with the words that turn it into an instruction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import isfinite
from typing import Literal

Value = float | str | None
Direction = Literal["higher", "lower"]


class Analysis(StrEnum):
    """The seven analyses that users know."""

    CREATIVE_DENSITY = "creative_density"
    VISUAL_OVERLAY = "visual_overlay_analysis"
    EMOTIONAL_JOURNEY = "emotional_journey"
    PERSON_FRAMING = "person_framing"
    SCENE_PACING = "scene_pacing"
    SPEECH = "speech_analysis"
    METADATA = "metadata_analysis"


class Block(StrEnum):
    """The six blocks of every analysis."""

    CORE = "CoreMetrics"
    DYNAMICS = "Dynamics"
    INTERACTIONS = "Interactions"
    KEY_EVENTS = "KeyEvents"
    PATTERNS = "Patterns"
    QUALITY = "Quality"


class Source(StrEnum):
    """What a feature is computed from: an engine (named as in the analysis), the probed file, or the video's metadata."""

    SCENES = "scenes"
    PEOPLE = "people"
    TEXT = "text"
    GRAPHICS = "graphics"
    SPEECH = "speech"
    AUDIO = "audio"
    VISUALS = "visuals"
    OBJECTS = "objects"
    VIDEO = "video"
    METADATA = "metadata"


class Kind(StrEnum):
    """How the trainer treats a value: a number, a whole number, 0 or 1, or a member of a closed list (one-hot)."""

    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    ENUM = "enum"


class Unit(StrEnum):
    """The unit of a number, as people read it."""

    NONE = ""
    SHARE = "share"
    POINTS = "share points"
    SECONDS = "s"
    PER_SECOND = "per s"
    PER_10_S = "per 10 s"
    DECIBELS = "dB"
    LUFS = "LUFS"
    HERTZ = "Hz"
    BPM = "bpm"
    DEGREES = "degrees"
    PIXELS = "px"
    RATIO = "x"
    HOUR = "h UTC"
    CORRELATION = "correlation"
    LANDMARKS = "landmark ratio"


class OutOfDomain(ValueError):  # noqa: N818 - reads as the state it names
    """A formula gave a value that its declaration excludes: a bug in the formula or in the declaration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One declaration. `undefined` says when the value is null although every engine ran; None means never."""

    name: str
    analysis: Analysis
    block: Block
    kind: Kind
    title: str
    definition: str
    unit: Unit = Unit.NONE
    noun: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()
    needs: tuple[Source, ...] = ()
    undefined: str | None = None
    higher: str | None = None
    lower: str | None = None

    @property
    def actionable(self) -> bool:
        """Whether a creator can be told to change it."""
        return self.higher is not None or self.lower is not None

    @property
    def missing_meaning(self) -> str:
        """What null means, in one sentence."""
        engines = " or ".join(need.value for need in self.needs if need not in (Source.VIDEO, Source.METADATA))
        causes = [f"the {engines} engine did not look"] if engines else []
        causes += ["no metadata was given"] if Source.METADATA in self.needs else []
        causes += [self.undefined] if self.undefined else []
        return f"Null where {', or '.join(causes)}." if causes else "Never null."

    @property
    def domain(self) -> str:
        """The allowed values, for people: `0 to 1`, `0 or more`, `a | b`."""
        if self.kind is Kind.ENUM:
            return " | ".join(self.options)
        if self.kind is Kind.FLAG:
            return "0 or 1"
        low, high = (None if bound is None else f"{bound:g}" for bound in (self.low, self.high))
        if low is None and high is None:
            return "any number"
        if high is None:
            return f"{low} or more"
        return f"{high} or less" if low is None else f"{low} to {high}"

    def declaration(self) -> Mapping[str, object]:
        """Everything declared, as plain values: what the catalogue version is a hash of."""
        return asdict(self)

    def check(self, value: Value) -> Value:
        """The value itself, or OutOfDomain naming the feature and the value."""
        if value is None or self._admits(value):
            return value
        raise OutOfDomain(f"Feature {self.name} is {value!r}, but its declaration allows only {self.domain}.")

    def _admits(self, value: float | str) -> bool:
        if isinstance(value, str) or self.kind is Kind.ENUM:
            return self.kind is Kind.ENUM and value in self.options
        if not isfinite(value) or (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            return False
        return self.kind is Kind.NUMBER or value == int(value)
