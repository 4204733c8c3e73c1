"""The figures of one pattern in words, each with the number of rows it rests on."""

from shared.contracts.findings import Contrast, Pattern, Tier
from shared.numbers import number, percent, probability, signed

TIERS = {"top": "top 10%", "next": "next 20%", "middle": "middle 40%", "bottom": "bottom 30%"}
_LIFT = "share of the top 30% among the rows that meet it, over their share among all"
_TESTS = {"mann_whitney": "Mann-Whitney", "chi_square": "chi-square", "fisher": "Fisher's exact test"}


def figures(found: Pattern) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that is known of a pattern, strongest evidence first."""
    low, high = found.interval
    same = [name for name in found.also_known_as if name not in found.reversed_aliases]
    told = [
        ("effect (Spearman)", f"{signed(found.effect)}, 95% interval {signed(low)} to {signed(high)}, {found.n} rows"),
        ("beside the other patterns", None if found.adjusted_effect is None else signed(found.adjusted_effect)),
        ("p, q", f"p {probability(found.p_value)}, q {probability(found.q_value)}"),
        ("support in the search", None if found.support is None else percent(found.support, 0)),
        ("shown by subsamples", None if found.stability is None else percent(found.stability, 0)),
        ("models that agree", f"{len(found.consensus)} of 4: {', '.join(found.consensus)}" if found.consensus else "none"),
        *(("", f"{rule.model}: {rule.feature} {rule.operator} {number(rule.threshold)}") for rule in found.rules),
        *(_tier(tier) for tier in found.tiers),
        *(_contrast(found.contrast) if found.contrast else ()),
        *((f"with {one.name} held fixed", f"{signed(one.without)} becomes {signed(one.with_it)}") for one in found.confounders),
        ("explained by", found.explained_by),
        ("also known as", ", ".join(same) or None),
        ("the reverse of", ", ".join(found.reversed_aliases) or None),
    ]
    return tuple((name, value) for name, value in told if value is not None)


def _tier(tier: Tier) -> tuple[str, str]:
    median = "no value" if tier.median is None else f"median {number(tier.median)}"
    met = "" if tier.meets is None else f", {tier.meets} meet it"
    return TIERS.get(tier.name, "the rest"), f"{median} ({tier.n} rows{met})"


def _contrast(seen: Contrast) -> tuple[tuple[str, str | None], ...]:
    exact = "" if seen.differential_p is None else f", Fisher's exact test, p {probability(seen.differential_p)}, not corrected"
    differential = None if seen.differential is None else f"{signed(seen.differential)} (top 10% minus middle 40%{exact})"
    return (
        ("top 30% against the rest", f"{_TESTS[seen.test]}, p {probability(seen.p_value)} (not corrected)"),
        ("rank-biserial", signed(seen.rank_biserial)),
        ("lift", None if seen.lift is None else f"{number(seen.lift)} ({_LIFT})"),
        ("share that meets it", differential),
    )
