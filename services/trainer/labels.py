"""The label rules. They were chosen on simulated tables, before any real ones, and `bench/truth.py` measures what they hold.

| label    | support (search) | q (all tested) | effect                                        | models agreeing |
|----------|------------------|----------------|-----------------------------------------------|-----------------|
| STRONG   | >= 0.95          | <= 0.02        | at least 0.3, its interval excludes 0         | >= 2 of 4       |
| MODERATE | >= 0.4           | <= 0.10        | same sign alone and beside the other patterns | >= 2 of 4       |
| EMERGING | any              | <= 0.25        | same sign alone and beside the other patterns | >= 2 of 4       |

Why: support pays for everything that was tried and holds the error rate on noise; 0.4 rather than 0.5, because with about 50
rows a true feature and its neighbours often share the probability. q adds what the feature shows by itself given the others,
and bounds the error where few features are tried. Two models of four ask that it also matters to something that was not
built to find it. The size rule keeps large tables from calling trifles strong. EMERGING is what the others left: beside
three planted effects of 25 %, six of seven EMERGING patterns were chance (`make truth`): worth a test, never a claim.
"""

from dataclasses import dataclass

from shared.contracts.findings import Label

STRONG_SUPPORT = 0.95
MODERATE_SUPPORT = 0.4
STRONG_Q = 0.02
STRONG_EFFECT = 0.3
MODERATE_Q = 0.10
EMERGING_Q = 0.25
CONSENSUS = 2

_AGREE = f"at least {CONSENSUS} of 4 models rank it among their top features"
RULES = {
    Label.STRONG: (
        f"STRONG: a probability of at least {STRONG_SUPPORT} after paying for all features tried, q at most {STRONG_Q}, a rank"
        f" correlation of at least {STRONG_EFFECT} whose interval excludes 0, and {_AGREE}."
    ),
    Label.MODERATE: (
        f"MODERATE: a probability of at least {MODERATE_SUPPORT} after paying for all features tried, q at most {MODERATE_Q},"
        f" and {_AGREE}."
    ),
    Label.EMERGING: (
        f"EMERGING: q at most {EMERGING_Q}, and {_AGREE}; on simulated tables six of seven were chance; worth a test, no claim."
    ),
}


@dataclass(frozen=True)
class Case:
    """What is known of one feature when it is labelled; `partial` is its correlation beside the other patterns."""

    support: float
    q_value: float
    effect: float
    partial: float
    interval: tuple[float, float]
    consensus: int
    explained: bool = False


def label(case: Case) -> Label | None:
    """The label a feature earns, or None."""
    if case.consensus < CONSENSUS or case.effect * case.partial <= 0:
        return None
    if case.explained:
        return Label.EMERGING if case.q_value <= EMERGING_Q else None
    clear = case.interval[0] > 0 or case.interval[1] < 0
    if case.support >= STRONG_SUPPORT and case.q_value <= STRONG_Q and abs(case.effect) >= STRONG_EFFECT and clear:
        return Label.STRONG
    if case.support >= MODERATE_SUPPORT and case.q_value <= MODERATE_Q:
        return Label.MODERATE
    return Label.EMERGING if case.q_value <= EMERGING_Q else None
