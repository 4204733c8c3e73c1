"""`rumiai select` prints counts, numbers per bucket and every rejection with its code."""

import json
from pathlib import Path
from typing import Any

import pytest
from scraper_items import FIRST_ID, item

from services.console.commands.select import select
from shared.errors import UsageError

REQUEST = """
client: {name: "日本 @ #x", industry: fitness}
source: {kind: apify}
hashtags: [gym]
videos_per_bucket: 2
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    items: list[Any] = [
        *(item(number, diggCount=number) for number in range(4)),
        item(0),
        item(4, videoMeta__duration=121),
        item(5, mediaUrls=[], videoMeta__duration=45),
        {"error": "This hashtag does not exist. [red]", "input": "x"},
        None,
    ]
    (tmp_path / "items.json").write_text(json.dumps(items), encoding="utf-8")
    (tmp_path / "request.yaml").write_text(REQUEST, encoding="utf-8")
    return tmp_path / "items.json", tmp_path / "request.yaml"


def test_json_says_everything(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    select(files[0], request=files[1], as_json=True, out=tmp_path / "out.json")
    captured = capsys.readouterr()
    said = json.loads(captured.out)
    assert said == json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert said["counts"] == {"items": 9, "records": 5, "rejected": 4, "selected": 3}
    assert said["per_bucket"]["0-15s"]["records"] == 4
    assert said["per_bucket"]["0-15s"]["selected"] == 2
    assert said["per_bucket"]["91-120s"]["highest_engagement_rate"] is None
    assert said["per_reason"] == {"duplicate": 1, "duration_out_of_range": 1, "malformed": 1, "scraper_error": 1}
    assert [rejection["code"] for rejection in said["rejected"]] == [
        "duplicate", "duration_out_of_range", "scraper_error", "malformed",
    ]  # fmt: skip
    assert said["client"].endswith("-b57b0218")
    assert captured.err == ""


def test_tables_name_every_rejection(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    select(files[0], request=files[1])
    text = capsys.readouterr().out
    assert "9 items = 5 records + 4 rejected; 3 selected." in text
    for word in ("duplicate", "duration_out_of_range", "scraper_error", "malformed", str(FIRST_ID), "[red]"):
        assert word in text


def test_the_file_given_wins_over_the_requests_dataset(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    text = REQUEST.replace("{kind: apify}", "{kind: dataset, items: absent.json, videos: absent}")
    files[1].write_text(text, encoding="utf-8")
    select(files[0], request=files[1], as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert said["counts"]["selected"] == 3
    assert said["videos"][0]["media"]["path"].endswith(".mp4")


def test_an_output_that_can_not_be_written_is_one_sentence(files: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        select(files[0], request=files[1], out=files[0] / "out.json")


def test_each_real_file_balances(scraper_files: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(scraper_files.iterdir()):
        select(path, request=files[1], as_json=True)
        counts = json.loads(capsys.readouterr().out)["counts"]
        assert counts["items"] == counts["records"] + counts["rejected"] > 0
