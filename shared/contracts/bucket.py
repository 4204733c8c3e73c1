"""The five duration buckets, half-open: (0,15], (15,30], (30,60], (60,90], (90,120] seconds."""

from enum import StrEnum

MAX_DURATION_S = 120.0


class Bucket(StrEnum):
    """A duration bucket under its public name; 15.5 s belongs to 16-30s."""

    S0_15 = "0-15s"
    S16_30 = "16-30s"
    S31_60 = "31-60s"
    S61_90 = "61-90s"
    S91_120 = "91-120s"

    @property
    def upper_s(self) -> float:
        """The inclusive upper limit in seconds."""
        return _UPPER_S[self]

    @classmethod
    def of(cls, duration_s: float) -> "Bucket | None":
        """The bucket of a duration in seconds, or None when it is 0, negative, not a number or over 120 s."""
        if not duration_s > 0:
            return None
        return next((bucket for bucket, upper in _UPPER_S.items() if duration_s <= upper), None)


_UPPER_S = {Bucket.S0_15: 15.0, Bucket.S16_30: 30.0, Bucket.S31_60: 60.0, Bucket.S61_90: 90.0, Bucket.S91_120: 120.0}
