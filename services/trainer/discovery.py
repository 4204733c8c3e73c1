"""From scores and models to labelled candidates: search, p and q of every feature, consensus, confounders, label."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.trainer import labels, search, testing
from services.trainer.design import Design
from services.trainer.effects import VANISHED_P, Adjustment, adjusted_for, beside, interval_of
from services.trainer.forms import Bools, Form, Forms, Pairs, met
from services.trainer.labels import Case
from services.trainer.ranks import FloatArray, benjamini_hochberg, spearman
from services.trainer.search import Columns
from shared.contracts.findings import Label

Votes = Mapping[str, Mapping[int, int]]
"""By model name: the features among its top ones, and whether its predictions rise (1) or fall (-1) with each."""
MAX_EMERGING = 5


@dataclass(frozen=True)
class Resampling:
    """How many random draws each question gets; large tables get fewer. `baseline`: shuffled targets per model, at least."""

    search: int = search.ITERATIONS
    interval: int = 4000
    pairs: int = 199
    stability: int = 20
    baseline: int = 20


@dataclass(frozen=True)
class Sample:
    """The tested features (n, p), the target (n,), and what the search makes of them.

    `related` (p, p) is the rank correlation between features, `columns` their forms one by one, `pairs` two at a time;
    `groups` names the creator of each row; `confounders` are scores (n, k) by name.
    """

    values: FloatArray
    target: FloatArray
    design: Design
    related: FloatArray
    near: Bools
    columns: Columns
    pairs: Pairs
    groups: tuple[str, ...] | None = None
    confounders: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A labelled form of one or two features; `aliases` are the features correlated above 0.8 with the first.

    `adjusted` is the effect beside the other patterns; `explained_by` names the confounder that takes most of it.
    """

    form: Form
    aliases: tuple[int, ...]
    label: Label
    effect: float
    interval: tuple[float, float]
    adjusted: float
    p_value: float
    q_value: float
    support: float
    consensus: tuple[str, ...]
    confounders: tuple[Adjustment, ...] = ()

    @property
    def explained_by(self) -> str | None:
        """The confounder that leaves least of the effect, if it leaves too little to speak of."""
        return next((own.name for own in sorted(self.confounders, key=lambda own: own.left) if own.explains), None)


def discover(
    sample: Sample, votes: Callable[[], Votes], *, seed: Sequence[int], draws: Resampling, emerging: bool = True
) -> list[Candidate]:
    """Label what the sample shows, strongest first. `votes` fits the models, and is only called when there is a candidate."""
    rng = np.random.default_rng(list(seed))
    columns = sample.columns.plus(sample.design, sample.pairs.promising(sample.design), sample.near)
    seen = search.support(sample.design, columns, sample.near, rng=rng, iterations=draws.search)
    found = _found(seen, columns)
    if not found and not emerging:
        return []
    tests = testing.own(sample.design, columns, sample.near, tuple(found))
    q_values = benjamini_hochberg(tests.p_values)
    others = _others(sample, columns.forms, tuple(found), tests.p_values, q_values) if emerging else []
    models = votes() if found or others else {}
    candidates = []
    for column in [*found, *others]:
        form = columns.forms.forms[column]
        given = columns.values[:, [other for other in found if other != column and other not in _rivals(columns, column)]]
        if len(form.features) > 1:
            p = testing.pair(sample.design, sample.pairs, form, given, rng=rng, permutations=draws.pairs)
            q, sign = p, float(columns.values[:, column] @ sample.design.target)
        else:
            p, q = float(tests.p_values[form.features[0]]), float(q_values[form.features[0]])
            sign = float(tests.partial[form.features[0]])
        described = described_values(sample.values, form)
        effect = spearman(described, sample.target)
        consensus = _consensus(sample, form, int(np.sign(effect)), models)
        interval = interval_of(described, sample.target, sample.groups, rng=rng, resamples=draws.interval)
        limit = _limit(q_values) if q <= labels.MODERATE_Q else VANISHED_P
        confounders = adjusted_for(sample.design, columns.values[:, column], given, sample.confounders, limit=limit)
        case = Case(found.get(column, 0.0), q, effect, sign, interval, len(consensus), any(c.explains for c in confounders))
        if (earned := labels.label(case)) is not None:
            adjusted = beside(sample.design, columns.values[:, column], given, effect)
            aliases = tuple(int(other) for other in np.flatnonzero(sample.near[form.features[0]]) if other != form.features[0])
            candidates.append(
                Candidate(form, aliases, earned, effect, interval, adjusted, p, q, case.support, consensus, confounders)
            )
    order = list(Label)
    return sorted(candidates, key=lambda candidate: (order.index(candidate.label), candidate.q_value, -abs(candidate.effect)))


