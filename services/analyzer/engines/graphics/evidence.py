"""What the moments of a track say: that it was put on the video, or that it belongs to the scene.

- While the picture moves: its outline stays although the ring around it went elsewhere, or it went along with the ring.
- At a cut: it stays although everything else is new.
- It appears or goes at once while the ring stays, and leaves behind what was there before.

While the camera stands still, a thing that keeps still before somebody who moves says nothing: it may be a microphone. So a
graphic that is there from beginning to end of such a video is not reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from services.analyzer.engines.graphics.proposals import STILL, Mask, Still, most
from services.analyzer.engines.graphics.tracks import REACH, Place, Track

RING = 0.3
"""Width of the ring in the region's own size; it is followed as far as the region."""
MOVED_ON, FOUND, CLEARLY, LOST, OF_RING = 6.0, 0.6, 0.7, 12.0, 0.4
"""Least difference of a ring that moved on; what is left of it where the ring is found again; ratio of two differences that
decides; difference from which the ring is lost (a cut, fast movement), and the share of it that an outline that stays may
change by."""
POPS, OF_POP, RETURNS, WALKS, KNOWN = 12.0, 0.35, 7.0, 16, 16.0
"""Change of the inside when it pops up, and the share of it that the ring may change by; largest difference of what it leaves
behind to what was there before. What is found up to 16 pixels away in the sample without it, this similar or half as different
as its place, did not pop up but walked."""
ENOUGH, WITH_END, CALM, SURE = 4, 3, 3.0, 0.7
"""Moments that must say that it was put on: four, or three with one of its ends among them; unrest of its look up to which its
ends alone can say it; least confidence."""
PARAMETERS = {
    "ring": RING, "moves": [MOVED_ON, FOUND, CLEARLY, LOST, OF_RING], "pops": [POPS, OF_POP, RETURNS, WALKS, KNOWN],
    "enough": [ENOUGH, WITH_END, CALM, SURE],
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """In how many pairs of samples the ring moved on, so that they could say something; in how many of these it stayed, or went
    along; how many of its ends say that it was put on; whether its look was calm."""

    asked: int
    stays: int
    along: int
    ends: int
    calm: bool

    @property
    def put_on(self) -> int:
        """Moments that say that it was put on the video."""
        return self.stays + self.ends

    @property
    def decides(self) -> bool:
        """Whether they are enough, and by far the most of those that could say something."""
        enough = self.put_on >= ENOUGH or (self.put_on >= WITH_END and self.ends > 0)
        return enough and (self.calm or self.stays > 0) and self.confidence >= SURE and self.put_on > 2 * self.along

    @property
    def confidence(self) -> float:
        """The share that says it was put on, by Laplace's rule of succession: few moments give little confidence."""
        return (self.put_on + 1) / (self.asked + self.ends + 2)


class Window:
    """A track's region grown by its ring, and the weights of ring, outline and inside in it."""

    def __init__(self, mask: Mask) -> None:
        height, width = mask.shape
        self.margin = max(3, round(RING * min(height, width)))
        whole = np.pad(mask.astype(np.uint8), self.margin)
        kernel = np.ones((3, 3), np.uint8)
        self.ring: Mask = cv2.dilate(whole, kernel, iterations=2) == 0
        inner = cv2.erode(whole, kernel)
        deep = cv2.erode(inner, kernel, iterations=2)
        self.outline: Mask = (inner > 0) & (deep == 0)
        self.inside: Mask = whole > 0

    def cut(self, picture: Still, place: Place, reach: int = 0) -> NDArray[np.float32]:
        """The window of a picture, `reach` pixels larger on all sides; NaN beyond the frame."""
        edge = self.margin + reach
        height, width = self.inside.shape
        out = np.full((height + 2 * reach, width + 2 * reach, 3), np.nan, np.float32)
        (x, y), (rows, columns) = place, picture.shape[:2]
        left, top = x - edge, y - edge
        a, b, c, d = max(0, left), max(0, top), min(columns, left + out.shape[1]), min(rows, top + out.shape[0])
        out[b - top : d - top, a - left : c - left] = picture[b:d, a:c]
        return out


def evidence(track: Track, pictures: Sequence[Still]) -> Evidence:
    """Ask every pair of samples that the track lies in, and those at its ends."""
    window = Window(track.mask)
    votes = []
    for k, (here, there) in enumerate(zip(track.places, track.places[1:], strict=False)):
        before, now = pictures[track.first + k], pictures[track.first + k + 1]
        votes.append(_vote(window, before, now, here, (there[0] - here[0], there[1] - here[1])))
    asked = [vote for vote in votes if vote is not None]
    ends = _at_ends(track, window, pictures)
    return Evidence(len(asked), asked.count(1), asked.count(-1), ends, track.unrest < CALM)


def _vote(window: Window, before: Still, now: Still, place: Place, own: Place) -> int | None:
    """1 when it was put on, -1 when it is in the scene, 0 when that can't be told; None where the ring does not move on."""
    if float(np.median(most(np.abs(now - before)))) <= STILL:
        return None
    first, area = window.cut(before, place), window.cut(now, place, REACH)
    stays = _mean(first, _shifted(area, (0, 0)), window.ring)
    if not stays > MOVED_ON:
        return None
    way, least = _way(first, area, window.ring)
    kept = _mean(first, _shifted(area, own), window.outline)
    if least < FOUND * stays and way != own:
        along = _mean(first, _shifted(area, way), window.outline)
        return int(kept < CLEARLY * along) - int(along < CLEARLY * kept)
    return int(least > LOST and kept < OF_RING * least)


def _way(first: NDArray[np.float32], area: NDArray[np.float32], ring: Mask) -> tuple[Place, float]:
    """Where the ring went, and how much it differs there."""
    shifts = [(x, y) for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1)]
    differences = [_mean(first, _shifted(area, shift), ring) for shift in shifts]
    best = int(np.nanargmin(differences))
    return shifts[best], differences[best]


