import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from services.trainer.freeze import thaw
from services.trainer.train import train
from shared.contracts.findings import Findings, Label, Verdict
from shared.errors import UsageError
from tests.trainer.tables import QUICK, planted, table


@pytest.fixture(scope="module")
def findings() -> Findings:
    return train(table(planted()), draws=QUICK).findings


def test_a_planted_effect_is_found_with_its_evidence(findings: Findings) -> None:
    (pattern,) = [pattern for pattern in findings.patterns if pattern.label is not Label.EMERGING]
    assert pattern.features == ("f1",)
    assert pattern.direction == "higher"
    assert pattern.label is Label.STRONG
    assert pattern.interval[0] <= pattern.effect <= pattern.interval[1]
    assert 0 < pattern.p_value <= pattern.q_value <= 0.05
    assert len(pattern.consensus) >= 2
    assert [(tier.name, tier.n) for tier in pattern.tiers] == [("top", 4), ("next", 8), ("middle", 16), ("bottom", 12)]
    medians = [tier.median for tier in pattern.tiers]
    assert medians == sorted(medians, key=float, reverse=True)  # type: ignore[arg-type]  # none is None


def test_features_are_ranked_by_how_sure_it_is_that_they_matter(findings: Findings) -> None:
    first, *others = findings.ranking
    assert first.feature == "f1"
    assert first.support > 0.9
    assert first.stability is not None
    assert first.stability > 0.9
    assert [one.support for one in findings.ranking] == sorted((one.support for one in findings.ranking), reverse=True)
    assert all(one.support < 0.5 for one in others)
    assert len({one.feature for one in findings.ranking}) == len(findings.ranking)


def test_every_number_resolves_to_rows(findings: Findings) -> None:
    (pattern,) = [pattern for pattern in findings.patterns if pattern.label is not Label.EMERGING]
    rows = {row.row_id: row for row in findings.evidence}
    assert len(rows) == findings.counts.usable == 40
    values = np.array([row.values["f1"] for row in findings.evidence], dtype=float)
    best = sorted(rows, key=lambda row_id: -rows[row_id].target)[:12]
    (condition,) = pattern.conditions
    assert condition.threshold == pytest.approx(np.median(values))
    above = {row_id for row_id in best if float(rows[row_id].values["f1"] or 0) > condition.threshold}
    assert set(pattern.supporting) == above
    assert set(pattern.supporting) | set(pattern.contradicting) == set(best)
    assert findings.performance is not None
    assert findings.performance.median == pytest.approx(np.median([row.target for row in findings.evidence]))


def test_models_are_reported_out_of_fold_beside_a_baseline(findings: Findings) -> None:
    assert [model.name for model in findings.models] == ["random_forest", "decision_tree", "linear", "kmeans"]
    for model in findings.models[:3]:
        assert model.r2 is not None
        assert model.baseline_r2 is not None
        assert model.r2 > model.baseline_r2
    assert findings.models[3].silhouette is not None


def test_the_order_of_the_rows_and_columns_does_not_matter(findings: Findings) -> None:
    columns = dict(reversed(planted().items()))
    order = np.random.default_rng(5).permutation(40).tolist()
    assert train(table(columns, order=order), draws=QUICK).findings == findings


def test_a_monotone_transform_of_a_feature_changes_no_effect(findings: Findings) -> None:
    columns = planted()
    columns["f1"] = [float(np.exp(3 * value)) for value in columns["f1"]]
    bent = train(table(columns), draws=QUICK).findings
    assert [(p.features, p.label, p.effect, p.q_value) for p in bent.patterns] == [
        (p.features, p.label, p.effect, p.q_value) for p in findings.patterns
    ]


def test_copies_of_a_column_are_one_pattern() -> None:
    columns = planted()
    columns["again"], columns["backwards"] = columns["f1"], [-value for value in columns["f1"]]
    findings = train(table(columns), draws=QUICK).findings
    found = [p for p in findings.patterns if p.label is not Label.EMERGING]
    assert len(found) == 1
    assert {*found[0].features, *found[0].also_known_as} == {"again", "backwards", "f1"}
    aliases = set(found[0].reversed_aliases)
    assert aliases == ({"backwards"} if found[0].features[0] != "backwards" else {"again", "f1"})
    assert {findings.ranking[0].feature, *findings.ranking[0].same} == {"again", "backwards", "f1"}


