"""A made sample batch: playable files, Apify-shaped items, a valid request, and nothing made twice."""

import hashlib
import json
from pathlib import Path
from typing import Any

import av
import pytest
import yaml

from samples.make import SampleBatch, make_samples
from samples.truth import Truth
from shared.contracts.bucket import Bucket
from shared.contracts.request import BatchRequest
from shared.errors import UsageError


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SampleBatch:
    return make_samples(tmp_path_factory.mktemp("sample"), seed=3, full=2, thin=1)


@pytest.fixture(scope="module")
def items(batch: SampleBatch) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads(batch.items_path.read_text())
    return parsed


def test_every_video_plays_as_its_truth_says(batch: SampleBatch) -> None:
    truth = Truth.from_bytes(batch.truth_path.read_bytes())
    assert len(truth.videos) == 3
    for name, video in truth.videos.items():
        with av.open(str(batch.videos_dir / f"{name}.mp4")) as file:
            picture, sound = file.streams.video[0], file.streams.audio[0]
            assert (picture.width, picture.height, picture.codec.name, sound.codec.name) == (576, 1024, "h264", "aac")
            frames = sum(1 for _ in file.decode(picture))
        duration = video.shots[-1][1]
        assert frames == round(duration * float(picture.average_rate))
        assert video.bucket == Bucket.of(duration)


def test_both_buckets_are_there(batch: SampleBatch) -> None:
    buckets = [video.bucket for video in Truth.from_bytes(batch.truth_path.read_bytes()).videos.values()]
    assert buckets == ["0-15s", "0-15s", "16-30s"]


def test_items_have_the_scrapers_shape_and_counts_add_up(batch: SampleBatch, items: list[dict[str, Any]]) -> None:
    truth = Truth.from_bytes(batch.truth_path.read_bytes())
    whole = {entry["id"]: entry for entry in items if "playCount" in entry}
    for name, video in truth.videos.items():
        entry = whole[name]
        assert entry["webVideoUrl"].endswith(f"/@{entry['authorMeta']['name']}/video/{name}")
        assert entry["videoMeta"]["duration"] == pytest.approx(video.shots[-1][1], abs=0.51)
        reactions = entry["diggCount"] + entry["commentCount"] + entry["shareCount"]
        assert reactions / entry["playCount"] == pytest.approx(video.engagement_rate, rel=0.01)
        assert entry["createTimeISO"].startswith("2026-0")
        assert {tag["name"] for tag in entry["hashtags"]} >= {"coldbrewtea"}


def test_items_hold_leftovers_of_every_kind(items: list[dict[str, Any]]) -> None:
    ids = [entry.get("id") for entry in items if "error" not in entry]
    assert len(items) == 3 + 7
    assert len(ids) - len(set(ids)) == 1
    assert sum("error" in entry for entry in items) == 1
    assert sum(entry.get("isSlideshow", False) for entry in items) == 1
    assert sum("playCount" not in entry for entry in items) == 2
    assert sum(entry.get("playCount", 9e9) < 1000 for entry in items) == 1


def test_the_request_is_valid_and_marked_as_sample_data(batch: SampleBatch) -> None:
    request = BatchRequest.model_validate(yaml.safe_load(batch.request_path.read_text()))
    assert request.sample_data
    assert request.buckets == (Bucket.S0_15, Bucket.S16_30)
    assert (batch.request_path.parent / request.source.items).is_file()  # type: ignore[union-attr]


def test_the_same_seed_gives_the_same_bytes(batch: SampleBatch, tmp_path: Path) -> None:
    again = make_samples(tmp_path / "again", seed=3, full=2, thin=1)
    assert _digests(again.items_path.parent) == _digests(batch.items_path.parent)


def test_a_made_batch_is_left_alone_and_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    batch = make_samples(tmp_path, seed=4, full=1, thin=0)
    video = next(batch.videos_dir.iterdir())
    before = (video.stat().st_mtime_ns, video.stat().st_size)
    calls: list[tuple[int, int]] = []
    make_samples(tmp_path, seed=4, full=1, thin=0, progress=lambda done, total: calls.append((done, total)))
    assert (video.stat().st_mtime_ns, video.stat().st_size) == before
    assert calls == [(1, 1)]
    video.write_bytes(b"damaged")
    make_samples(tmp_path, seed=4, full=1, thin=0)
    assert video.stat().st_size == before[1]


def test_an_unwritable_folder_is_one_sentence(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    with pytest.raises(UsageError, match="can't be written"):
        make_samples(blocker / "out", full=1, thin=0)


def test_a_folder_with_someones_own_videos_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "videos" / "holiday.mp4"
    own.parent.mkdir()
    own.write_bytes(b"mine")
    with pytest.raises(UsageError, match="no sample batch"):
        make_samples(tmp_path, full=1, thin=0)
    assert own.read_bytes() == b"mine"


def test_an_interrupted_run_is_made_anew(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_samples(tmp_path, seed=4, full=1, thin=0, progress=stop)
    assert make_samples(tmp_path, seed=4, full=1, thin=0).truth_path.is_file()


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
