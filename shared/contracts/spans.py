"""Where and when: boxes in fractions of the displayed frame, and half-open intervals in seconds."""

from pydantic import model_validator

from shared.contracts.base import Contract, Fraction, Seconds


class Box(Contract):
    """A rectangle inside the frame; x, y is its top left corner."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction


class Interval(Contract):
    """[start_s, end_s) with start_s < end_s."""

    start_s: Seconds
    end_s: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> "Interval":
        if self.end_s <= self.start_s:
            raise ValueError(f"interval ends at {self.end_s} s, before it starts at {self.start_s} s")
        return self

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s