def test_one_viral_outlier_makes_no_pattern() -> None:
    columns = planted(strength=0.0, seed=4)
    columns["engagement_rate"][7] = 1e6
    for name in ("f0", "f2", "f3"):
        columns[name][7] = 1e6
    found = train(table(columns), draws=QUICK).findings
    assert not [pattern for pattern in found.patterns if pattern.label is not Label.EMERGING]
    assert "RUM012" in {check.code for check in found.checks}


def test_a_column_that_repeats_the_target_is_kept_out() -> None:
    columns = planted()
    columns["hidden_copy"] = [100 * float(np.sqrt(value)) for value in columns["engagement_rate"]]
    columns["constant"], columns["rare"] = [3.0] * 40, [1.0, 1.0] + [0.0] * 38
    found = train(table(columns), draws=QUICK).findings
    assert "hidden_copy" not in {name for pattern in found.patterns for name in pattern.features}
    assert {"RUM001", "RUM002", "RUM006"} <= {check.code for check in found.checks}
    assert found.features_tested == 6


@pytest.mark.parametrize("rows", [0, 1, 7, 19])
def test_too_few_rows_are_a_verdict_with_performance_and_no_model(rows: int) -> None:
    trained = train(table(planted(rows=rows)), draws=QUICK)
    assert trained.findings.verdict is Verdict.INSUFFICIENT_DATA
    assert f"{rows} of {rows}" in trained.findings.verdict_sentence
    assert not trained.models
    assert not trained.findings.patterns
    assert (trained.findings.performance is None) == (rows == 0)
    assert len(trained.findings.evidence) == rows


def test_twenty_rows_are_enough() -> None:
    assert train(table(planted(rows=20)), draws=QUICK).findings.verdict is Verdict.TRAINED


def test_success_under_eighty_percent_is_a_verdict() -> None:
    data = table(planted(rows=80))
    refused = train(data, planned=101, draws=QUICK).findings
    assert refused.verdict is Verdict.LOW_SUCCESS_RATE
    assert "80 of 101" in refused.verdict_sentence
    assert (refused.counts.failed, refused.performance is not None) == (21, True)


def test_eighty_percent_is_enough() -> None:
    assert train(table(planted(rows=24)), planned=30, draws=QUICK).findings.verdict is Verdict.TRAINED


def test_contradicting_counts_and_a_constant_target_are_refused() -> None:
    with pytest.raises(UsageError, match="10 rows can't have been planned when 24 are given"):
        train(table(planted(rows=24)), planned=10, draws=QUICK)
    flat = planted(rows=24)
    flat["engagement_rate"] = [0.1] * 24
    with pytest.raises(UsageError, match=r"'engagement_rate' is 0\.1 in every row"):
        train(table(flat), draws=QUICK)


def test_missing_cells_and_repeated_creators_are_handled_and_said() -> None:
    columns = planted()
    columns["f0"][3] = columns["f1"][5] = float("nan")
    data = table({name: [None if value != value else value for value in cells] for name, cells in columns.items()})  # type: ignore[misc]  # noqa: PLR0124 - NaN
    grouped = type(data)(**{**vars(data), "groups": tuple(f"c{row // 2}" for row in range(40))})
    found = train(grouped, draws=QUICK).findings
    assert {"RUM003", "RUM013"} <= {check.code for check in found.checks}
    assert found.patterns[0].features == ("f1",)
    assert found.patterns[0].n == 39
    assert "groups kept together" in found.models[0].validation
    assert "RUM024" not in {check.code for check in found.checks}


def test_times_of_too_few_rows_are_said_to_judge_nothing() -> None:
    data = replace(table(planted(rows=36)), times=1.7e9 + 1e4 * np.arange(36.0))
    found = train(data, draws=QUICK).findings
    assert "36 rows, and at least 40 are needed" in {check.code: check.sentence for check in found.checks}["RUM024"]
    assert found.models[0].time_validation is None


_SCRIPT = """
import hashlib
from services.trainer.files import files
from services.trainer.train import train
from tests.trainer.tables import QUICK, planted, table
for name, data in files(train(table(planted()), draws=QUICK)).items():
    print(name, hashlib.sha256(data).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True).stdout for _ in range(2)
    ]
    assert runs[0] == runs[1]
    names = runs[0].split()[::2]
    assert {"findings.json", "findings.html", "model_card.json", "forecast/forecast.json", "forecast/fold-4.skops"} <= set(
        names
    )
    assert len(names) == 13


def test_models_come_back_from_their_bytes() -> None:
    data = table(planted())
    trained = train(data, draws=QUICK)
    for blob in trained.models.values():
        assert len(thaw(blob).predict(data.values)) == 40
