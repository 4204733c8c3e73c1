"""Several searches of one client beside each other: what holds in all of them, what in one, and where they differ."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import kruskal, rankdata

from services.trainer.ranks import FloatArray, tidy
from services.trainer.reach import reach_method, shared_patterns
from shared.contracts.findings import Findings, Verdict
from shared.contracts.portfolio import BucketComparison, Comparison, HeatCell
from shared.errors import UsageError

_METHOD = (
    *reach_method("searches"),
    "Searches are compared by the ranks of the target over all rows of the bucket (Kruskal-Wallis).",
)


def compare(findings: Sequence[tuple[str, Findings]]) -> Comparison:
    """Compare named findings, the name being the search. Raises UsageError when they don't belong together."""
    _check(findings)
    searches = tuple(dict.fromkeys(search for search, _ in findings))
    by_bucket: dict[str, dict[str, Findings]] = {}
    for search, one in sorted(findings, key=lambda pair: _order(pair[1])):
        by_bucket.setdefault(_bucket(one), {})[search] = one
    learned = {name: _learned(own) for name, own in by_bucket.items()}
    return Comparison(
        client=findings[0][1].client_name or findings[0][1].client,
        target=findings[0][1].target,
        searches=searches,
        heatmap=tuple(_heat(search, name, own.get(search)) for search in searches for name, own in by_bucket.items()),
        buckets=tuple(_compared(name, own) for name, own in learned.items() if len(own) > 1),
        left_out=tuple(_sentence(name, search, own[search]) for name, own in by_bucket.items() for search in own
                       if search not in learned[name]),
        method=_METHOD,
    )  # fmt: skip


def _check(findings: Sequence[tuple[str, Findings]]) -> None:
    for what, kinds in (
        ("clients", {one.client for _, one in findings}),
        ("targets", {one.target for _, one in findings}),
        ("profiles", {one.profile for _, one in findings if one.verdict is Verdict.TRAINED}),
        ("catalogue versions", {one.catalogue_version for _, one in findings if one.verdict is Verdict.TRAINED}),
    ):
        if len(kinds) > 1:
            shown = ", ".join(sorted(str(kind or "none") for kind in kinds))
            raise UsageError(f"The findings are of different {what} ({shown}): compare only what belongs together.")
    seen: set[tuple[str, str]] = set()
    for search, one in findings:
        if (search, _bucket(one)) in seen:
            raise UsageError(f"{search} comes twice in the bucket {_bucket(one)}: give one findings file for each.")
        seen.add((search, _bucket(one)))


def _bucket(findings: Findings) -> str:
    return findings.bucket.value if findings.bucket else "all"


def _order(findings: Findings) -> float:
    return findings.bucket.upper_s if findings.bucket else 0.0


def _learned(own: Mapping[str, Findings]) -> dict[str, Findings]:
    return {search: one for search, one in own.items() if one.verdict is Verdict.TRAINED}


def _sentence(bucket: str, search: str, findings: Findings) -> str:
    return f"{search}, {bucket}: {findings.verdict_sentence}"


def _heat(search: str, bucket: str, findings: Findings | None) -> HeatCell:
    seen = findings.performance if findings else None
    return HeatCell(search=search, bucket=bucket, median=seen.median if seen else None, rows=seen.n if seen else 0)


def _compared(bucket: str, own: Mapping[str, Findings]) -> BucketComparison:
    targets = {search: np.array([row.target for row in one.evidence]) for search, one in own.items()}
    medians = {search: float(np.median(target)) for search, target in targets.items()}
    best, worst = max(medians, key=medians.__getitem__), min(medians, key=medians.__getitem__)
    order = f"{best} is highest, {worst} lowest" if medians[best] > medians[worst] else "their medians are the same"
    between, p_value = _variance(list(targets.values()))
    differ = p_value is not None and p_value <= 0.05
    patterns = shared_patterns(own, "searches")
    everywhere = sum(pattern.reach == "universal" for pattern in patterns)
    sentence = f"{'The searches differ' if differ else 'No difference between the searches beyond chance'}"
    sentence += f": {order}. {everywhere} of {len(patterns)} patterns hold in all or nearly all searches."
    return BucketComparison(
        bucket=bucket,
        searches=tuple(own),
        patterns=patterns,
        best=best,
        worst=worst,
        gap=tidy(medians[best] - medians[worst]),
        between=between,
        p_value=p_value,
        sentence=sentence,
    )


def _variance(targets: Sequence[FloatArray]) -> tuple[float, float | None]:
    """Share of the variance of the ranks that lies between the searches, and the p of no difference."""
    ranks = rankdata(np.concatenate(targets))
    total = float(((ranks - ranks.mean()) ** 2).sum())
    if total == 0:
        return 0.0, None
    parts = np.split(ranks, np.cumsum([len(target) for target in targets])[:-1])
    between = sum(len(part) * float((part.mean() - ranks.mean()) ** 2) for part in parts)
    return tidy(min(1.0, between / total)), tidy(float(kruskal(*targets).pvalue))
