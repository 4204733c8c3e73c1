"""Where a picture laid over the video could be: what stays while the rest moves, and what pops up while the rest stays."""

from functools import reduce
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.frames import Image

SIDE = 160
"""Everything is compared at this longer side: the smallest sticker it looks for is still 50 pixels."""
STEP, CROSSED = 24, 0.15
"""A pixel of the small picture is sharp when neighbours in the shared picture differ by 24 grey levels on this share of it."""
KEEPS, CHANGES, STILL = 9.0, 18.0, 2.5
"""Largest difference of what keeps still, least difference of what popped up, and median difference of a picture in which
nothing moves: grey levels of the most different channel."""
BOUNCE, WHOLE = 2, 0.35
"""Pixels that a bouncing sticker may move between samples; share of the picture that may change when something pops up."""
NEAR = 3
"""Pixels: the even middle of a small sticker counts with its outline, an even wall does not."""
MIN_AREA, MAX_AREA, MIN_FILL, OUTLINED, GAP = 0.0035, 0.6, 0.45, 0.7, 5
"""Shares of the frame; share of its box that a graphic fills; share of its outline that is sharp; gaps closed."""
PARAMETERS = {
    "side": SIDE, "sharp": [STEP, CROSSED], "keeps": KEEPS, "changes": CHANGES, "bounce": BOUNCE,
    "still": STILL, "near": NEAR, "whole": WHOLE, "area": [MIN_AREA, MAX_AREA], "fill": MIN_FILL, "outlined": [OUTLINED, GAP],
}  # fmt: skip
Mask = NDArray[np.bool_]
Still = NDArray[np.int16]
Number = TypeVar("Number", bound=np.generic)


class Proposal(NamedTuple):
    """A region of the small picture: left, top, and the mask of its box."""

    left: int
    top: int
    mask: Mask

    @property
    def area(self) -> int:
        """Pixels."""
        return int(self.mask.sum())

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.left + self.mask.shape[1], self.top + self.mask.shape[0]


class Small(NamedTuple):
    """A picture at the size everything is compared at, and where it is sharp."""

    picture: Still
    sharp: Mask


def small(image: Image) -> Small:
    """From the shared BGR picture."""
    scale = SIDE / max(image.shape[:2])
    size = (max(8, round(image.shape[1] * scale)), max(8, round(image.shape[0] * scale)))
    luma = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    steps = (cv2.morphologyEx(luma, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > STEP).astype(np.float32)
    sharp = cv2.resize(steps, size, interpolation=cv2.INTER_AREA) > CROSSED
    return Small(np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.int16), sharp)


def propose(before: Small, now: Small) -> list[Proposal]:
    """Regions of `now` that may be graphics, the larger first."""
    found = [*_kept(before, now), *_bounced(before, now), *_popped(before, now)]
    return sorted(found, key=lambda one: (-one.area, one.top, one.left))


def _kept(before: Small, now: Small) -> list[Proposal]:
    """What keeps still, beside something sharp, where the picture does not."""
    difference = _difference(before.picture, now.picture, 0)
    return _regions((difference < KEEPS) & _near(now.sharp), now.sharp) if float(np.median(difference)) > STILL else []


def _bounced(before: Small, now: Small) -> list[Proposal]:
    """The same up to a few pixels, in luma, where the picture moves further."""
    first, second = (np.asarray(one.picture.mean(axis=2, keepdims=True), np.int16) for one in (before, now))
    difference = _difference(first, second, BOUNCE)
    return _regions((difference < KEEPS) & _near(now.sharp), now.sharp) if float(np.median(difference)) > STILL else []


def _near(sharp: Mask) -> Mask:
    return np.asarray(cv2.dilate(sharp.astype(np.uint8), np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)) > 0)


def _popped(before: Small, now: Small) -> list[Proposal]:
    """What changed where most of the picture did not."""
    changes = _difference(before.picture, now.picture, 0) > CHANGES
    return [] if changes.mean() > WHOLE else _regions(changes, now.sharp)


def most(channels: NDArray[Number]) -> NDArray[Number]:
    """The largest channel of each pixel: ten times as fast as NumPy's max along an axis of three."""
    return reduce(np.maximum, (channels[:, :, k] for k in range(channels.shape[2])))


def _difference(before: Still, now: Still, reach: int) -> NDArray[np.float32]:
    """Per pixel, the least mean difference of its 3x3 neighbourhood over all shifts up to `reach`."""
    height, width = now.shape[:2]
    padded = cv2.copyMakeBorder(before, reach, reach, reach, reach, cv2.BORDER_REPLICATE).reshape(
        height + 2 * reach, width + 2 * reach, -1
    )
    least = np.full((height, width), np.inf, np.float32)
    for y in range(2 * reach + 1):
        for x in range(2 * reach + 1):
            difference = most(np.abs(now - padded[y : y + height, x : x + width])).astype(np.float32)
            np.minimum(least, cv2.blur(difference, (3, 3)), out=least)
    return least


def _regions(mask: Mask, sharp: Mask) -> list[Proposal]:
    """Compact, sharply outlined parts of a mask: gaps closed, holes filled, thin lines taken away."""
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(filled, contours, -1, 1, -1)
    thick = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=4)
    found = []
    for label in range(1, count):
        left, top, width, height, area = (int(v) for v in stats[label])
        if MIN_AREA <= area / mask.size <= MAX_AREA and area >= MIN_FILL * width * height:
            found.append(Proposal(left, top, labels[top : top + height, left : left + width] == label))
    return [one for one in found if _outlined(one, sharp)]


def _outlined(one: Proposal, sharp: Mask) -> bool:
    """Whether most of the outline lies on or beside sharp pixels."""
    whole = np.zeros(sharp.shape, np.uint8)
    left, top, right, bottom = one.box
    whole[top:bottom, left:right] = one.mask
    kernel = np.ones((3, 3), np.uint8)
    rim = (whole > 0) & (cv2.erode(whole, kernel, borderValue=0) == 0)
    near = cv2.dilate(sharp.astype(np.uint8), kernel) > 0
    return bool(near[rim].mean() >= OUTLINED)
