"""The time windows of a video, half-open: hook = the first 3 s, closing = the last 3 s, the middle between them, and thirds.

A clip shorter than 6 s has no room for hook and closing: each then gets half of it, so they never overlap. From 9 s on, where
the middle is at least as long as the hook, it is cut into equal segments: as many as its duration bucket gives it.
"""

from dataclasses import dataclass

from services.features.absent import NotDefined
from services.features.intervals import Span
from shared.contracts.bucket import Bucket

WINDOW_S = 3.0
SEGMENTED_FROM_S = 3 * WINDOW_S
SEGMENTS = {Bucket.S0_15: 2, Bucket.S16_30: 3}
"""Segments of the middle in the short buckets; longer clips have MOST_SEGMENTS, so a segment lasts 1.5 to 28.5 s."""
MOST_SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of a clip of `duration_s` seconds (more than 0)."""

    duration_s: float

    @property
    def whole(self) -> Span:
        """[0, duration)."""
        return (0.0, self.duration_s)

    @property
    def hook(self) -> Span:
        """The first 3 s, or the first half of a clip shorter than 6 s."""
        return (0.0, min(WINDOW_S, self.duration_s / 2))

    @property
    def closing(self) -> Span:
        """The last 3 s, or the second half of a clip shorter than 6 s."""
        return (max(self.duration_s - WINDOW_S, self.duration_s / 2), self.duration_s)

    @property
    def middle(self) -> Span:
        """What is between hook and closing. Raises NotDefined where nothing is, in clips of 6 s or less."""
        start, end = self.hook[1], self.closing[0]
        if end <= start:
            raise NotDefined("a clip of 6 s or less has no middle")
        return (start, end)

    @property
    def segment_count(self) -> int:
        """How many segments the middle has: none under 9 s, then 2 up to 15 s, 3 up to 30 s, 4 in longer clips.

        Whole seconds decide, as in the metadata that decide the bucket: 15.4 s is a clip of 15 s.
        """
        if self.duration_s < SEGMENTED_FROM_S:
            return 0
        bucket = Bucket.of(int(self.duration_s))
        return MOST_SEGMENTS if bucket is None else SEGMENTS.get(bucket, MOST_SEGMENTS)

    def segment(self, number: int) -> Span:
        """Segment 1, 2, ... of the middle. Raises NotDefined where a clip of this length has fewer."""
        count = self.segment_count
        if number > count:
            raise NotDefined(f"the middle of a clip of {self.duration_s:.1f} s has {count or 'no'} segments")
        start, end = self.middle
        step = (end - start) / count
        return (start + (number - 1) * step, end if number == count else start + number * step)

    @property
    def after_hook(self) -> Span:
        """Everything but the hook."""
        return (self.hook[1], self.duration_s)

    @property
    def first_third(self) -> Span:
        """The first third of the duration."""
        return (0.0, self.duration_s / 3)

    @property
    def middle_third(self) -> Span:
        """The second third of the duration."""
        return (self.duration_s / 3, 2 * self.duration_s / 3)

    @property
    def last_third(self) -> Span:
        """The last third of the duration."""
        return (2 * self.duration_s / 3, self.duration_s)
