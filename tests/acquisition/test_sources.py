"""Items come from a dataset on disk, or from Apify: the real apify-client against a local server that speaks its API."""

import json
import logging
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from http_servers import TOKEN, FakeApify, serving
from scraper_items import FIRST_ID, item, parsed, request

from services.acquisition.settings import AcquisitionSettings
from services.acquisition.sources import open_source
from shared.artifacts import ArtifactStore
from shared.contracts.plan import Media
from shared.contracts.request import BatchRequest
from shared.errors import Transient, Unavailable, UsageError


@pytest.fixture(autouse=True)
def _no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APIFY_TOKEN", "APIFY_TOKEN_FILE", "APIFY_API_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def settings(base: str = "http://127.0.0.1:9", **changes: Any) -> AcquisitionSettings:
    fields: dict[str, Any] = {
        "apify_token": TOKEN, "apify_api_base_url": base, "apify_retries": 2, "apify_retry_delay": timedelta(milliseconds=1),
    }  # fmt: skip
    return AcquisitionSettings(**(fields | changes))


def scraped(api: FakeApify, asked: BatchRequest | None = None, **changes: Any) -> list[object]:
    with serving(api) as base:
        return open_source(asked or request(), settings=settings(base, **changes)).find_items()


def test_a_run_is_started_waited_for_and_read_page_by_page() -> None:
    api = FakeApify(items=[item(number) for number in range(1203)])
    assert scraped(api, request(source={"kind": "apify", "max_items": 1200})) == api.items[:1200]
    pages = [asked.query for asked in api.asked if "datasets" in asked.path]
    assert [page["offset"] for page in pages if "offset" in page][-1] == "1000"
    assert len(pages) == 3
    assert [asked.path.rsplit("/", 1)[-1] for asked in api.asked[:3]] == ["runs", "RunId123", "RunId123"]
    assert api.starts[0].query["maxItems"] == "1200"


def test_the_actor_is_asked_for_hashtags_with_downloads() -> None:
    api = FakeApify()
    scraped(api, request(hashtags=["gym", "#yoga"], source={"kind": "apify", "max_items": 301}, posted_after=date(2025, 5, 1)))
    asked = json.loads(api.starts[0].body)
    assert asked["hashtags"] == ["gym", "yoga"]
    assert asked["resultsPerPage"] == 151
    assert asked["shouldDownloadVideos"] is True
    assert asked["proxyCountryCode"] == "None"
    assert not {"profiles", "oldestPostDateUnified"} & asked.keys()


def test_the_actor_is_asked_for_profiles_since_a_date() -> None:
    api = FakeApify()
    scraped(api, request(hashtags=[], handles=["@ana"], posted_after=date(2025, 5, 1)))
    asked = json.loads(api.starts[0].body)
    assert (asked["profiles"], asked["profileScrapeSections"], asked["profileSorting"]) == (["ana"], ["videos"], "latest")
    assert asked["oldestPostDateUnified"] == "2025-05-01"
    assert "hashtags" not in asked


@pytest.mark.parametrize("status", [429, 500, 503])
def test_one_busy_answer_is_ridden_out(status: int) -> None:
    api = FakeApify(items=[item()], trouble=[status])
    assert scraped(api) == [item()]


@pytest.mark.parametrize("status", [429, 502])
def test_a_busy_api_is_transient(status: int) -> None:
    with pytest.raises(Transient, match=str(status)):
        scraped(FakeApify(trouble=[status] * 9))


def test_an_unreachable_api_is_transient() -> None:
    with pytest.raises(Transient, match="could not be reached"):
        open_source(request(), settings=settings()).find_items()


def test_a_run_that_takes_too_long_is_transient() -> None:
    with pytest.raises(Transient, match="still runs"):
        scraped(FakeApify(polls=99), scrape_limit=timedelta(microseconds=1))


def test_a_stop_ends_the_wait_and_keeps_the_run() -> None:
    api, memory, stop = FakeApify(items=[item()], polls=99), ArtifactStore.open("memory:///"), Event()
    stop.set()
    with serving(api) as base:
        options: dict[str, Any] = {"settings": settings(base, scrape_poll=timedelta(microseconds=1)), "memory": memory}
        with pytest.raises(Transient, match="another try waits on"):
            open_source(request(), **options, stop=stop).find_items()
        api.polls = 1
        assert open_source(request(), **options, stop=Event()).find_items() == [item()]
    assert len(api.starts) == 1


@pytest.mark.parametrize(("status", "error"), [("FAILED", Transient), ("TIMED-OUT", Transient), ("ABORTED", Unavailable)])
def test_a_run_that_ends_badly(status: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"RunId123 of clockworks/tiktok-scraper ended as {status}"):
        scraped(FakeApify(ends_as=status))


def test_the_message_of_a_failed_run_is_passed_on() -> None:
    with pytest.raises(Transient, match="The proxy was blocked"):
        scraped(FakeApify(ends_as="FAILED"))


