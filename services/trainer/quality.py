"""Looks at a table before anything is learned: drops columns that can't teach, and says what was seen and done."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

from services.trainer import checks
from services.trainer.leakage import NEAR, SAME, likeness
from services.trainer.ranks import FloatArray
from services.trainer.scale import logarithm
from services.trainer.table import Table
from shared.contracts.findings import Check

MIN_DIFFERENT = 3
MIN_SEEN = 0.5
_EXTREME_IQRS = 3.0
_TELLING_P = 0.05


@dataclass(frozen=True)
class Prepared:
    """The columns that are tested: `values` (n, p) and their names, and every check so far."""

    values: FloatArray
    names: tuple[str, ...]
    checks: tuple[Check, ...]


def prepare(table: Table) -> Prepared:
    """Keep the columns that vary, are seen in at least half of the rows and don't repeat the target."""
    values = table.values
    seen = (~np.isnan(values)).sum(axis=0)
    rare = np.array([_differing(values[:, column]) for column in range(values.shape[1])], dtype=int)
    sparse = (seen < MIN_SEEN * len(table)) & (rare > 0)
    like = likeness(values, table.target)
    reasons = {
        checks.CONSTANT: np.flatnonzero(rare == 0),
        checks.NEAR_CONSTANT: np.flatnonzero((rare > 0) & (rare < MIN_DIFFERENT) & ~sparse),
        checks.TOO_SPARSE: np.flatnonzero(sparse),
        checks.REPEATS_TARGET: np.flatnonzero(like > SAME),
    }
    dropped = np.unique(np.concatenate(list(reasons.values())).astype(int))
    kept = np.setdiff1d(np.arange(values.shape[1]), dropped)
    found = [_dropped(code, [table.names[column] for column in columns]) for code, columns in reasons.items() if len(columns)]
    gaps = [*_missing(values[:, kept]), *_telling_gaps(values[:, kept], table.target)]
    gaps += _near_target([table.names[column] for column in kept if like[column] >= NEAR])
    rest = [*gaps, *extreme_targets(table), *_repeated_groups(table)]
    names = tuple(table.names[column] for column in kept)
    return Prepared(np.ascontiguousarray(values[:, kept]), names, (*table.checks, *found, *rest))


def extreme_rows(target: FloatArray) -> NDArray[np.bool_]:
    """Rows whose target lies over three quartile ranges outside, on a log scale where no target is negative.

    When that are more than 5 % of the rows, the target has a heavy tail and no outliers: then none.
    """
    none = np.zeros(len(target), dtype=bool)
    if len(target) < 8:
        return none
    logs = logarithm(target)
    goal = target if logs is None else logs
    low, high = np.quantile(goal, [0.25, 0.75])
    reach = _EXTREME_IQRS * (high - low)
    outside = np.asarray((goal < low - reach) | (goal > high + reach))
    return outside if outside.sum() <= max(1, len(target) // 20) else none


def extreme_targets(table: Table) -> list[Check]:
    """Names the extreme rows. The search sets them aside, so that one viral video can't make a pattern."""
    rows = [table.ids[row] for row in np.flatnonzero(extreme_rows(table.target))]
    if not rows:
        return []
    what = (
        f"{checks.counted(len(rows), 'row')} with an extreme {table.target_name} kept in the figures, set aside in the search: "
    )
    return [checks.check(checks.EXTREME, "warning", f"{what}{checks.named(rows)}.")]


def _differing(values: FloatArray) -> int:
    """How many known cells differ from the commonest one."""
    known = values[~np.isnan(values)]
    if not len(known):
        return 0
    _, counts = np.unique(known, return_counts=True)
    return int(len(known) - counts.max())


_WHY = {
    checks.CONSTANT: "without any variation dropped",
    checks.NEAR_CONSTANT: f"that differ in fewer than {MIN_DIFFERENT} rows dropped",
    checks.TOO_SPARSE: f"known in under {MIN_SEEN:.0%} of the rows dropped",
    checks.REPEATS_TARGET: "that repeat the target (correlation above 0.999) kept out",
}


def _dropped(code: str, names: list[str]) -> Check:
    level: checks.Level = "warning" if code == checks.REPEATS_TARGET else "info"
    return checks.check(code, level, f"{checks.counted(len(names), 'column')} {_WHY[code]}: {checks.named(names)}.")


def _near_target(names: list[str]) -> list[Check]:
    if not names:
        return []
    what = f"{checks.counted(len(names), 'column')} nearly the same as the target (correlation from {NEAR}), kept as features"
    sentence = f"{what}: {checks.named(names)}. What is computed from the outcome explains nothing: leave it out."
    return [checks.check(checks.NEAR_TARGET, "warning", sentence)]


def _missing(values: FloatArray) -> list[Check]:
    if not values.size or not np.isnan(values).any():
        return []
    columns = checks.counted(int(np.isnan(values).any(axis=0).sum()), "column")
    sentence = (
        f"{np.isnan(values).mean():.1%} of the feature cells are missing ({columns}): tests use the known rows, models the"
    )
    return [checks.check(checks.MISSING, "info", f"{sentence} median and a flag.")]


def _telling_gaps(values: FloatArray, target: FloatArray) -> list[Check]:
    """Columns whose gaps go with the target (Mann-Whitney, Bonferroni over the different masks): their flag may teach."""
    masks: dict[bytes, int] = {}
    for column in np.flatnonzero(np.isnan(values).sum(axis=0) >= MIN_DIFFERENT):
        masks.setdefault(np.isnan(values[:, column]).tobytes(), int(column))
    telling = {
        mask
        for mask, column in masks.items()
        if mannwhitneyu(target[np.isnan(values[:, column])], target[~np.isnan(values[:, column])]).pvalue * len(masks)
        <= _TELLING_P
    }
    count = sum(np.isnan(values[:, column]).tobytes() in telling for column in range(values.shape[1]))
    if not count:
        return []
    sentence = f"{checks.counted(count, 'column')} whose gaps go with the target: models see a flag, patterns only known rows."
    return [checks.check(checks.TELLING_GAPS, "warning", sentence)]


def _repeated_groups(table: Table) -> list[Check]:
    if table.groups is None:
        return []
    sizes = Counter(table.groups)
    if len(sizes) == len(table):
        return []
    sentence = (
        f"{len(table)} rows come from {len(sizes)} groups (largest {max(sizes.values())}): tests account for their likeness,"
    )
    return [checks.check(checks.GROUPS, "info", f"{sentence} and folds keep a group together where there are enough groups.")]