def _shifted(area: NDArray[np.float32], shift: Place) -> NDArray[np.float32]:
    (x, y), height, width = shift, area.shape[0] - 2 * REACH, area.shape[1] - 2 * REACH
    return area[REACH + y : REACH + y + height, REACH + x : REACH + x + width]


def _mean(a: NDArray[np.float32], b: NDArray[np.float32], mask: Mask) -> float:
    """The mean difference where both lie in the frame; NaN where less than half of the mask does."""
    difference = most(np.abs(a - b))[mask]
    known = difference[np.isfinite(difference)]
    return float(known.mean()) if len(known) > 0 and 2 * len(known) >= len(difference) else float("nan")


def _at_ends(track: Track, window: Window, pictures: Sequence[Still]) -> int:
    """How many say that it was put on: its appearing, its going, and that it leaves behind what was there before."""
    start, end = track.places[0], track.places[-1]
    earlier = pictures[track.first - 1] if track.first > 0 else None
    later = pictures[track.last + 1] if track.last + 1 < len(pictures) else None
    appears = earlier is not None and _pops(track, window, start, earlier, pictures[track.first])
    goes = later is not None and _pops(track, window, end, later, pictures[track.last])
    if earlier is None or later is None:
        return appears + goes
    left = _mean(window.cut(earlier, start), window.cut(later, start), window.inside)
    return appears + goes + (appears and goes and left < RETURNS)


def _pops(track: Track, window: Window, place: Place, without: Still, with_it: Still) -> bool:
    """Whether it is in one picture and not in the other, while its ring is the same."""
    a, b = window.cut(without, place), window.cut(with_it, place)
    inside = _mean(a, b, window.inside)
    pops = inside > POPS and _mean(a, b, window.ring) < OF_POP * inside
    return pops and _nearest(track, place, without) > min(KNOWN, 0.5 * inside)


def _nearest(track: Track, place: Place, without: Still) -> float:
    """How much the most similar place near its own differs in the picture without it."""
    (x, y), (height, width) = place, track.mask.shape
    area = without[max(0, y - WALKS) : y + height + WALKS, max(0, x - WALKS) : x + width + WALKS].astype(np.float32)
    weight = np.repeat(track.mask[:, :, None], 3, axis=2).astype(np.float32)
    score = cv2.matchTemplate(area, track.look.astype(np.float32), cv2.TM_SQDIFF, mask=weight)
    return float(np.sqrt(max(0.0, float(score.min())) / weight.sum()))
