"""What became of earlier patterns: gained, lost, decayed, grown or turned, with the effects then and now."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import norm

from services.trainer.quality import Prepared
from services.trainer.ranks import MIN_PAIRS, FloatArray, spearman, tidy
from services.trainer.stance import meets
from services.trainer.table import Table
from shared.contracts.diagnostics import Change, Drift, Strength
from shared.contracts.findings import Findings, Label, Pattern, Verdict

LEVEL = 0.05
_SPEARMAN = 1.06  # variance of Fisher's z of Spearman's rho, times (n - 3): Fieller, Hartley, Pearson 1957


def drift(patterns: tuple[Pattern, ...], table: Table, prepared: Prepared | None, previous: Findings) -> Drift:
    """Compare the patterns of now with those of earlier findings. EMERGING ones come and go by chance and don't count."""
    known = Drift(batch=previous.batch, data_sha256=previous.data_sha256, shared_rows=_shared(table, previous))
    if why := _incomparable(table, prepared, previous):
        return known.model_copy(update={"incomparable": why})
    now, before = _claimed(patterns), _claimed(previous.patterns)
    matched = {key: _match(old, now) for key, old in before.items()}
    changes = [_change(old, matched[key], table, prepared) for key, old in before.items()]
    taken = {id(found) for found in matched.values()}
    changes += [_gained(found, previous) for found in now.values() if id(found) not in taken]
    return known.model_copy(update={"changes": tuple(changes)})


def _claimed(patterns: tuple[Pattern, ...]) -> dict[tuple[str, ...], Pattern]:
    return {found.features: found for found in patterns if found.label is not Label.EMERGING}


def _match(old: Pattern, now: Mapping[tuple[str, ...], Pattern]) -> Pattern | None:
    """The pattern of now that speaks of the same features, or of redundant ones."""
    if old.features in now:
        return now[old.features]
    names = {*old.features, *old.also_known_as}
    return next((new for new in now.values() if names & set(new.features) or {*new.also_known_as} & set(old.features)), None)


def _incomparable(table: Table, prepared: Prepared | None, previous: Findings) -> str | None:
    if previous.verdict is not Verdict.TRAINED:
        return f"Nothing was learned then: {previous.verdict_sentence}"
    if prepared is None:
        return "Nothing was learned now."
    for name, then, today in (
        ("target", previous.target, table.target_name),
        ("profile", previous.profile, table.profile),
        ("catalogue version", previous.catalogue_version, table.catalogue_version),
    ):
        if then != today:
            return f"The {name} was {then or 'not known'} then and is {today or 'not known'} now: effects can't be compared."
    return None


def _shared(table: Table, previous: Findings) -> int:
    return len({row.row_id for row in previous.evidence} & set(table.ids))


def _change(old: Pattern, new: Pattern | None, table: Table, prepared: Prepared | None) -> Change:
    before = _of(old)
    now = _of(new) if new else _measured(old, table, prepared)
    what = f"{' and '.join(old.features)}: {_shown(before)} then"
    if now is None:
        return _said(old, "lost", before, None, None, f"{what}, and not measured now.")
    p_value = difference(before, now)
    differs = p_value is not None and p_value <= LEVEL
    smaller = abs(now.effect) < abs(before.effect)
    seen = f"{what}, {_shown(now)} now"
    if before.effect * now.effect < 0 and differs:
        return _said(old, "turned", before, now, p_value, f"{seen}: it points the other way.")
    if new is None:
        why = (
            "weaker than chance allows"
            if differs and smaller
            else "no longer found, though chance could explain the difference"
        )
        return _said(old, "lost", before, now, p_value, f"{seen}: {why}.")
    if not differs:
        return _said(old, "steady", before, now, p_value, f"{seen}: no more different than chance allows.")
    kind = "decayed" if smaller else "grown"
    return _said(old, kind, before, now, p_value, f"{seen}: {'weaker' if smaller else 'stronger'} than chance allows.")


def _gained(new: Pattern, previous: Findings) -> Change:
    before, now = _kept(new, previous), _of(new)
    then = f"{_shown(before)} then" if before else "its values of then were not kept"
    p_value = None if before is None else difference(before, now)
    return _said(new, "gained", before, now, p_value, f"{' and '.join(new.features)}: {_shown(now)} now, {then}.")


def _said(found: Pattern, kind: str, before: Strength | None, now: Strength | None, p: float | None, sentence: str) -> Change:
    known = {"features": found.features, "kind": kind, "before": before, "now": now, "p_value": p, "sentence": sentence}
    return Change.model_validate(known)


def _of(found: Pattern) -> Strength:
    return Strength(effect=found.effect, interval=found.interval, n=found.n, label=found.label.value)


def _measured(old: Pattern, table: Table, prepared: Prepared | None) -> Strength | None:
    """The effect of an earlier pattern in the table of now."""
    if prepared is None or not set(old.features) <= set(prepared.names):
        return None
    places = [prepared.names.index(name) for name in old.features]
    rows = [dict(zip(old.features, map(float, row), strict=True)) for row in prepared.values[:, places]]
    return _strength(old, rows, table.target)


def _kept(new: Pattern, previous: Findings) -> Strength | None:
    """The effect of a new pattern in the rows that earlier findings kept."""
    rows = [
        {name: float(cell) for name, cell in row.values.items() if isinstance(cell, int | float)} for row in previous.evidence
    ]
    return _strength(new, rows, np.array([row.target for row in previous.evidence]))


def _strength(found: Pattern, rows: Sequence[Mapping[str, float]], target: FloatArray) -> Strength | None:
    """As effects are measured: of the feature's order, and of meeting both conditions of a pair."""
    if len(found.features) == 1:
        values = np.array([row.get(found.features[0], np.nan) for row in rows])
    else:
        values = np.array([meets(found.conditions, row) for row in rows])
    n = int((~np.isnan(values)).sum())
    if n < MIN_PAIRS:
        return None
    return Strength(effect=tidy(spearman(values, target)), interval=None, n=n, label=None)


def difference(one: Strength, other: Strength) -> float | None:
    """Two-sided p that two rank correlations are the same (Fisher's z, independent rows); None with fewer than four rows.

    Rows that both rest on make the true p smaller: a difference that is claimed stays one.
    """
    if min(one.n, other.n) < MIN_PAIRS:
        return None
    spread = math.sqrt(_SPEARMAN / (one.n - 3) + _SPEARMAN / (other.n - 3))
    gap = math.atanh(_inside(one.effect)) - math.atanh(_inside(other.effect))
    return tidy(float(2 * norm.sf(abs(gap) / spread)))


def _inside(effect: float) -> float:
    return max(-0.9999, min(0.9999, effect))


def _shown(strength: Strength) -> str:
    return f"{strength.effect:+.2f} in {strength.n} rows"
