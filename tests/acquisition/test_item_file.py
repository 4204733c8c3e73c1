"""Items are read from JSON arrays, JSON lines and CSV; a bad row stays one row, a malformed file is one sentence."""

import csv
import json
from pathlib import Path

import pytest
from scraper_items import FIRST_ID, item

from services.acquisition.apify_items import ParsedItem, parse_item
from services.acquisition.item_file import read_items
from services.acquisition.raw_item import BadRow
from shared.errors import UsageError

HEADER = ["id", "authorMeta/name", "text", "createTime", "playCount", "diggCount", "commentCount", "shareCount",
          "videoMeta/duration", "webVideoUrl"]  # fmt: skip
ROW = [str(FIRST_ID), "ana", "hello #gym", "1672593076", "1000", "10", "1", "2", "14", "https://www.tiktok.com/@ana/video/1"]


def written(folder: Path, text: str | bytes, name: str = "items.json") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def table(folder: Path, *rows: list[str], bom: bool = False) -> Path:
    path = folder / "items.csv"
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def test_the_same_items_as_array_lines_and_wrapped(tmp_path: Path) -> None:
    items = [item(0), item(1)]
    lines = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in items)
    assert read_items(written(tmp_path, json.dumps(items))) == items
    assert read_items(written(tmp_path, lines + "\n\n")) == items
    assert read_items(written(tmp_path, json.dumps({"items": items}))) == items
    assert read_items(written(tmp_path, json.dumps(items[0]))) == items[:1]


def test_a_line_separator_inside_text_breaks_no_json_line(tmp_path: Path) -> None:
    items = [item(0, text="one\u2028two\x85three"), item(1)]
    assert read_items(written(tmp_path, "\r\n".join(json.dumps(entry, ensure_ascii=False) for entry in items))) == items


def test_numbers_beyond_2_to_53_stay_exact(tmp_path: Path) -> None:
    (read,) = read_items(written(tmp_path, f'[{{"id": {FIRST_ID}}}]'))
    assert read == {"id": FIRST_ID}


def test_csv_with_byte_order_mark_and_big_cells(tmp_path: Path) -> None:
    big = ROW.copy()
    big[2] = "x" * 300_000 + "\nsecond line, with comma"
    for bom in (True, False):
        (read,) = read_items(table(tmp_path, big, bom=bom))
        made = parse_item(0, read)
        assert isinstance(made, ParsedItem)
        assert made.video.record.caption == big[2]
        assert made.video.record.duration_s == 14


def test_a_bad_row_stays_one_row(tmp_path: Path) -> None:
    rows = read_items(table(tmp_path, ROW, ROW[:4], [*ROW, "more"], ROW))
    assert [isinstance(row, BadRow) for row in rows] == [False, True, True, False]
    assert rows[1] == BadRow("line 3 has 4 cells where the header has 10")
    lines = read_items(written(tmp_path, json.dumps(item()) + '\n{"id": "7\n' + json.dumps(item(1))))
    assert [isinstance(row, BadRow) for row in lines] == [False, True, False]
    assert "line 2 is not valid JSON" in getattr(lines[1], "problem", "")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '[{"id": "1"},\n {"id": ]', r"a\.json is not valid JSON: .*line 2, column 9"),
        ("b.json", '{\n  "id": "1",\n  "text": \n}', r"b\.json is not valid JSON: .*line 4, column 1"),
        ("c.csv", 'id,text,webVideoUrl\n1,"never closed,x\n', r"c\.csv is not valid CSV: .*line 2"),
        ("d.csv", "some,other,table\n1,2,3\n", r"d\.csv is neither JSON nor CSV of scraper items: line 1"),
        ("e.txt", "just text", r"e\.txt is neither JSON nor CSV"),
        ("f.json", "", r"f\.json is empty"),
        ("g.json", b"\xff\xfe\x00bad", r"g\.json is not UTF-8 text"),
        ("h.json", "[" * 100_000, r"h\.json"),
    ],
)
def test_a_malformed_file_is_one_sentence_with_its_place(tmp_path: Path, name: str, text: str | bytes, expected: str) -> None:
    with pytest.raises(UsageError, match=expected) as caught:
        read_items(written(tmp_path, text, name))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.json does not exist"):
        read_items(tmp_path / "absent.json")
