"""Which features matter most, and how sure that is: one per redundancy cluster, by their support in the search."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.trainer import search
from services.trainer.discovery import Resampling, Sample
from services.trainer.ranks import spearman, tidy
from shared.contracts.findings import RankedFeature

MOST = 15
_SEED = 4


def most_supported(sample: Sample, *, seed: int, draws: Resampling) -> tuple[tuple[int, float], ...]:
    """Features with the probability that they or a redundant one are in the model, the most probable first, at most 15."""
    rng = np.random.default_rng([seed, _SEED])
    seen = search.support(sample.design, sample.columns, sample.near, rng=rng, iterations=draws.search)
    own, cluster = seen.own(), seen.features()
    chosen: list[int] = []
    for feature in np.lexsort((np.arange(len(own)), -np.round(own, 9), -np.round(cluster, 9))):
        if len(chosen) == MOST or cluster[feature] <= 0:
            break
        if not sample.near[feature, chosen].any():
            chosen.append(int(feature))
    return tuple((feature, float(cluster[feature])) for feature in chosen)


def ranking(
    ranked: Sequence[tuple[int, float]], sample: Sample, names: Sequence[str], stable: Mapping[int, float]
) -> tuple[RankedFeature, ...]:
    """The same as the findings say it; `stable` is the share of subsamples that show a feature, where that was asked for."""
    return tuple(
        RankedFeature(
            feature=names[feature],
            support=tidy(support),
            stability=None if feature not in stable else tidy(stable[feature]),
            effect=tidy(spearman(sample.values[:, feature], sample.target)),
            same=tuple(names[other] for other in np.flatnonzero(sample.near[feature]) if other != feature),
        )
        for feature, support in ranked
    )
