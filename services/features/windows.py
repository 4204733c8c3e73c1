"""The time windows of a video, half-open: hook = the first 3 s, closing = the last 3 s, middle = what is between, and thirds.

A clip shorter than 6 s has no room for both: each then gets half of it, so they never overlap and the middle is empty.
"""

from dataclasses import dataclass

from services.features.absent import NotDefined
from services.features.intervals import Span

WINDOW_S = 3.0


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