def test_an_unknown_actor_and_a_refused_token_name_what_to_do() -> None:
    with pytest.raises(UsageError, match=r"source\.actor: .*nobody/nothing.*Actor was not found"):
        scraped(FakeApify(), request(source={"kind": "apify", "actor": "nobody/nothing"}))
    with pytest.raises(Unavailable, match="check the token"):
        scraped(FakeApify(), apify_token="wrong")


def test_after_a_crash_the_paid_run_is_picked_up_again() -> None:
    api, memory = FakeApify(items=[item()]), ArtifactStore.open("memory:///")
    with serving(api) as base:

        def find(run: str = "r1", **changes: Any) -> list[object]:
            return open_source(request(), settings=settings(base, **changes), memory=memory, run=run).find_items()

        api.polls = 99
        with pytest.raises(Transient):
            find(scrape_limit=timedelta(microseconds=1))
        api.polls = 1
        assert find() == [item()] == find()
        assert len(api.starts) == 1
        find(run="r2")
        assert len(api.starts) == 2


def test_a_failed_run_is_not_picked_up_again() -> None:
    api, memory = FakeApify(items=[item()], ends_as="FAILED"), ArtifactStore.open("memory:///")
    with serving(api) as base:
        source = open_source(request(), settings=settings(base), memory=memory)
        with pytest.raises(Transient):
            source.find_items()
        api.ends_as, api.polls = "SUCCEEDED", 1
        assert source.find_items() == [item()]
    assert len(api.starts) == 2


def test_the_token_comes_from_the_environment_or_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="set APIFY_TOKEN, or APIFY_TOKEN_FILE"):
        open_source(request(), settings=AcquisitionSettings()).find_items()
    monkeypatch.setenv("APIFY_TOKEN_FILE", str(tmp_path / "absent"))
    with pytest.raises(Unavailable, match="can't be read: check the path in APIFY_TOKEN_FILE"):
        AcquisitionSettings().read_token()
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("APIFY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("APIFY_API_BASE_URL", "http://127.0.0.1:7")
    assert AcquisitionSettings().read_token() == TOKEN
    assert AcquisitionSettings().apify_api_base_url == "http://127.0.0.1:7"
    monkeypatch.setenv("APIFY_TOKEN", "two words")
    with pytest.raises(Unavailable, match="characters that no token has"):
        AcquisitionSettings().read_token()


def test_the_token_is_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scraped(FakeApify(items=[item()], trouble=[500]))
    with pytest.raises(Unavailable) as caught:
        scraped(FakeApify(), request(), apify_token=TOKEN + "x")
    assert TOKEN not in caplog.text + str(caught.value) + repr(settings())


def test_media_of_an_apify_item() -> None:
    source = open_source(request(), settings=settings())
    assert source.locate_media(parsed(item())) == Media(url="https://media.example.invalid/1.mp4")
    assert source.locate_media(parsed(item(mediaUrls=[]))) is None
    linked = item(mediaUrls=[], videoMeta__downloadAddr="https://media.example.invalid/2")
    assert source.locate_media(parsed(linked)) == Media(url="https://media.example.invalid/2")


def dataset(folder: Path, *names: str) -> BatchRequest:
    videos = folder / "media"
    videos.mkdir()
    for name in names:
        (videos / name).write_bytes(b"x")
    (folder / "items.json").write_text(json.dumps([item()]), encoding="utf-8")
    return request(source={"kind": "dataset", "items": str(folder / "items.json"), "videos": str(videos)})


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((f"{FIRST_ID}.mp4",), f"{FIRST_ID}.mp4"),
        ((f"{FIRST_ID}.webm",), f"{FIRST_ID}.webm"),
        ((f"{FIRST_ID}.MOV",), f"{FIRST_ID}.MOV"),
        ((f"{FIRST_ID}.mkv", f"{FIRST_ID}.mp4", f"{FIRST_ID}.webm"), f"{FIRST_ID}.mp4"),
        ((f"{FIRST_ID}.avi", "other.mp4"), f"{FIRST_ID}.mp4"),
    ],
)
def test_media_of_a_dataset(tmp_path: Path, names: tuple[str, ...], expected: str) -> None:
    source = open_source(dataset(tmp_path, *names), settings=settings())
    assert source.find_items() == [item()]
    assert source.locate_media(parsed(item())) == Media(path=expected)
    assert str(tmp_path) not in source.name


def test_a_dataset_without_its_folder_or_file_is_named(tmp_path: Path) -> None:
    asked = dataset(tmp_path)
    (tmp_path / "media").rmdir()
    with pytest.raises(UsageError, match=r"source\.videos: the folder .*media does not exist"):
        open_source(asked, settings=settings()).find_items()
    (tmp_path / "media").mkdir()
    (tmp_path / "items.json").unlink()
    with pytest.raises(UsageError, match=r"items\.json does not exist"):
        open_source(asked, settings=settings()).find_items()
