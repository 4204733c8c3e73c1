"""Gestures that only movement shows: waving (an open hand to and fro) and counting (fingers one after the other)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from shared.contracts.people import Gesture

MAX_GAP_S = 0.8
"""A hand missed for longer has done something else: two samples at 3 per second may be lost."""
OPEN_FINGERS, SWING, TURNS, WAVE_S = 4, 0.3, 2, 2.0
"""A wave: the fingertips turn back twice within two seconds, each swing 0.3 hand lengths or more and more across than up.
Waving is 1 to 3 Hz; sampled at 3 Hz turns are missed or folded, so a wave may not be found."""
STEPS, HELD, COUNT_S = 3, 2, 3.0
"""Counting: three or more numbers of fingers one after the other, each one apart from the last, held for two samples or more
and for three seconds at most. A number shown for less than half a second is taken for a hand that moves."""


@dataclass(frozen=True)
class Moment:
    """One hand in one sample: raised fingers, and where its fingertips are in hand lengths (y down)."""

    t_s: float
    track: int
    fingers: int
    x: float
    y: float


def in_motion(moments: Sequence[Moment]) -> dict[int, Gesture]:
    """Which of the moments belong to a wave or a count, by their place in the sequence; counting goes first."""
    found: dict[int, Gesture] = {}
    for run in _runs(moments):
        found |= dict.fromkeys(_waves(moments, run), "waving")
        found |= dict.fromkeys(_counts(moments, run), "counting")
    return found


def _runs(moments: Sequence[Moment]) -> list[list[int]]:
    """The moments of each hand in order of time, split where it was missed for too long."""
    hands: dict[int, list[int]] = defaultdict(list)
    for k in sorted(range(len(moments)), key=lambda k: (moments[k].t_s, k)):
        hands[moments[k].track].append(k)
    runs: list[list[int]] = []
    for hand in hands.values():
        runs.append(hand[:1])
        for before, now in pairwise(hand):
            if moments[now].t_s - moments[before].t_s > MAX_GAP_S:
                runs.append([])
            runs[-1].append(now)
    return runs


def _waves(moments: Sequence[Moment], run: list[int]) -> set[int]:
    """All moments between the first and the last swing of TURNS + 1 swings that turn back each time."""
    found: set[int] = set()
    for is_open, group in groupby(run, key=lambda k: moments[k].fingers >= OPEN_FINGERS):
        hand = list(group)
        swings = _swings(moments, hand) if is_open else []
        for k in range(len(swings) - TURNS):
            start, end = swings[k][0], swings[k + TURNS][1]
            if moments[hand[end]].t_s - moments[hand[start]].t_s <= WAVE_S:
                found |= set(hand[start : end + 1])
    return found


def _swings(moments: Sequence[Moment], hand: list[int]) -> list[tuple[int, int]]:
    """Stretches (first, last) of the hand that go one way across by SWING or more, each the other way than the last."""
    ends = [0]
    for k in range(1, len(hand)):
        ahead = moments[hand[k]].x - moments[hand[ends[-1]]].x
        if len(ends) > 1 and ahead * (moments[hand[ends[-1]]].x - moments[hand[ends[-2]]].x) > 0:
            ends[-1] = k
        elif abs(ahead) >= SWING:
            ends.append(k)
    rise = [abs(moments[hand[b]].y - moments[hand[a]].y) for a, b in pairwise(ends)]
    across = [abs(moments[hand[b]].x - moments[hand[a]].x) for a, b in pairwise(ends)]
    return list(pairwise(ends)) if sum(rise) < sum(across) else []


def _counts(moments: Sequence[Moment], run: list[int]) -> set[int]:
    """All moments of a number of fingers that goes up or down by one, STEPS numbers or more."""
    holds = [list(group) for _, group in groupby(run, key=lambda k: moments[k].fingers)]
    found: set[int] = set()
    for sign in (1, -1):
        chain = [0]
        for k in range(1, len(holds) + 1):
            if k < len(holds) and _follows(moments, holds[k - 1], holds[k], sign):
                chain.append(k)
                continue
            if len(chain) >= STEPS:
                found |= {moment for hold in chain for moment in holds[hold]}
            chain = [k]
    return found


def _follows(moments: Sequence[Moment], before: list[int], now: list[int], sign: int) -> bool:
    held_s = moments[now[0]].t_s - moments[before[0]].t_s
    shown = min(len(before), len(now)) >= HELD and held_s <= COUNT_S
    return shown and moments[now[0]].fingers - moments[before[0]].fingers == sign
