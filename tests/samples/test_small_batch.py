"""The small batch for other tests: good videos play, and each bad one is bad in the way it says."""

import json
from pathlib import Path

import av
import pytest

from samples.small import SmallBatch, make_small_batch
from shared.contracts.failure import FailureReason


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    return make_small_batch(tmp_path_factory.mktemp("small"), 2, bad=True)


def _bad(batch: SmallBatch, reason: FailureReason) -> list[Path]:
    return [batch.videos_dir / f"{name}.mp4" for name, given in batch.bad.items() if given is reason]


def test_good_videos_are_short_and_different(batch: SmallBatch) -> None:
    contents = set()
    for name in batch.good:
        path = batch.videos_dir / f"{name}.mp4"
        with av.open(str(path)) as file:
            assert (file.streams.video[0].width, file.streams.video[0].height) == (288, 512)
            assert file.duration is not None
            assert 2.9 < file.duration / av.time_base < 4.2
        contents.add(path.read_bytes())
    assert len(contents) == 2


def test_corrupt_and_empty_files_do_not_open(batch: SmallBatch) -> None:
    assert len(_bad(batch, FailureReason.CORRUPT_FILE)) == 2
    for path in [*_bad(batch, FailureReason.CORRUPT_FILE), *_bad(batch, FailureReason.EMPTY_FILE)]:
        with pytest.raises(av.error.InvalidDataError):
            av.open(str(path))


def test_the_audio_file_has_no_picture(batch: SmallBatch) -> None:
    [path] = _bad(batch, FailureReason.NO_VIDEO_STREAM)
    with av.open(str(path)) as file:
        assert not file.streams.video
        assert sum(frame.samples for frame in file.decode(audio=0)) > 4 * 44_000


def test_the_long_video_really_lasts_121_seconds(batch: SmallBatch) -> None:
    [path] = _bad(batch, FailureReason.TOO_LONG)
    with av.open(str(path)) as file:
        frames = [frame.time for frame in file.decode(video=0)]
    assert len(frames) == 605
    assert frames[-1] == pytest.approx(120.8)


def test_items_lie_about_bad_files_and_one_misses_a_field(batch: SmallBatch) -> None:
    items = {entry["id"]: entry for entry in json.loads(batch.items_path.read_text())}
    assert set(items) == {*batch.good, *batch.bad, batch.missing_fields}
    assert all(0 < entry["videoMeta"]["duration"] <= 15 for entry in items.values())
    assert [name for name, entry in items.items() if "playCount" not in entry] == [batch.missing_fields]
