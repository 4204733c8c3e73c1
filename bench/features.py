"""What a feature vector costs, and a replay of many: `python -m bench.features [--analyses 10000]`.

The analysis is real: the 60 s bench clip through every engine, in a process of its own as in production. The replay is the
product's own, over a store of blobs in a folder and a table in SQLite: read two artifacts, check them, derive, write the row.
The videos share VARIANTS analyses of different length, so that nothing can be remembered from the one before.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from services.features.compute import compute
from services.features.replay import replay
from services.features.store import FeaturesStore
from shared.artifacts import ArtifactStore
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.events import VideoAnalyzed, message_id
from shared.contracts.record import Creator, Outcome, ScrapedVideo, VideoRecord
from shared.database import Database

SECONDS = 60
VARIANTS = 200
_REPEATS = 50


def main() -> None:
    """Measure one vector and a replay, print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--analyses", type=int, default=2000, help="how many videos are derived again")
    count: int = parser.parse_args().analyses
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as engines:
        data = engines.submit(_analyzed).result()
    run(Analysis.from_bytes(data), count)


def run(analysis: Analysis, count: int) -> None:
    """Time vectors of this analysis (CPU seconds: they do not depend on what else the machine does)."""
    compute(analysis, None)
    start = time.process_time()
    for _ in range(_REPEATS):
        compute(analysis, None)
    each = (time.process_time() - start) / _REPEATS
    print(f"\nfeatures: {len(CATALOGUE)} of one {analysis.video.duration_s:.0f} s analysis in {each * 1000:.1f} ms CPU")
    with tempfile.TemporaryDirectory() as folder:
        _replay(analysis, count, Path(folder))


def _analyzed() -> bytes:
    """The engines are imported in this process only: their memory would count as the replay's."""
    from bench.clip import make_clip  # noqa: PLC0415 - as said above
    from services.analyzer.analysis import analyze  # noqa: PLC0415
    from services.analyzer.native_logs import silence_native_logs  # noqa: PLC0415

    silence_native_logs()
    with tempfile.TemporaryDirectory() as folder:
        return analyze(make_clip(Path(folder) / "bench.mp4", SECONDS).path).to_bytes()


def _replay(analysis: Analysis, count: int, folder: Path) -> None:
    artifacts = ArtifactStore.open(f"file://{folder}/artifacts")
    store = FeaturesStore(Database(f"sqlite:///{folder}/rumiai.db"))
    events = list(_events(analysis, artifacts, count))
    replay(events[:1], store=store, artifacts=artifacts)
    before, wall, start = _peak_mib(), time.perf_counter(), time.process_time()
    done = replay(events[1:], store=store, artifacts=artifacts)
    taken, waited = time.process_time() - start, time.perf_counter() - wall
    assert (done.derived, done.failed) == (count - 1, {}), done
    print(
        f"replay of {done.derived} analyses ({len(analysis.to_bytes()) // 1024} KiB each): {done.derived / taken:.0f} per CPU "
        f"second, {done.derived / waited:.0f} per second of wall time with one process"
    )
    print(f"peak memory {before} MiB before the replay, {_peak_mib()} MiB after it")


def _events(analysis: Analysis, artifacts: ArtifactStore, count: int) -> Iterator[VideoAnalyzed]:
    """One analyzed video each; the artifacts are in the store."""
    variants = [_put(artifacts, _longer(analysis, index).to_bytes()) for index in range(min(count, VARIANTS))]
    for index in range(count):
        video_id = f"7{index:018d}"
        scraped = ScrapedVideo(record=_record(video_id), outcome=Outcome(views=1000, likes=index, comments=3, shares=2))
        yield VideoAnalyzed(
            event_id=message_id("analyzer", "1", client="acme", batch="b1", run="r1", item=video_id),
            client="acme",
            batch="b1",
            video_id=video_id,
            bucket=Bucket.S31_60,
            video=ArtifactRef(key="public/videos/aa/x.mp4", sha256=analysis.video.sha256, size=1, media_type="video/mp4"),
            record=_put(artifacts, scraped.to_bytes()),
            analysis=variants[index % VARIANTS],
            profile=analysis.profile,
        )


def _record(video_id: str) -> VideoRecord:
    creator = Creator(id="c1", name="maker", followers=99_999, videos=9, verified=False)
    return VideoRecord(
        video_id=video_id,
        url=f"https://www.tiktok.com/@maker/video/{video_id}",
        creator=creator,
        caption="Want 3 tips? Save this 🔥🔥 @friend\nLINK in bio! #fyp #EnergyDrink #tips",
        duration_s=SECONDS,
        posted_at=datetime(2026, 3, 7, 18, 30, tzinfo=UTC),
        hashtags=("fyp", "EnergyDrink", "tips"),
        mentions=("friend",),
        language="en",
    )


def _longer(analysis: Analysis, index: int) -> Analysis:
    return analysis.model_copy(
        update={"video": analysis.video.model_copy(update={"duration_s": analysis.video.duration_s + index * 1e-4})}
    )


def _put(artifacts: ArtifactStore, data: bytes) -> ArtifactRef:
    return artifacts.put("public/analyses", data, suffix=".json", media_type="application/json")


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
