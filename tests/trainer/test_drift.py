import numpy as np
import pytest

from services.trainer.drift import difference, drift
from services.trainer.quality import Prepared, prepare
from services.trainer.ranks import spearman
from services.trainer.table import Table
from services.trainer.train import train
from shared.contracts.diagnostics import Strength
from shared.contracts.findings import Condition, Findings, Label, Pattern, Verdict
from tests.trainer.tables import QUICK, planted, table


def _pattern(name: str, effect: float, n: int = 40, label: Label = Label.STRONG) -> Pattern:
    return Pattern(
        id=f"p-{name}",
        features=(name,),
        direction="higher" if effect > 0 else "lower",
        label=label,
        effect=effect,
        interval=(max(-1.0, effect - 0.1), min(1.0, effect + 0.1)),
        p_value=0.001,
        q_value=0.001,
        n=n,
        consensus=("linear",),
        tiers=(),
    )


@pytest.fixture(scope="module")
def now() -> tuple[Table, Prepared, Findings]:
    data = table(planted())
    before = train(table(planted(rows=7)), draws=QUICK).findings
    before = before.model_copy(update={"verdict": Verdict.TRAINED, "patterns": (_pattern("f1", 0.9), _pattern("f2", 0.8))})
    return data, prepare(data), train(data, draws=QUICK, previous=before).findings


def _kinds(now: tuple[Table, Prepared, Findings], *before: Pattern) -> dict[str, str]:
    data, prepared, findings = now
    claimed = tuple(found for found in findings.patterns if found.label is not Label.EMERGING)
    made = drift(claimed, data, prepared, findings.model_copy(update={"patterns": before}))
    return {change.features[0]: change.kind for change in made.changes}


def test_gained_lost_steady_and_turned_patterns_are_told_apart(now: tuple[Table, Prepared, Findings]) -> None:
    assert _kinds(now) == {"f1": "gained"}
    assert _kinds(now, _pattern("f1", 0.9)) == {"f1": "steady"}
    assert _kinds(now, _pattern("f1", -0.9)) == {"f1": "turned"}
    assert _kinds(now, _pattern("f1", 0.9), _pattern("f2", 0.8)) == {"f1": "steady", "f2": "lost"}
    assert _kinds(now, _pattern("f1", 0.2)) == {"f1": "grown"}
    assert _kinds(now, _pattern("f1", 0.999)) == {"f1": "decayed"}


def test_a_lost_pattern_has_its_effect_of_now_and_a_gained_one_that_of_then(now: tuple[Table, Prepared, Findings]) -> None:
    data, prepared, findings = now
    lost = drift((), data, prepared, findings).changes[0]
    assert lost.kind == "lost"
    assert lost.before is not None
    assert lost.now is not None
    assert lost.now.effect == pytest.approx(lost.before.effect)
    gained = drift(findings.patterns, data, prepared, findings.model_copy(update={"patterns": ()})).changes[0]
    assert gained.before is not None
    assert gained.before.effect == pytest.approx(lost.before.effect)


def test_a_column_that_is_gone_is_not_measured(now: tuple[Table, Prepared, Findings]) -> None:
    data, prepared, findings = now
    (change,) = drift((), data, prepared, findings.model_copy(update={"patterns": (_pattern("old", 0.7),)})).changes
    assert (change.kind, change.now) == ("lost", None)
    assert "not measured now" in change.sentence


@pytest.mark.parametrize(("field", "value"), [("target", "views"), ("profile", "lite"), ("catalogue_version", "9")])
def test_findings_of_another_kind_are_not_compared(now: tuple[Table, Prepared, Findings], field: str, value: str) -> None:
    data, prepared, findings = now
    made = drift(findings.patterns, data, prepared, findings.model_copy(update={field: value}))
    assert made.changes == ()
    assert value in (made.incomparable or "")


def test_a_redundant_column_counts_as_the_same_pattern(now: tuple[Table, Prepared, Findings]) -> None:
    renamed = _pattern("elsewhere", 0.9).model_copy(update={"also_known_as": ("f1",)})
    assert _kinds(now, renamed) == {"elsewhere": "steady"}


def test_differences_of_chance_are_claimed_in_about_one_of_twenty() -> None:
    rng = np.random.default_rng(0)
    claimed = 0
    for _ in range(400):
        effects = []
        for _side in range(2):
            x = rng.normal(size=50)
            y = 0.5 * x + rng.normal(size=50)
            ranks = np.argsort(np.argsort([x, y], axis=1), axis=1)
            effects.append(float(np.corrcoef(ranks)[0, 1]))
        strengths = [Strength(effect=effect, interval=None, n=50, label=None) for effect in effects]
        claimed += (difference(*strengths) or 1.0) <= 0.05
    assert 8 <= claimed <= 36


def test_training_puts_the_drift_into_the_findings(now: tuple[Table, Prepared, Findings]) -> None:
    findings = now[2]
    assert findings.drift is not None
    assert findings.drift.shared_rows == 7
    assert [change.kind for change in findings.drift.changes] == ["steady", "lost"]
    refused = train(table(planted(rows=7)), draws=QUICK, previous=findings).findings.drift
    assert refused is not None
    assert refused.incomparable == "Nothing was learned now."


def test_a_pair_is_measured_as_meeting_both_conditions(now: tuple[Table, Prepared, Findings]) -> None:
    data, prepared, findings = now
    conditions = tuple(Condition(feature=name, operator=">", threshold=0.0) for name in ("f1", "f2"))
    pair = _pattern("f1", 0.5).model_copy(update={"features": ("f1", "f2"), "conditions": conditions, "also_known_as": ()})
    (change,) = drift((), data, prepared, findings.model_copy(update={"patterns": (pair,)})).changes
    both = ((data.values[:, 1] > 0) & (data.values[:, 2] > 0)).astype(float)
    assert change.now is not None
    assert change.now.effect == pytest.approx(spearman(both, data.target))
