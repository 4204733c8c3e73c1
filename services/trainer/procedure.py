"""What was done, in sentences for the method part of a report."""

from services.trainer import search
from services.trainer.discovery import Resampling


def sentences(rows: int, features: int, target: str, draws: Resampling) -> tuple[str, ...]:
    """The procedure with its numbers."""
    return (
        f"{features} features were compared with {target} over {rows} rows by order only: no extreme row makes a pattern.",
        (
            f"Sets of up to {search.MAX_SIZE} features were compared by their probability, averaged over all sets seen in"
            f" {draws.search} steps of a stochastic search."
        ),
        f"The prior expects {search.EXPECTED:g} effects however many features are tried: that pays for trying many.",
        f"p is a feature's own permutation p ({draws.own} draws), given the found features that are not redundant with it.",
        f"q is Benjamini-Hochberg over all {features} features tested.",
        f"The effect is Spearman's rank correlation with its 95 % bootstrap interval ({draws.interval} resamples).",
        f"Features correlated above {search.REDUNDANT} with each other count as one pattern.",
        "Random forest, decision tree, elastic net and k-means are fitted on robustly scaled features.",
        "A model agrees when it ranks the feature, or a redundant one, in its top fifth (at least five).",
    )
