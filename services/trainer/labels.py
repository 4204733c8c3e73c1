"""The label rules, written down before any data were seen; `bench/truth.py` measures the error rates they hold.

| label    | the search (family-wise, ForwardStop)      | q (all tested) | size, interval                 | models  |
|----------|--------------------------------------------|----------------|--------------------------------|---------|
| STRONG   | believed at mean 0.02, last step p <= 0.01 | <= 0.05        | effect >= 0.3, excludes 0      | >= 2/4  |
| MODERATE | believed at mean 0.10, last step p <= 0.05 | <= 0.10        | same sign alone and with others | >= 2/4 |
| EMERGING | not needed                                 | <= 0.25        | same sign alone and with others | >= 2/4 |

Why: the search holds the error rate over everything tried (a bucket of pure noise yields a MODERATE pattern about as often as
one test at 5 %, a STRONG one at 1 %). q adds what each feature shows by itself given the others. Agreement of two models
out of four asks that the feature also matters to something that was not built to find it. The size rule keeps large tables
from calling trifles strong. EMERGING promises only that about a quarter may be false: worth a test, never a claim.
"""

from dataclasses import dataclass

from shared.contracts.findings import Label

STRONG_SEARCH = 0.02
STRONG_LAST = 0.01
STRONG_Q = 0.05
STRONG_EFFECT = 0.3
MODERATE_Q = 0.10
EMERGING_Q = 0.25
CONSENSUS = 2


RULES = {
    Label.STRONG: (
        f"STRONG: the search believes it at its strict limit, q is at most {STRONG_Q}, the rank correlation is at least"
        f" {STRONG_EFFECT} with an interval that excludes 0, and at least {CONSENSUS} of 4 models rank it among their top ones."
    ),
    Label.MODERATE: (
        f"MODERATE: the search believes it, q is at most {MODERATE_Q}, and at least {CONSENSUS} of 4 models rank it among their"
        " top features."
    ),
    Label.EMERGING: (
        f"EMERGING: q is at most {EMERGING_Q}, so up to a quarter of these may be chance, and at least {CONSENSUS} of 4 models"
        " rank it among their top features; worth a test, not a claim."
    ),
}


@dataclass(frozen=True)
class Case:
    """What is known of one feature when it is labelled."""

    found: bool
    found_strictly: bool
    q_value: float
    effect: float
    partial: float
    interval: tuple[float, float]
    consensus: int


def label(case: Case) -> Label | None:
    """The label a feature earns, or None."""
    if case.consensus < CONSENSUS or case.effect * case.partial <= 0:
        return None
    clear = case.interval[0] > 0 or case.interval[1] < 0
    if case.found_strictly and case.q_value <= STRONG_Q and abs(case.effect) >= STRONG_EFFECT and clear:
        return Label.STRONG
    if case.found and case.q_value <= MODERATE_Q:
        return Label.MODERATE
    return Label.EMERGING if case.q_value <= EMERGING_Q else None
