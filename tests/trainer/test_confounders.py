"""A confounder that has nothing to do with a pattern leaves its label alone; one that is behind it does not."""

from dataclasses import replace

import numpy as np
import pytest

from services.trainer.discovery import Candidate, discover
from services.trainer.learn import sample_of, votes_of
from services.trainer.models import fit_models
from services.trainer.quality import prepare
from shared.contracts.findings import Label
from tests.trainer.tables import QUICK, planted, table

ROWS = 40


def _found(columns: dict[str, list[float]], **known: np.ndarray) -> list[Candidate]:
    data = replace(table(columns), **known)
    prepared = prepare(data)
    models = fit_models(prepared.values, np.log(data.target), seed=0)
    return discover(sample_of(prepared, data), lambda: votes_of(models), seed=(0, 0), draws=QUICK)


@pytest.mark.parametrize("seed", range(4))
def test_followers_and_posting_times_that_move_nothing_change_no_label(seed: int) -> None:
    rng = np.random.default_rng([seed, 1])
    times, followers = 1.735e9 + rng.integers(90 * 86_400, size=ROWS), np.exp(rng.normal(9, 1.5, size=ROWS))
    alone = _found(planted(seed=seed, strength=1.6))
    beside = _found(planted(seed=seed, strength=1.6), times=times.astype(float), followers=followers)
    assert 1 in {found.form.features[0] for found in alone if found.label is not Label.EMERGING}
    assert [(found.form, found.label) for found in beside] == [(found.form, found.label) for found in alone]
    assert [(found.explained_by, len(found.confounders)) for found in beside] == [(None, 3)] * len(beside)


def test_what_followers_drive_is_capped_and_much_of_it_is_gone_with_them_held() -> None:
    columns = planted(strength=0.0)
    rng = np.random.default_rng(3)
    fame = rng.normal(size=ROWS)
    columns["f1"] = (fame + 0.5 * rng.normal(size=ROWS)).tolist()
    columns["engagement_rate"] = np.exp(fame + 0.5 * rng.normal(size=ROWS)).tolist()
    (found,) = [own for own in _found(columns, followers=np.exp(9 + fame)) if own.form.features == (1,)]
    assert found.label is Label.EMERGING
    assert found.explained_by == "followers"
    assert found.confounders[0].left < 0.75
    assert _found(columns)[0].label is not Label.EMERGING
