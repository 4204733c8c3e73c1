"""A video counts once, however often it was posted or listed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from services.trainer.reading import read_table
from services.trainer.repeats import without_repeats
from services.trainer.table import Table
from services.trainer.train import train
from shared.contracts.findings import Verdict
from tests.trainer.tables import QUICK


def _noise(rows: int = 30, columns: int = 9) -> Table:
    rng = np.random.default_rng(0)
    return Table(
        ids=tuple(f"v{row:03d}" for row in range(rows)),
        target_name="er",
        target=rng.normal(size=rows),
        names=tuple(f"f{column}" for column in range(columns)),
        values=rng.normal(size=(rows, columns)),
        groups=tuple(f"c{row}" for row in range(rows)),
    )


def test_a_row_given_twice_counts_once_and_is_named() -> None:
    table = _noise()
    table.values[4, 1] = np.nan
    assert without_repeats(table) is table
    table.values[7] = table.values[4]
    kept = without_repeats(table)
    assert kept.ids == tuple(own for own in table.ids if own != "v007")
    assert (len(kept), len(kept.groups or ()), kept.left_out) == (29, 29, 1)
    np.testing.assert_array_equal(kept.target, np.delete(table.target, 7))
    (said,) = kept.checks
    assert said.code == "RUM017"
    assert "v007 (of v004)" in said.sentence


def test_of_reposts_the_one_posted_first_is_kept() -> None:
    table = replace(_noise(), times=np.arange(30.0)[::-1].copy(), videos=("a", "a", *map(str, range(26)), None, None))
    assert without_repeats(table).ids == table.ids[1:]


def test_rows_of_flags_are_alike_by_chance_and_stay() -> None:
    table = _noise(columns=12)
    flags = replace(table, values=(table.values > 1.5).astype(float))
    assert len(np.unique(flags.values, axis=0)) < 30
    assert without_repeats(flags) is flags


def test_rows_given_twice_do_not_make_a_table_large_enough_to_learn_from() -> None:
    once = _noise(rows=15)
    twice = replace(
        once,
        ids=(*once.ids, *(f"w{row:03d}" for row in range(15))),
        target=np.tile(once.target, 2),
        values=np.tile(once.values, (2, 1)),
        groups=(*(once.groups or ()), *(once.groups or ())),
    )
    found = train(twice, draws=QUICK).findings
    assert found.verdict is Verdict.INSUFFICIENT_DATA
    assert (found.counts.usable, found.counts.left_out, len(found.evidence)) == (15, 15, 15)


def test_the_file_of_a_video_is_read_from_a_table(tmp_path: Path) -> None:
    frame = {"id": ["a", "b", "c"], "x": [1.0, 2.0, 3.0], "video_sha256": ["s", "t", "s"], "er": [0.1, 0.2, 0.3]}
    pl.DataFrame(frame).write_csv(tmp_path / "t.csv")
    table = read_table(tmp_path / "t.csv", target="er")
    assert table.names == ("x",)
    assert without_repeats(table).ids == ("a", "b")
