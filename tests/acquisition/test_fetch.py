"""A planned video's file comes into the store, or the reason why not says whether trying again can help."""

import hashlib
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from http_servers import TOKEN, Answer, Asked, serving
from scraper_items import FIRST_ID, item, plan, request

from services.acquisition.addresses import check_address, check_link
from services.acquisition.fetch import fetch_video
from services.acquisition.settings import AcquisitionSettings
from shared.artifacts import ArtifactStore
from shared.contracts.base import ArtifactRef
from shared.contracts.failure import FailureReason
from shared.contracts.plan import Media
from shared.errors import BadInput, Transient

BYTES = b"\0\0\0\x18ftypmp42" + bytes(200_000)
VIDEO = {"Content-Type": "video/mp4"}


@pytest.fixture
def store() -> ArtifactStore:
    return ArtifactStore.open("memory:///")


def settings(**changes: Any) -> AcquisitionSettings:
    return AcquisitionSettings(**({"allow_private_addresses": True} | changes))


def fetch(media: Media, store: ArtifactStore, *, folder: Path | None = None, **changes: Any) -> ArtifactRef:
    source = {"kind": "dataset", "items": "items.json", "videos": str(folder)} if folder else {"kind": "apify"}
    planned = plan([item()]).videos[0].model_copy(update={"media": media})
    return fetch_video(planned, store, request=request(source=source), settings=settings(**changes))


def reason(media: Media, store: ArtifactStore, **options: Any) -> FailureReason:
    with pytest.raises(BadInput) as caught:
        fetch(media, store, **options)
    assert str(caught.value).endswith(".")
    return caught.value.reason


def test_a_file_of_the_folder_is_stored_under_its_content(tmp_path: Path, store: ArtifactStore) -> None:
    (tmp_path / "1.mov").write_bytes(BYTES)
    ref = fetch(Media(path="1.mov"), store, folder=tmp_path)
    digest = hashlib.sha256(BYTES).hexdigest()
    assert ref.key == f"public/videos/{digest[:2]}/{digest}.mov"
    assert (ref.size, ref.media_type) == (len(BYTES), "video/quicktime")
    assert store.get(ref) == BYTES
    assert fetch(Media(path="1.mov"), store, folder=tmp_path) == ref


def test_files_of_the_folder_that_can_not_be_had(tmp_path: Path, store: ArtifactStore) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "big.mp4").write_bytes(BYTES)
    (tmp_path / "folder.mp4").mkdir()
    assert reason(Media(path="absent.mp4"), store, folder=tmp_path) is FailureReason.FILE_NOT_FOUND
    assert reason(Media(path="folder.mp4"), store, folder=tmp_path) is FailureReason.FILE_NOT_FOUND
    assert reason(Media(path="empty.mp4"), store, folder=tmp_path) is FailureReason.EMPTY_FILE
    assert reason(Media(path="big.mp4"), store, folder=tmp_path, max_video_bytes=1000) is FailureReason.UNSUPPORTED_MEDIA
    assert reason(Media(path="../../secret.mp4"), store, folder=tmp_path) is FailureReason.INVALID_EVENT
    assert reason(Media(), store, folder=tmp_path) is FailureReason.INVALID_EVENT


@pytest.mark.parametrize(
    ("path", "media_type", "suffix"),
    [("/v.mp4", "video/mp4", ".mp4"), ("/v.webm?x=1", "application/octet-stream", ".webm"), ("/v", "video/webm; x=1", ".webm"),
     ("/v", "application/octet-stream", ".mp4"), ("/v", "", ".mp4")],
)  # fmt: skip
def test_a_download_is_stored_under_its_content(path: str, media_type: str, suffix: str, store: ArtifactStore) -> None:
    with serving(lambda _: Answer(200, BYTES, {"Content-Type": media_type})) as base:
        ref = fetch(Media(url=base + path), store)
    assert ref.key.endswith(hashlib.sha256(BYTES).hexdigest() + suffix)
    assert store.get(ref) == BYTES


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(404), FailureReason.DOWNLOAD_FAILED),
        (Answer(410), FailureReason.DOWNLOAD_FAILED),
        (Answer(403), FailureReason.DOWNLOAD_FAILED),
        (Answer(204, b"", VIDEO), FailureReason.DOWNLOAD_FAILED),
        (Answer(200, b"", VIDEO), FailureReason.EMPTY_FILE),
        (Answer(200, b"<html>", {"Content-Type": "text/html; charset=utf-8"}), FailureReason.DOWNLOAD_FAILED),
        (Answer(302, b"", {"Location": "/again"}), FailureReason.DOWNLOAD_FAILED),
        (Answer(302, b"", {"Location": "ftp://example.com/v.mp4"}), FailureReason.DOWNLOAD_FAILED),
        (Answer(200, BYTES, VIDEO), FailureReason.DOWNLOAD_FAILED),  # over the limit set below
    ],
)
def test_answers_that_will_stay_bad(answer: Answer, expected: FailureReason, store: ArtifactStore) -> None:
    with serving(lambda _: answer) as base:
        assert reason(Media(url=f"{base}/v.mp4?signature=secret"), store, max_video_bytes=1000) is expected


