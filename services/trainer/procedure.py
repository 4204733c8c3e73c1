"""What was done, in sentences for the method part of a report."""

from collections.abc import Collection

from services.trainer import effects, forms, labels, scale, search
from services.trainer.discovery import Resampling

_NOTHING_HELD = (
    "No confounder was held fixed: followers and posting times were not given, known in too few rows, or the same in all."
)
_WEIGHTS = (
    "Row weights count where forest, tree, elastic net and forecast are fitted; effects, p, q and the figures of the models"
    " count every row alike."
)


def sentences(
    rows: int,
    features: int,
    target: str,
    draws: Resampling,
    *,
    creators: int | None = None,
    held: Collection[str] = (),
    weighted: bool = False,
) -> tuple[str, ...]:
    """The procedure with its numbers; `held` are the confounders that were held fixed, `creators` how many made the rows.

    `weighted`: the rows don't count alike.
    """
    alike = "creators" if creators is not None and creators < rows else "rows"
    return (
        (
            f"The order of {features} features was compared with {target} over {rows} rows, on a nearly normal scale that"
            f" ends at {scale.FARTHEST} standard deviations: no extreme row makes a pattern."
        ),
        *(
            [f"The rows come from {creators} creators; what rows of one creator share was removed."]
            if alike == "creators"
            else []
        ),
        f"Features correlated above {search.REDUNDANT} with each other count as one pattern, named by the most probable.",
        (
            "A feature can matter by its order, by being above one of up to"
            f" {len(forms.QUANTILES)} values near its median, or together with another feature (both beyond their medians)."
        ),
        (
            f"Sets of up to {search.most_columns(rows)} of these forms were compared by their probability, averaged over all"
            f" sets seen in {draws.search} steps of a stochastic search."
        ),
        (
            f"The prior expects {forms.EXPECTED:g} effects and {forms.EXPECTED_PAIRS:g} of pairs however many are tried, and a"
            f" feature's share is divided among its forms ({forms.ORDER_SHARE:.0%} for the order): that pays for trying many."
        ),
        "p is a feature's own p (Student's t) given the found patterns that are not redundant with it, over all its forms.",
        "The p of a pair is how often the best of all pairs does as well on shuffled targets; it serves as its q.",
        f"q is Benjamini-Hochberg over all {features} features tested.",
        f"The effect is Spearman's rank correlation with its 95% interval (up to {draws.interval} resamples of the {alike}).",
        "The adjusted effect is the one beside the other patterns, which suffers less from having been selected.",
        *([_confounder_sentence(held)] if held else [_NOTHING_HELD]),
        (
            f"Stability is the share of {draws.stability} subsamples of 80% of the {alike} (fewer for large tables) in which"
            " the search finds a feature again."
        ),
        "Random forest, decision tree, elastic net and k-means are fitted on robustly scaled features.",
        *([_WEIGHTS] if weighted else []),
        (
            "A model agrees when it has the feature, or a redundant one, in its top fifth (at least five) and predicts more in"
            f" the same direction; {labels.CONSENSUS} of 4 must."
        ),
    )


def _confounder_sentence(held: Collection[str]) -> str:
    return (
        f"Every effect was measured again with {', '.join(held)} held fixed: when less than"
        f" {effects.VANISHED_SHARE:.0%} of it is left, or less than {effects.SHRUNK_SHARE:.0%} with a p that is no longer small"
        " enough for the number of features tested, it is at most EMERGING."
    )
