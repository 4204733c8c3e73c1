"""What was done, in sentences for the method part of a report."""

from services.trainer import search
from services.trainer.discovery import Resampling


def sentences(rows: int, features: int, target: str, draws: Resampling) -> tuple[str, ...]:
    """The procedure with its numbers."""
    return (
        f"{features} features were compared with {target} over {rows} rows by order only: no extreme row makes a pattern.",
        "A stepwise search takes the strongest feature, then the strongest given those before.",
        f"Each step is tested against the largest correlation over all features in {draws.search} permutations.",
        "ForwardStop says how many steps to believe.",
        f"p is a feature's own permutation p ({draws.own} draws), given the found features that are not redundant with it.",
        f"q is Benjamini-Hochberg over all {features} features tested.",
        f"The effect is Spearman's rank correlation with its 95 % bootstrap interval ({draws.interval} resamples).",
        f"Features correlated above {search.REDUNDANT} with each other count as one pattern.",
        "Random forest, decision tree, elastic net and k-means are fitted on robustly scaled features.",
        "Each model ranks its top tenth of the features, at least five.",
    )
