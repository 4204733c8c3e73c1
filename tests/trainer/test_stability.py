"""The share of subsamples that show a pattern: near one for what is there, low for noise, with whole creators left out."""

from dataclasses import replace

import numpy as np

from services.trainer.discovery import Sample
from services.trainer.learn import sample_of
from services.trainer.quality import prepare
from services.trainer.stability import stability
from tests.trainer.tables import planted, table


def _sample(rows: int = 40, groups: tuple[str, ...] | None = None, strength: float = 3.0) -> Sample:
    data = replace(table(planted(rows=rows, strength=strength)), groups=groups)
    return sample_of(prepare(data), data)


def test_a_planted_effect_is_in_nearly_every_subsample_and_noise_is_not() -> None:
    shown = stability(_sample(), [0, 1], seed=0, subsamples=10)
    assert shown[1] >= 0.9
    assert shown[0] <= 0.3
    assert all(10 * share == round(10 * share) for share in shown.values())


def test_the_same_seed_gives_the_same_share_and_nothing_is_asked_of_no_feature() -> None:
    sample = _sample(strength=1.2)
    assert stability(sample, [1], seed=3, subsamples=5) == stability(sample, [1], seed=3, subsamples=5)
    assert stability(sample, [], seed=3, subsamples=10) == {}


def test_an_effect_that_one_creator_makes_is_gone_from_the_subsamples_without_them() -> None:
    """A creator with a third of the rows is high in f2 and in the target; within the others f2 says nothing."""
    columns = planted(rows=45, strength=0.0, seed=1)
    star = np.arange(45) < 15
    columns["f2"] = (np.array(columns["f2"]) + 6 * star).tolist()
    columns["engagement_rate"] = (np.array(columns["engagement_rate"]) * np.exp(4 * star)).tolist()
    groups = tuple("star" if row < 15 else f"c{row}" for row in range(45))
    data = table(columns)
    grouped = replace(data, groups=groups)
    alone, together = (stability(sample_of(prepare(own), own), [2], seed=0, subsamples=10)[2] for own in (data, grouped))
    assert alone == 1.0
    assert together <= 0.7
