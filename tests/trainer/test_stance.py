import math

import pytest

from services.trainer.stance import meets, stances
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Condition, Evidence, Findings, Pattern
from tests.trainer.test_drift import _pattern
from tests.trainer.test_portfolio import found

BOTH = (Condition(feature="a", operator=">", threshold=1.0), Condition(feature="b", operator="<", threshold=0.5))


def of(*patterns: Pattern) -> Findings:
    return found(Bucket.S0_15, [0.1], patterns=patterns)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": 2.0, "b": 0.0}, 1.0),
        ({"a": 2.0, "b": 0.6}, 0.0),
        ({"a": 0.0, "b": 0.0}, 0.0),
        ({"a": 2.0, "b": math.nan}, math.nan),
        ({"a": 2.0}, math.nan),
    ],
)
def test_all_conditions_must_be_met_and_known(values: dict[str, float], expected: float) -> None:
    assert meets(BOTH, values) == pytest.approx(expected, nan_ok=True)


def test_an_anti_pattern_is_followed_by_not_meeting_it() -> None:
    plain = _pattern("a", 0.5).model_copy(update={"features": ("a", "b"), "conditions": BOTH})
    avoid = plain.model_copy(update={"id": "p-avoid", "anti": True})
    said = {one.pattern: one.stance for one in stances(of(plain, avoid), {"a": 2.0, "b": 0.0})}
    assert said == {"p-a": "follows", "p-avoid": "breaks"}
    assert {one.stance for one in stances(of(plain, avoid), {"a": 2.0})} == {"unknown"}


def test_findings_without_conditions_are_parted_at_the_median_of_their_rows() -> None:
    rows = tuple(Evidence(row_id=f"r{at}", target=1.0, values={"a": float(at), "flag": float(at > 0)}) for at in range(5))
    old = of(_pattern("a", 0.5), _pattern("flag", 0.5)).model_copy(update={"evidence": rows})
    first, second = stances(old, {"a": 2.5, "flag": 1.0})
    assert (first.stance, first.conditions[0].threshold) == ("follows", 2.0)
    assert (second.stance, second.conditions[0].threshold) == ("follows", 0.5)
