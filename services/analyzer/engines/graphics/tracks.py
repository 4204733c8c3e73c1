"""Follows a proposed region through the samples, by its look."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.graphics.proposals import Proposal, Still

REACH, ALIKE, LOOK_BACK, RANGE, THIN = 5, 10.0, 8, 5, 10
"""Pixels that it may move between samples; largest mean difference of its look; samples it is sought before its proposal;
pixels that it may move in all; least side from which two pixels of its outline are left out."""
PARAMETERS = {"reach": REACH, "alike": ALIKE, "look_back": LOOK_BACK, "range": RANGE, "thin": THIN}
Place = tuple[int, int]


@dataclass(eq=False)
class Track:
    """One region: its look, its mask, and its left upper corner in each sample from `first` on."""

    look: Still
    mask: NDArray[np.bool_]
    first: int
    places: list[Place]
    differences: list[float] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The last sample it was seen in."""
        return self.first + len(self.places) - 1

    @property
    def height(self) -> int:
        """Pixels."""
        return self.mask.shape[0]

    @property
    def width(self) -> int:
        """Pixels."""
        return self.mask.shape[1]

    @property
    def unrest(self) -> float:
        """How much its look differs in the calmest quarter of its samples: a graphic by the codec's noise, a hand by more."""
        return float(np.percentile(self.differences, 25)) if self.differences else float("inf")

    def follow(self, picture: Still) -> bool:
        """Find it in the next sample; False when it is gone."""
        place, difference = self._find(picture, self.places[-1])
        if place is not None:
            self.places.append(place)
            self.differences.append(difference)
        return place is not None

    def look_back(self, pictures: Sequence[Still]) -> None:
        """Find it in the samples before the first, the latest of which is the last of `pictures`."""
        for picture in reversed(pictures[-LOOK_BACK:]):
            place, difference = self._find(picture, self.places[0])
            if place is None:
                return
            self.places.insert(0, place)
            self.differences.append(difference)
            self.first -= 1

    def holds(self, proposal: Proposal) -> bool:
        """Whether a proposal of the current sample lies mostly where this is, or this lies in it."""
        (left, top), (a, b, c, d) = self.places[-1], proposal.box
        across = min(left + self.width, c) - max(left, a)
        down = min(top + self.height, d) - max(top, b)
        shared = max(0, across) * max(0, down)
        return shared > 0.5 * min(self.width * self.height, (c - a) * (d - b))

    def _find(self, picture: Still, near: Place) -> tuple[Place | None, float]:
        """Where it is, and how much its look differs there."""
        left, top = (max(0, at - REACH) for at in near)
        area = _soft(picture[top : near[1] + self.height + REACH, left : near[0] + self.width + REACH])
        if area.shape[0] < self.height or area.shape[1] < self.width:
            return None, float("inf")
        rounds = 2 if min(self.mask.shape) >= THIN else 1  # outlines blend with what is behind them
        inner = cv2.erode(self.mask.astype(np.float32), np.ones((3, 3), np.uint8), iterations=rounds, borderValue=0)
        weight = np.repeat(inner[:, :, None], 3, axis=2)
        score = cv2.matchTemplate(area, _soft(self.look), cv2.TM_SQDIFF, mask=weight)
        least, _, (x, y), _ = cv2.minMaxLoc(score)
        difference, place = float(np.sqrt(max(0.0, least) / max(1.0, weight.sum()))), (left + x, top + y)
        return (place if difference < ALIKE and self._in_range(place) else None), difference

    def _in_range(self, place: Place) -> bool:
        """A sticker may bounce; a thing that travels is in the scene, or can't be told from one."""
        return all(max(each) - min(each) <= RANGE for each in zip(*self.places, place, strict=True))


def _soft(picture: Still) -> NDArray[np.float32]:
    """Slightly blurred, so that half a pixel of bouncing makes little difference."""
    return np.asarray(cv2.blur(picture.astype(np.float32), (3, 3)), np.float32)


def begin(proposal: Proposal, picture: Still, sample: int) -> Track:
    """A track of a proposal made in this sample."""
    left, top, right, bottom = proposal.box
    return Track(picture[top:bottom, left:right].copy(), proposal.mask, sample, [(left, top)])
