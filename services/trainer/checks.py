"""The coded checks of a training table: every code stands for one thing that was looked at, and is never reused.

RUM001 constant columns                      RUM011 rows of another profile or catalogue
RUM002 near-constant columns                 RUM012 extreme targets
RUM003 missing values                        RUM013 several rows per group
RUM004 columns seen in too few rows          RUM014 too few rows
RUM005 outcome columns                       RUM015 too many failures
RUM006 columns that repeat the target        RUM016 rows of celebrities
RUM007 redundant columns                     RUM017 reposts and repeated rows
RUM008 text columns with too many values     RUM018 gaps that go with the target
RUM009 columns of a kind that is no feature  RUM019 earlier findings that are lost
RUM010 rows without a target                 RUM020 engines that did not look
RUM021 seconds of video not traced           RUM023 confounders that can't be held
RUM022 columns close to the target           RUM024 no judging in order of time
"""

from collections.abc import Sequence
from typing import Literal

from shared.contracts.findings import Check

CONSTANT = "RUM001"
NEAR_CONSTANT = "RUM002"
MISSING = "RUM003"
TOO_SPARSE = "RUM004"
OUTCOME = "RUM005"
REPEATS_TARGET = "RUM006"
REDUNDANT = "RUM007"
TOO_MANY_VALUES = "RUM008"
NO_FEATURE = "RUM009"
NO_TARGET = "RUM010"
MIXED = "RUM011"
EXTREME = "RUM012"
GROUPS = "RUM013"
TOO_FEW = "RUM014"
TOO_MANY_FAILED = "RUM015"
CELEBRITY = "RUM016"
REPEATED = "RUM017"
TELLING_GAPS = "RUM018"
NO_PREVIOUS = "RUM019"
ENGINES_OFF = "RUM020"
NOT_TRACED = "RUM021"
NEAR_TARGET = "RUM022"
NOT_HELD = "RUM023"
NOT_TIMED = "RUM024"

Level = Literal["ok", "info", "warning", "refusal"]


def check(code: str, level: Level, sentence: str) -> Check:
    """One check's result."""
    return Check(code=code, level=level, sentence=sentence)


def named(names: Sequence[str], limit: int = 5) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"


def counted(count: int, noun: str) -> str:
    """`1 column`, `2 columns`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
