"""Makes the sample batch: videos, Apify-shaped items, a request and the truth about what was planted."""

import hashlib
import json
import multiprocessing
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import cv2

from samples.design import Range
from samples.metadata import HASHTAG, Item, leftovers
from samples.planning import PlannedVideo, plan_videos
from samples.render import VideoScript, render
from samples.request import sample_request, write_request
from samples.storyboard import NUISANCE, PLANTED
from samples.truth import CHOICES, SampleVideo, Truth
from shared.contracts.bucket import Bucket
from shared.errors import UsageError

DEFAULT_SEED = 20260401
_MARKER = "made.json"
_WORKERS = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SampleBatch:
    """Where the pieces of a sample batch are."""

    items_path: Path
    videos_dir: Path
    request_path: Path
    truth_path: Path

    @classmethod
    def at(cls, out: Path) -> "SampleBatch":
        """The pieces under the folder `out`."""
        return cls(out / "items.json", out / "videos", out / "request.yaml", out / "truth.json")


_LONG: Mapping[str, Range] = {**NUISANCE, "duration_s": Range(16.5, 18.0)}


def make_samples(
    out: Path, *, seed: int = DEFAULT_SEED, full: int = 36, thin: int = 6, progress: Progress | None = None
) -> SampleBatch:
    """Write the sample batch into the folder `out`: `full` videos of 7 to 9 s and `thin` ones of 16.5 to 18 s.

    `progress(done, total)` is called after each video. The same arguments give the same content; where the folder already
    holds it, nothing is made again. Raises UsageError when the folder can't be written.
    """
    batch, identity = SampleBatch.at(out), _identity(seed, full, thin)
    if _is_made(out, identity):
        if progress is not None:
            progress(full + thin, full + thin)
        return batch
    _prepare(out, batch.videos_dir)
    videos = plan_videos(full, first=1, seed=seed, planted=PLANTED, nuisance=NUISANCE)
    videos += plan_videos(thin, first=501, seed=seed + 1, planted=PLANTED, nuisance=_LONG)
    _render_all([video.script for video in videos], batch.videos_dir, progress)
    _write_items(batch.items_path, [video.item for video in videos])
    batch.truth_path.write_text(_truth(seed, videos).model_dump_json(indent=1) + "\n")
    write_request(batch.request_path, sample_request().model_copy(update={"batch": f"{HASHTAG}-{identity[:8]}"}))
    _mark(out, identity=identity, files=_digests(batch))
    return batch


def _render_all(scripts: Sequence[VideoScript], folder: Path, progress: Progress | None) -> None:
    # spawn, since the caller may hold threads (an embedded bus, a progress bar) that a fork would copy half of
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(_WORKERS, len(scripts)), mp_context=spawn, initializer=cv2.setNumThreads, initargs=(1,)
    ) as pool:
        futures = [pool.submit(render, script, folder / f"{script.video_id}.mp4") for script in scripts]
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            if progress is not None:
                progress(done, len(scripts))


def _write_items(path: Path, items: list[Item]) -> None:
    mixed = list(items)
    for place, leftover in leftovers(items[0]):
        mixed.insert(min(place, len(mixed)), leftover)
    path.write_text(json.dumps(mixed, indent=1) + "\n")


def _truth(seed: int, videos: Sequence[PlannedVideo]) -> Truth:
    explained = round(sum(effect.share for _, effect in PLANTED.values()), 6)
    return Truth(
        seed=seed, explained=explained, choices=CHOICES, videos={video.script.video_id: _sample(video) for video in videos}
    )


def _sample(video: PlannedVideo) -> SampleVideo:
    script = video.script
    return SampleVideo(
        bucket=Bucket.of(script.duration_s) or "",
        engagement_rate=video.engagement_rate,
        knobs=dict(video.knobs),
        shots=tuple((shot.start_s, shot.end_s, shot.picture) for shot in script.shots),
        texts=tuple((text.start_s, text.end_s, text.text) for text in script.overlays),
        speech=tuple((speech.start_s, speech.end_s) for speech in script.speech),
    )


def _prepare(out: Path, videos: Path) -> None:
    """An empty folder for the videos. Only what carries our marker is ever removed: the folder may hold someone's own files."""
    if videos.exists() and any(videos.iterdir()) and not (out / _MARKER).is_file():
        raise UsageError(f"The folder {videos} holds files that are no sample batch: name another folder for the batch.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        _mark(out, identity=None, files={})  # an interrupted run may be cleared away by the next
        shutil.rmtree(videos, ignore_errors=True)
        videos.mkdir()
    except OSError as error:
        raise UsageError(f"The folder {out} can't be written ({error.strerror}): choose another for the batch.") from error


def _mark(out: Path, *, identity: str | None, files: Mapping[str, str]) -> None:
    (out / _MARKER).write_text(json.dumps({"identity": identity, "files": files}, indent=1) + "\n")


def _identity(seed: int, full: int, thin: int) -> str:
    """A digest of the arguments and of this package's source, so that changed code makes the files anew."""
    digest = hashlib.sha256(json.dumps([seed, full, thin]).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _is_made(out: Path, identity: str) -> bool:
    try:
        made = json.loads((out / _MARKER).read_text())
    except (OSError, ValueError):  # never made, or cut off while writing: either way there is nothing to rely on
        return False
    return bool(made == {"identity": identity, "files": _digests(SampleBatch.at(out))})


def _digests(batch: SampleBatch) -> dict[str, str]:
    """The sha256 of every file of the batch that exists, by its path inside the batch."""
    out = batch.items_path.parent
    files = [batch.items_path, batch.request_path, batch.truth_path, *sorted(batch.videos_dir.glob("*"))]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}