def test_a_file_without_announced_length_is_cut_off_at_the_limit(store: ArtifactStore) -> None:
    chunked = b"".join(b"400\r\n" + bytes(0x400) + b"\r\n" for _ in range(8)) + b"0\r\n\r\n"
    headers = {"Transfer-Encoding": "chunked", "Content-Type": "video/mp4"}
    with (
        serving(lambda _: Answer(200, chunked, headers)) as base,
        pytest.raises(BadInput, match="limit"),
    ):
        fetch(Media(url=base), store, max_video_bytes=2000)


@pytest.mark.parametrize(
    "answer",
    [
        *(Answer(status) for status in (408, 429, 500, 503)),
        Answer(200, b"half", VIDEO | {"Content-Length": "1000"}, cut=True),
    ],
)
def test_answers_that_may_get_better(answer: Answer, store: ArtifactStore) -> None:
    with serving(lambda _: answer) as base, pytest.raises(Transient):
        fetch(Media(url=base), store)


def test_silence_and_slowness_are_transient(store: ArtifactStore) -> None:
    with (
        serving(lambda _: Answer(200, b"", VIDEO | {"Content-Length": "9"})) as base,
        pytest.raises(Transient, match="too slow"),
    ):
        fetch(Media(url=base), store, network_timeout=timedelta(seconds=0.2))
    with serving(lambda _: Answer(200, BYTES, VIDEO)) as base, pytest.raises(Transient) as caught:
        fetch(Media(url=base), store, download_limit=timedelta(microseconds=1))
    assert caught.value.reason is FailureReason.TIMED_OUT
    with pytest.raises(Transient, match="broke"):
        fetch(Media(url="http://127.0.0.1:9/v.mp4"), store)


def test_a_redirect_is_followed_without_the_token(store: ArtifactStore) -> None:
    seen: dict[str, str | None] = {}

    def elsewhere(asked: Asked) -> Answer:
        seen["elsewhere"] = asked.headers.get("authorization")
        return Answer(200, BYTES, VIDEO)

    with serving(elsewhere) as other:

        def api(asked: Asked) -> Answer:
            seen["api"] = asked.headers.get("authorization")
            return Answer(302, b"", {"Location": f"{other}/v.mp4"})

        with serving(api) as base:
            ref = fetch(Media(url=f"{base}/v2/records/v"), store, apify_token=TOKEN, apify_api_base_url=base)
    assert store.get(ref) == BYTES
    assert seen == {"api": f"Bearer {TOKEN}", "elsewhere": None}


def test_signatures_and_tokens_are_in_no_log_and_no_error(store: ArtifactStore, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(lambda _: Answer(404)) as base, pytest.raises(BadInput) as caught:
        fetch(Media(url=f"{base}/v.mp4?signature=secret"), store, apify_token=TOKEN, apify_api_base_url=base)
    assert "secret" not in str(caught.value)
    assert TOKEN not in caplog.text + str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
     "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_inside_a_private_network_are_refused(address: str) -> None:
    with pytest.raises(BadInput, match="private network"):
        check_address(address, "http://example.com/v.mp4")


def test_public_addresses_are_followed() -> None:
    for address in ("8.8.8.8", "2001:4860:4860::8888"):
        check_address(address, "http://example.com/v.mp4")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/v", "v.mp4", "http://", "http://[::1", "data:,x"])
def test_only_http_links_are_followed(url: str, store: ArtifactStore) -> None:
    assert reason(Media(url=url), store) is FailureReason.DOWNLOAD_FAILED


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]"])
def test_links_into_this_network_are_refused_by_default(host: str, store: ArtifactStore) -> None:
    asked: list[Asked] = []

    def answer(request: Asked) -> Answer:
        asked.append(request)
        return Answer(200, BYTES, VIDEO)

    with serving(answer) as base:
        url = base.replace("127.0.0.1", host)
        assert reason(Media(url=url), store, allow_private_addresses=False) is FailureReason.DOWNLOAD_FAILED
    assert asked == []


def test_a_host_that_is_not_found_is_transient() -> None:
    with pytest.raises(Transient, match="can't be found"):
        check_link("https://media.example.invalid/v.mp4", allow_private=False)


def test_the_file_of_a_selected_video_that_is_missing_shows_when_it_is_fetched(tmp_path: Path, store: ArtifactStore) -> None:
    assert reason(Media(path=f"{FIRST_ID}.mp4"), store, folder=tmp_path) is FailureReason.FILE_NOT_FOUND
