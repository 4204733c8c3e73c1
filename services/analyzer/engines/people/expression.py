"""Names an expression from landmark ratios or blendshapes, and how far beyond its threshold it is: a proxy, no feeling."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.contracts.people import Expression


class Named(NamedTuple):
    """An expression, and how far beyond its threshold, 0 to 1."""

    name: Expression
    score: float


class Mark(NamedTuple):
    """Where a measure starts to count and where it counts fully; `full` below `start` where less of it counts more."""

    start: float
    full: float

    def of(self, value: float) -> float:
        """0 at the threshold, 1 at the full mark, negative before the threshold."""
        return (value - self.start) / (self.full - self.start)


LANDMARKS = {
    "smile": Mark(0.62, 0.75),
    "lift": Mark(0.05, 0.12),
    "open_mouth": Mark(0.35, 0.8),
    "surprised_mouth": Mark(0.25, 0.6),
    "raised_brow": Mark(0.31, 0.4),
    "low_brow": Mark(0.2, 0.14),
    "low_corners": Mark(-0.06, -0.2),
    "eyes_closed": Mark(0.15, 0.05),
}
"""Set on 376 faces beside their blendshapes: a smile of 0.5 and more has ratios of 0.70 to 0.72, all others up to 0.59; corners
are lifted by 0.10 against up to 0.04; a jaw open by 0.3 and more has a mouth ratio from 0.38. An eye ratio of 0.2 is the
usual limit for a blink (Soukupova and Cech 2016), taken lower here because narrowed eyes are common in talking."""
BLENDSHAPES = {
    "smile": Mark(0.4, 1.0),
    "open_mouth": Mark(0.35, 1.0),
    "surprised_mouth": Mark(0.2, 0.7),
    "raised_brow": Mark(0.4, 1.0),
    "low_brow": Mark(0.5, 1.0),
    "low_corners": Mark(0.4, 1.0),
    "eyes_closed": Mark(0.6, 1.0),
}


def from_landmarks(ratios: Mapping[str, float], corner_lift: float) -> Named:
    """The expression of the ratios of a face: a smile needs a wide mouth and lifted corners, a frown low brows and corners."""
    mark = LANDMARKS
    return choose(
        smile=min(mark["smile"].of(ratios["smile_proxy"]), mark["lift"].of(corner_lift)),
        open_mouth=mark["open_mouth"].of(ratios["mouth_open"]),
        surprise=min(
            mark["surprised_mouth"].of(ratios["mouth_open"]), mark["raised_brow"].of(ratios["brow_raise_proxy"])
        ),
        frown=min(mark["low_brow"].of(ratios["brow_raise_proxy"]), mark["low_corners"].of(corner_lift)),
        eyes_closed=mark["eyes_closed"].of(ratios["eyes_open"]),
    )  # fmt: skip


def from_blendshapes(shapes: Mapping[str, float]) -> Named:
    """The expression of the blendshapes of a face; a frown is low brows or low corners of the mouth."""
    mark = BLENDSHAPES

    def both(name: str) -> float:
        return (shapes[f"{name}Left"] + shapes[f"{name}Right"]) / 2

    return choose(
        smile=mark["smile"].of(both("mouthSmile")),
        open_mouth=mark["open_mouth"].of(shapes["jawOpen"]),
        surprise=min(mark["surprised_mouth"].of(shapes["jawOpen"]), mark["raised_brow"].of(shapes["browInnerUp"])),
        frown=max(mark["low_brow"].of(both("browDown")), mark["low_corners"].of(both("mouthFrown"))),
        eyes_closed=mark["eyes_closed"].of(both("eyeBlink")),
    )


def choose(*, smile: float, open_mouth: float, surprise: float, frown: float, eyes_closed: float) -> Named:
    """The strongest of those beyond their threshold, surprise before the open mouth that is part of it; neutral without one.

    The score of neutral is its distance from the nearest threshold, on the same scale.
    """
    marks: dict[Expression, float] = {
        "smile": smile, "surprise": surprise, "frown": frown, "eyes_closed": eyes_closed,
        "open_mouth": min(open_mouth, -1e-9) if surprise >= 0 else open_mouth,
    }  # fmt: skip
    name = max(marks, key=lambda key: marks[key])
    strongest = marks[name]
    if strongest < 0:
        name, strongest = "neutral", -strongest
    return Named(name, round(min(1.0, strongest), 4))
