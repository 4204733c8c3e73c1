import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.trainer.leakage import is_outcome
from services.trainer.reading import read_table
from services.trainer.table import Table
from shared.catalogue.registry import CATALOGUE
from shared.errors import UsageError


def _file(folder: Path, text: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,er,a\nv1,0.1,1\nv1,0.2,2\n", ["'v1'", "twice", "rows 1 and 2"]),
        ("id,er,a\nv1,0.1,1\n,0.2,2\n", ["Row 2", "no id"]),
        ("id,er,a,a\nv1,0.1,1,2\n", ["'a'", "twice"]),
        ("id,er,a\nv1,0.1,1\nv2,0.2,1e300\n", ["'v2'", "too large", "'a'"]),
        ("id,er,a\nv1,0.1,1\nv2,inf,2\n", ["'v2'", "too large", "'er'"]),
        ("id,er,a\nv1,0.1,1\nv2,0.2,-inf\n", ["'v2'", "too large", "'a'"]),
        ("id,er,a\nv1,0.1,1\nv2,0.2,12a\nv3,0.3,3\n", ["'v2'", "'12a'", "'a'"]),
        ("id,er,a\nv1,0.1,1\nv2,high,2\nv3,0.3,3\n", ["'v2'", "'high'", "'er'"]),
        ("id,er,a\nv1,low,1\nv2,high,2\n", ["'low'", "'er'", "number"]),
        ("id,er,a\nv1,,1\nv2,NA,2\n", ["'er'", "empty in every row"]),
        ("id,engagement_rates,a\nv1,1,1\n", ["target column 'er'", "is not in", "it has 'engagement_rates', 'a'"]),
        ("id,er,profile\nv1,1,full\nv2,2,lite\n", ["profile", "full, lite", "keep each kind apart"]),
        ("id,er,a\nv1,1,2,3\n", ["can't be read"]),
        ("", ["can't be read"]),
        ("id\nv1\n", ["1 column"]),
        ("id;er;a\nv1;0.1;1\n", ["1 column", "parted by semicolons"]),
        ("er,a\n0.1,1\n", ["'er'", "is the first", "put a column of ids before it"]),
    ],
)
def test_bad_tables_are_refused_in_one_sentence_that_names_the_place(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        read_table(_file(tmp_path, text), target="er")
    assert all(word in str(error.value) for word in words), str(error.value)
    assert "\n" not in str(error.value)


def test_an_absent_file_and_a_broken_parquet_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file .*nowhere\.csv"):
        read_table(tmp_path / "nowhere.csv", target="er")
    with pytest.raises(UsageError, match="can't be read"):
        read_table(_file(tmp_path, "not parquet", "t.parquet"), target="er")


def test_a_misspelt_column_gets_near_names_and_one_column_one_role(tmp_path: Path) -> None:
    path = _file(tmp_path, "id,engagement,a,creator\nv1,0.1,1,x\n")
    with pytest.raises(UsageError, match="did you mean 'engagement'"):
        read_table(path, target="engagment")
    with pytest.raises(UsageError, match="'engagement' can't be both target and groups"):
        read_table(path, target="engagement", groups="engagement")


def test_utf_16_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,er,a\nv1,0.1,1\n", encoding="utf-16")
    with pytest.raises(UsageError, match=r"t\.csv is UTF-16 .* save it as CSV in UTF-8"):
        read_table(tmp_path / "t.csv", target="er")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("2025-03-01", "soon"), "'v2' .* 'soon' in the time column 'posted'"),
        (("2025-03-01", ""), "'v2' .* no value in the time column"),
        (("2025-03-01", "2025"), "'v2' .* '2025' in the time column"),
    ],
)
def test_times_that_are_none_are_refused(tmp_path: Path, cells: tuple[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_table(_file(tmp_path, f"id,er,posted\nv1,0.1,{cells[0]}\nv2,0.2,{cells[1]}\n"), target="er", time="posted")


def test_times_are_posix_seconds_whatever_their_spelling(tmp_path: Path) -> None:
    spelled = ["2025-03-01", "20250301", "2025-03-01T01:00:00+01:00", "1740787200", "1740787200000"]
    rows = "".join(f"v{row},0.{row},{text}\n" for row, text in enumerate(spelled))
    table = read_table(_file(tmp_path, f"id,er,posted\n{rows}"), target="er", time="posted")
    assert table.times is not None
    assert set(table.times) == {1740787200.0}
    assert not table.names


@pytest.mark.parametrize("cells", [("1", "-1"), ("1", ""), ("1", "heavy"), ("0", "0")])
def test_weights_that_can_not_weigh_are_refused(tmp_path: Path, cells: tuple[str, str]) -> None:
    path = _file(tmp_path, f"id,er,w\nv1,0.1,{cells[0]}\nv2,0.2,{cells[1]}\nv3,0.2,{cells[0]}\n")
    with pytest.raises(UsageError, match="'w'"):
        read_table(path, target="er", weights="w")


def test_celebrities_by_views_and_by_followers_count_half(tmp_path: Path) -> None:
    views = [100 + row for row in range(9)] + [9000]
    rows = "".join(f"v{row},0.{row + 1},{views[row]},{2_000_000 if row == 3 else 50}\n" for row in range(10))
    table = read_table(_file(tmp_path, f"id,er,views,creator_followers\n{rows}"), target="er")
    assert table.names == (), "who posted is held, not learned from"
    assert table.weights is not None
    assert table.weights.tolist() == [0.5 if row in (3, 9) else 1.0 for row in range(10)]
    (sentence,) = [check.sentence for check in table.checks if check.code == "RUM016"]
    assert "v3, v9" in sentence


def test_weights_change_the_digest_and_equal_ones_are_none(tmp_path: Path) -> None:
    def read(weight: int) -> Table:
        return read_table(_file(tmp_path, f"id,er,a,w\nv1,0.1,1,{weight}\nv2,0.2,2,1\n"), target="er", weights="w")

    even, uneven = read(1), read(2)
    assert even.weights is None
    assert even.sha256() != uneven.sha256()


def test_columns_become_numbers_flags_and_categories(tmp_path: Path) -> None:
    text = "id,er,count,flag,mood\nv2,0.2,3,true,glad\nv1,0.1,,false,sad\nv3,0.3,4,true,angry\n"
    table = read_table(_file(tmp_path, text), target="er")
    assert table.ids == ("v1", "v2", "v3")
    assert table.names == ("count", "flag")
    assert {check.code for check in table.checks} == {"RUM008"}
    np.testing.assert_array_equal(table.values, [[np.nan, 0], [3, 1], [4, 1]])


def test_text_columns_are_one_hot_over_their_values_and_two_values_need_one_column(tmp_path: Path) -> None:
    rows = "".join(f"v{row},0.{row},{'abc'[row % 3]},{'de' if row % 2 else 'en'}\n" for row in range(1, 10))
    table = read_table(_file(tmp_path, f"id,er,kind,lang\n{rows}"), target="er")
    assert table.names == ("kind=a", "kind=b", "kind=c", "lang=en")
    assert (table.values[:, :3].sum(axis=1) == 1).all()


def test_csv_and_parquet_of_the_same_table_have_the_same_digest_whatever_the_order(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["a", "b", "c"], "er": [0.1, 0.2, 0.3], "x": [1.5, None, 2.5], "y": [True, False, True]})
    frame.write_csv(tmp_path / "t.csv")
    frame.reverse().select("id", "y", "x", "er").write_parquet(tmp_path / "t.parquet")
    first, second = (read_table(tmp_path / name, target="er") for name in ("t.csv", "t.parquet"))
    assert first.sha256() == second.sha256()


@pytest.mark.parametrize(
    "name", ["views", "playCount", "like_count", "likes_per_view", "engagement_rate", "log_views", "Shares"]
)
def test_outcomes_are_recognized_in_any_spelling(name: str) -> None:
    assert is_outcome(name)


@pytest.mark.parametrize(
    "name", ["face_share", "asks_for_comments", "like_word_count", "text_ratio", "count", "speech_rate", "f1"]
)
def test_features_that_mention_an_outcome_stay(name: str) -> None:
    assert not is_outcome(name)


def test_outcome_columns_never_enter_the_matrix(tmp_path: Path) -> None:
    table = read_table(_file(tmp_path, "id,er,views,digg_count,cuts\nv1,0.1,10,1,2\nv2,0.2,20,2,3\n"), target="er")
    assert table.names == ("cuts",)
    assert [check.code for check in table.checks] == ["RUM005"]
    assert "views" in table.checks[0].sentence


def test_rows_without_a_target_are_left_out_and_counted(tmp_path: Path) -> None:
    table = read_table(_file(tmp_path, "id,er,a\nv1,0.1,1\nv2,,2\n"), target="er")
    assert (len(table), table.left_out) == (1, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), max_size=6))
def test_any_csv_is_read_or_refused_in_a_sentence(tmp_path: Path, rows: list[list[str]]) -> None:
    text = "id,er,a\n" + "".join(",".join(json.dumps(cell, ensure_ascii=False) for cell in row) + "\n" for row in rows)
    try:
        table = read_table(_file(tmp_path, text), target="er")
    except UsageError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert len(table) + table.left_out <= len(rows)
        assert not np.isinf(table.values).any()
    assert "\n" not in sentence


def test_a_closed_list_of_the_catalogue_has_a_column_per_member_whatever_the_rows_have(tmp_path: Path) -> None:
    members = CATALOGUE.get("person_shot_size").options
    rows = "".join(f"v{row},0.{row},{members[row % 2]}\n" for row in range(1, 10))
    table = read_table(_file(tmp_path, f"id,er,person_shot_size\n{rows}"), target="er")
    assert table.names == tuple(sorted(f"person_shot_size={member}" for member in members))
    other = read_table(_file(tmp_path, f"id,er,person_shot_size\n{rows.replace(members[0], 'unheard-of')}"), target="er")
    assert other.names == (f"person_shot_size={max(members[1], 'unheard-of')}",)
