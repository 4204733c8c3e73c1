"""The time windows of a video, half-open: hook = the first 3 s, closing = the last 3 s, the middle between them, and thirds.

A clip shorter than 6 s has no room for hook and closing: each then gets half of it, so they never overlap. From 9 s on, where
the middle is at least as long as the hook, it is cut into equal segments: as many as its duration bucket gives it.
"""

from functools import cached_property

from services.features.absent import NotDefined
from services.features.intervals import Span
from shared.contracts.bucket import Bucket

WINDOW_S = 3.0
SEGMENTED_FROM_S = 3 * WINDOW_S
SEGMENTS = {Bucket.S0_15: 2, Bucket.S16_30: 3}
"""Segments of the middle in the short buckets; longer clips have MOST_SEGMENTS, so a segment lasts 1.5 to 28.5 s."""
MOST_SEGMENTS = 4


class Windows:
    """The windows of a clip of `duration_s` seconds (more than 0).

    `whole` is [0, duration). `hook` is the first 3 s, or the first half of a clip shorter than 6 s; `closing` the last 3 s or
    the second half; `after_hook` is everything but the hook. `first_third`, `middle_third` and `last_third` cut the duration.
    """

    def __init__(self, duration_s: float) -> None:
        half_s, third_s, two_thirds_s = duration_s / 2, duration_s / 3, 2 * duration_s / 3
        self.duration_s = duration_s
        self.whole: Span = (0.0, duration_s)
        self.hook: Span = (0.0, min(WINDOW_S, half_s))
        self.closing: Span = (max(duration_s - WINDOW_S, half_s), duration_s)
        self.after_hook: Span = (self.hook[1], duration_s)
        self.first_third: Span = (0.0, third_s)
        self.middle_third: Span = (third_s, two_thirds_s)
        self.last_third: Span = (two_thirds_s, duration_s)

    @property
    def middle(self) -> Span:
        """What is between hook and closing. Raises NotDefined where nothing is, in clips of 6 s or less."""
        start, end = self.hook[1], self.closing[0]
        if end <= start:
            raise NotDefined("a clip of 6 s or less has no middle")
        return (start, end)

    def named(self, window: str) -> Span:
        """A window by the word for it in names: hook, closing, middle_1, middle_2, ... Raises NotDefined as `segment` does."""
        return self._named.get(window) or self.segment(int(window.removeprefix("middle_")))

    @cached_property
    def _named(self) -> dict[str, Span]:
        middle = {f"middle_{number}": self.segment(number) for number in range(1, self.segment_count + 1)}
        return {"hook": self.hook, **middle, "closing": self.closing}

    def against(self, window: str) -> Span:
        """What a window is compared with: the hook with the rest, the closing with what is before, a segment with the whole."""
        if window.startswith("middle_"):
            return self.whole
        return self.after_hook if window == "hook" else (0.0, self.closing[0])

    @cached_property
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
