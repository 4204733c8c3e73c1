"""Writes candidates as patterns a reader can check: conditions, tiers, and the top rows for and against."""

import hashlib
import math
from collections.abc import Mapping, Sequence

import numpy as np

from services.trainer.contrasts import contrast, marks_the_bottom, tiers
from services.trainer.discovery import Candidate
from services.trainer.forms import Condition, met, parting
from services.trainer.quality import Prepared
from services.trainer.ranks import FloatArray, spearman, tidy
from services.trainer.rules import Rule
from services.trainer.table import Table
from services.trainer.tiers import NAMES, bottom_rows, tiers_of, top_rows
from shared.contracts import findings
from shared.contracts.findings import Confounding, Evidence, ModelRule, Pattern


def pattern(
    candidate: Candidate,
    table: Table,
    prepared: Prepared,
    rules: Mapping[str, Mapping[int, Rule]],
    stable: Mapping[int, float],
) -> Pattern:
    """One candidate with everything a report says about it.

    `rules` are those of every model by feature; `stable` is the share of subsamples that show a feature alone.
    """
    conditions, anti = _conditions(candidate, prepared.values, table.target)
    meets = met(prepared.values, conditions)
    shown, pair = prepared.values[:, candidate.form.features[0]], len(candidate.form.features) > 1
    names = tuple(prepared.names[feature] for feature in candidate.form.features)
    top, follows = top_rows(table.target), 1 - meets if anti else meets
    return Pattern(
        id=f"p-{hashlib.sha256('&'.join(names).encode()).hexdigest()[:8]}",
        features=names,
        direction="higher" if candidate.effect > 0 else "lower",
        label=candidate.label,
        effect=tidy(candidate.effect),
        interval=(tidy(candidate.interval[0]), tidy(candidate.interval[1])),
        p_value=tidy(candidate.p_value),
        q_value=tidy(candidate.q_value),
        n=int((~np.isnan(meets)).sum()),
        consensus=candidate.consensus,
        tiers=tiers(shown, meets, table.target),
        also_known_as=tuple(prepared.names[alias] for alias in candidate.aliases),
        reversed_aliases=tuple(
            prepared.names[alias] for alias in candidate.aliases if spearman(prepared.values[:, alias], shown) < 0
        ),
        supporting=tuple(table.ids[row] for row in top if follows[row] == 1),
        contradicting=tuple(table.ids[row] for row in top if follows[row] == 0),
        warning=tuple(table.ids[row] for row in bottom_rows(table.target) if meets[row] == 1) if anti else (),
        shape="pair" if pair else "threshold" if candidate.form.conditions else "order",
        conditions=tuple(_written(condition, prepared.names) for condition in conditions),
        anti=anti,
        support=tidy(candidate.support),
        stability=None if pair else stable[candidate.form.features[0]],
        adjusted_effect=tidy(candidate.adjusted),
        contrast=contrast(meets if pair else shown, meets, table.target),
        confounders=tuple(
            Confounding(name=own.name, without=tidy(own.without), with_it=tidy(own.with_it)) for own in candidate.confounders
        ),
        explained_by=candidate.explained_by,
        rules=tuple(_model_rules(candidate, prepared.names, rules)),
    )


def evidence(table: Table, prepared: Prepared | None, patterns: Sequence[Pattern]) -> tuple[Evidence, ...]:
    """Every usable row with its target, its tier and its values of the pattern features."""
    columns = {name: prepared.names.index(name) for found in patterns for name in found.features} if prepared else {}
    places, rows = tiers_of(table.target), []
    for row, row_id in enumerate(table.ids):
        values = {name: _known(float(prepared.values[row, column])) for name, column in columns.items()} if prepared else {}
        url = table.urls[row] if table.urls else None
        group = table.groups[row] if table.groups else None
        target, tier = float(table.target[row]), NAMES[places[row]]
        rows.append(Evidence(row_id=row_id, target=target, values=values, url=url, tier=tier, group=group))
    return tuple(rows)


def _conditions(candidate: Candidate, values: FloatArray, target: FloatArray) -> tuple[tuple[Condition, ...], bool]:
    """What a row meets, and whether that is to be avoided.

    A pair is what was searched for; a feature that goes by its order is parted at its median, which no target had a say in.
    """
    if len(candidate.form.features) > 1:
        return candidate.form.conditions, candidate.effect < 0
    feature = candidate.form.features[0]
    threshold = candidate.form.conditions[0].threshold if candidate.form.conditions else parting(values[:, feature])
    wanted = Condition(feature, threshold, above=candidate.effect > 0)
    anti = marks_the_bottom(met(values, (wanted,)), target)
    return (Condition(feature, threshold, above=not wanted.above) if anti else wanted,), anti


def _written(condition: Condition, names: Sequence[str]) -> findings.Condition:
    return findings.Condition(
        feature=names[condition.feature], operator=">" if condition.above else "<", threshold=tidy(condition.threshold)
    )


def _model_rules(candidate: Candidate, names: Sequence[str], rules: Mapping[str, Mapping[int, Rule]]) -> list[ModelRule]:
    """What the models that agree say of the features themselves; one that only uses a redundant column says nothing of them."""
    told = [
        (model, feature, rules[model][feature])
        for model in candidate.consensus
        for feature in candidate.form.features
        if feature in rules[model]
    ]
    return [
        ModelRule(
            model=model, feature=names[feature], operator=">" if rule.direction > 0 else "<", threshold=tidy(rule.threshold)
        )
        for model, feature, rule in told
    ]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
