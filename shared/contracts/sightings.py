"""Where in a video a feature's value shows: what a person opens to see for themselves."""

from typing import Annotated

from pydantic import Field, model_validator

from shared.contracts.base import Contract, Seconds


class Moment(Contract):
    """Something seen or heard in [start_s, end_s), in seconds of the video; a moment without length where both are equal."""

    what: str
    start_s: Seconds
    end_s: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> "Moment":
        if self.end_s < self.start_s:
            raise ValueError(f"the moment ends at {self.end_s} s, before it starts at {self.start_s} s")
        return self


class Sighting(Contract):
    """Where one feature of one row shows: the moments it rests on most, in the order of time, or a note why there are none."""

    row_id: str
    feature: str
    value: float | str | None = Field(description="as computed again from the analysis; None where it has no place in time")
    moments: tuple[Moment, ...] = ()
    more: Annotated[int, Field(ge=0)] = Field(default=0, description="pieces of evidence that are not listed")
    note: str | None = None

    @model_validator(mode="after")
    def _never_silent(self) -> "Sighting":
        if not self.moments and self.note is None:
            raise ValueError(f"nothing says why {self.feature} of {self.row_id} has no moments")
        return self