def _limit(q_values: FloatArray) -> float:
    """Benjamini-Hochberg's cut-off: the p that is enough for MODERATE among so many features.

    It lies above the largest p observed to be enough, so that a confounder which changes nothing takes nobody over it.
    """
    return labels.MODERATE_Q * max(1, int((q_values <= labels.MODERATE_Q).sum())) / len(q_values)


def described_values(values: FloatArray, form: Form) -> FloatArray:
    """What a reader looks at (n,): the feature itself, or for a pair whether both conditions are met (NaN if unknown)."""
    if len(form.features) == 1:
        return values[:, form.features[0]]
    return met(values, form.conditions)


def _found(seen: search.Support, columns: Columns) -> dict[int, float]:
    """Columns that stand for what the models hold, with their support: pairs first, then features that don't belong to one."""
    probable = seen.columns
    found: dict[int, float] = {}
    for column in np.argsort(-np.round(probable, 9), kind="stable"):
        form = columns.forms.forms[column]
        if len(form.features) == 1 or probable[column] <= 0 or columns.near[column, list(found)].any():
            continue
        if (own := seen.alike(int(column), columns.near)) >= labels.MODERATE_SUPPORT:
            found[int(column)] = own
    paired = [feature for column in found for feature in columns.forms.forms[column].features]
    support, alone = seen.features(), seen.features(alone=True)
    for feature in seen.found(labels.MODERATE_SUPPORT):
        if alone[feature] >= labels.MODERATE_SUPPORT or not seen.near[feature, paired].any():
            found[_best_form(columns.forms, feature, probable)] = float(support[feature])
    return found


def _best_form(forms: Forms, feature: int, probable: FloatArray) -> int:
    """The order of the feature, unless it is more probable that the feature matters by a threshold."""
    own = [column for column, form in enumerate(forms.forms) if form.features == (feature,)]
    cuts = [column for column in own if forms.forms[column].conditions]
    if probable[cuts].sum() > sum(probable[column] for column in own if column not in cuts):
        return max(cuts, key=lambda column: (round(float(probable[column]), 9), -column))
    return own[0]


def _rivals(columns: Columns, column: int) -> list[int]:
    """Columns that share a feature with the column: they say part of the same, and can't be what it is tested beside."""
    own = set(columns.forms.forms[column].features)
    return [other for other, form in enumerate(columns.forms.forms) if own & set(form.features)]


def _others(sample: Sample, forms: Forms, found: Sequence[int], p_values: FloatArray, q_values: FloatArray) -> list[int]:
    """Features worth a look beside the found ones: small q, one per redundancy cluster, a handful; by their order."""
    taken = [feature for column in found for feature in forms.forms[column].features]
    others: list[int] = []
    for feature in np.lexsort((np.arange(len(p_values)), p_values)):
        if q_values[feature] > labels.EMERGING_Q or len(others) == MAX_EMERGING:
            break
        if not sample.near[feature, [*taken, *others]].any():
            others.append(int(feature))
    return others


def _consensus(sample: Sample, form: Form, direction: int, models: Votes) -> tuple[str, ...]:
    """Models that have every feature of the form, or one that says the same, among their top ones with the same sign."""
    signs = {condition.feature: 1 if condition.above else -1 for condition in form.conditions if len(form.features) > 1}
    wanted = [(feature, direction * signs.get(feature, 1)) for feature in form.features]
    return tuple(name for name, top in models.items() if all(_votes(sample, top, *part) for part in wanted))


def _votes(sample: Sample, top: Mapping[int, int], feature: int, direction: int) -> bool:
    cluster = np.flatnonzero(sample.near[feature])
    sign = np.where(cluster == feature, 1.0, np.sign(sample.related[feature, cluster]))
    return any(top.get(int(other)) == direction * own for other, own in zip(cluster, sign, strict=True))
