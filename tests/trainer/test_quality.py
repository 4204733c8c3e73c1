import numpy as np

from services.trainer.audience import celebrities
from services.trainer.quality import prepare
from services.trainer.table import Table
from shared.contracts.findings import Check


def _table(values: np.ndarray, target: np.ndarray) -> Table:
    names = tuple(f"f{column:02d}" for column in range(values.shape[1]))
    ids = tuple(f"v{row:03d}" for row in range(len(target)))
    return Table(ids=ids, target_name="er", target=target, names=names, values=values)


def _codes(found: tuple[Check, ...]) -> dict[str, str]:
    return {check.code: check.sentence for check in found}


def test_gaps_that_go_with_the_target_are_named_and_chance_gaps_are_not() -> None:
    rng = np.random.default_rng(0)
    values, target = rng.normal(size=(40, 9)), rng.normal(size=40)
    values[rng.random(40) < 0.3, 2] = np.nan
    assert "RUM018" not in _codes(prepare(_table(values, target)).checks)
    values[target < np.quantile(target, 0.3), 5] = np.nan
    assert "1 column whose gaps go with the target" in _codes(prepare(_table(values, target)).checks)["RUM018"]


def test_unknown_followers_and_few_known_views_make_no_celebrity() -> None:
    unknown = np.array([np.nan, 2e6, 10.0])
    assert celebrities(3, None, unknown).tolist() == [False, True, False]
    assert not celebrities(3, np.array([1.0, 2.0, 1e9]), None).any()
