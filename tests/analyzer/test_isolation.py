"""An engine crashes, hangs or eats the memory of a real child process: the service lives, the other engines are cached."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.analyzer.app import LIMITS
from services.analyzer.handlers import AnalyzerHandlers
from services.analyzer.store import AnalyzerStore
from shared.artifacts import ArtifactStore
from shared.bus.settings import BusSettings
from shared.bus.verdict import GiveUp, Retry, Stop, judge
from shared.contracts.analysis import Analysis
from shared.contracts.bucket import Bucket
from shared.contracts.events import Event, VideoAnalyzed, VideoSelected, message_id
from shared.contracts.failure import FailureReason
from shared.database import Database
from shared.errors import Transient, WorkerCrashed
from shared.worker import ChildBug, ChildWorker
from tests.analyzer.clips import texture, tone, write_clip

LIMIT_S = 5


class Heard:
    """Stands for the bus: remembers what was announced."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    async def emit(self, event: Event) -> bool:
        self.events.append(event)
        return True


class Bench:
    """The analyzer's handlers over real stores and a real child with the faulty engine."""

    def __init__(self, folder: Path) -> None:
        self.artifacts = ArtifactStore.open((folder / "store").as_uri())
        self.store = AnalyzerStore(Database(f"sqlite:///{folder / 'db'}"))
        self.heard = Heard()
        self.worker = ChildWorker("tests.analyzer.faulty_worker", limits=LIMITS)
        self.handlers = AnalyzerHandlers(
            store=self.store, artifacts=self.artifacts, publisher=self.heard, worker=self.worker,  # type: ignore[arg-type]
            time_limit=timedelta(seconds=LIMIT_S),
        )  # fmt: skip
        self._folder = folder

    def selected(self, video_id: str, seed: int) -> VideoSelected:
        """A video of 80 pictures in the store; its name tells the engine what to do."""
        clip = write_clip(self._folder / f"{seed}.mp4", [texture(seed, width=64, height=96)] * 80, fps=40, sound=tone(300, 2.0))
        video = self.artifacts.put_file("public/videos", clip, suffix=".mp4", media_type="video/mp4")
        names = {"client": "acme", "batch": "b1"}
        event_id = message_id("acquisition", "1", run="r1", item=video_id, **names)
        return VideoSelected(event_id=event_id, video_id=video_id, bucket=Bucket.S0_15, video=video, record=video, **names)

    async def crash(self, event: VideoSelected) -> WorkerCrashed:
        """What a delivery that must fail raises."""
        with pytest.raises(WorkerCrashed) as crashed:
            await self.handlers.on_video_selected(event)
        assert self.heard.events == []
        return crashed.value

    def cached(self, event: VideoSelected) -> set[str]:
        """Engines whose results for this video are stored."""
        return {path.name.split("-")[0] for path in (self._folder / "store/public/engines" / event.video.sha256).iterdir()}

    async def next_video_works(self) -> None:
        """Another video right after, in a child that lives."""
        await self.handlers.on_video_selected(self.selected("fine", 9))
        (event,) = self.heard.events
        assert isinstance(event, VideoAnalyzed)
        analysis = Analysis.from_bytes(self.artifacts.get(event.analysis))
        assert analysis.people is not None
        assert analysis.visuals is not None


def run(steps: Callable[[Bench], Awaitable[Any]], folder: Path) -> None:
    """Run the steps and leave no child behind."""

    async def whole() -> None:
        bench = Bench(folder)
        try:
            await asyncio.wait_for(steps(bench), 100)
        finally:
            await bench.worker.close()

    asyncio.run(whole())


def test_a_crash_costs_its_video_and_nothing_else(tmp_path: Path) -> None:
    async def steps(bench: Bench) -> None:
        event = bench.selected("segfault", 1)
        first = await bench.crash(event)
        assert first.reason is FailureReason.CRASHED
        assert str(first).startswith("The worker was killed by SIGSEGV while at ")
        assert "people" in str(first), "the engine that crashed is among those that were at work"
        second = await bench.crash(event)
        assert str(second).startswith("The people engine, alone: The worker was killed by SIGSEGV while at "), "now it is known"
        assert second.reason is FailureReason.CRASHED
        assert bench.cached(event) == {"visuals", "audio"}
        await bench.next_video_works()

    run(steps, tmp_path)


def test_a_file_that_kills_whoever_opens_it_costs_two_engines_their_time_and_not_all(tmp_path: Path) -> None:
    async def steps(bench: Bench) -> None:
        event = bench.selected("undecodable", 7)
        await bench.crash(event)
        second = await bench.crash(event)
        assert str(second).startswith("Whichever engine looks at it: The worker was killed by SIGSEGV")
        assert second.reason is FailureReason.CRASHED

    run(steps, tmp_path)


def test_a_hang_ends_with_the_time_limit_and_is_named(tmp_path: Path) -> None:
    async def steps(bench: Bench) -> None:
        crashed = await bench.crash(bench.selected("hang", 2))
        assert str(crashed) == f"The worker took longer than {LIMIT_S} s and was killed while at people."
        assert crashed.reason is FailureReason.TIMED_OUT
        await bench.next_video_works()

    run(steps, tmp_path)


def test_memory_that_runs_out_costs_one_engine_and_replaces_the_child(tmp_path: Path) -> None:
    async def steps(bench: Bench) -> None:
        event = bench.selected("memory", 3)
        crashed = await bench.crash(event)
        assert str(crashed) == "The people engine ran out of memory."
        assert bench.worker.pid is None, "what is left of its memory is not to be trusted"
        assert bench.cached(event) == {"visuals", "audio"}
        await bench.next_video_works()

    run(steps, tmp_path)


def test_an_engine_that_raises_fails_its_video_by_the_rules_and_is_named(tmp_path: Path) -> None:
    said = "The people engine failed: ValueError: this picture is not for me"

    async def steps(bench: Bench) -> None:
        event = bench.selected("raise", 5)
        with pytest.raises(Transient) as failed:
            await bench.handlers.on_video_selected(event)
        assert not isinstance(failed.value, WorkerCrashed)
        assert (failed.value.reason, str(failed.value)) == (FailureReason.ENGINE_FAILED, said)
        assert bench.heard.events == []
        assert bench.cached(event) == {"visuals", "audio"}
        assert bench.worker.pid is None, "the next video gets engines in a state that is known"
        tries = BusSettings(max_tries=3)
        assert isinstance(judge(failed.value, 1, tries), Retry)
        assert judge(failed.value, 3, tries) == GiveUp(FailureReason.ENGINE_FAILED, f"{said} (try 3 of 3)")
        await bench.next_video_works()

    run(steps, tmp_path)


def test_an_engine_that_can_not_load_is_no_videos_fault(tmp_path: Path) -> None:
    """It would fail every video that waits: the service stops instead."""

    async def steps(bench: Bench) -> None:
        with pytest.raises(ChildBug, match="The people engine failed: ValueError: no model was ever like this") as failed:
            await bench.handlers.on_video_selected(bench.selected("unloadable", 6))
        assert isinstance(judge(failed.value, 1, BusSettings()), Stop)

    run(steps, tmp_path)


def test_a_crash_that_does_not_come_again_leaves_a_whole_analysis(tmp_path: Path) -> None:
    """The same video under another name: the second delivery runs one engine at a time, then puts the analysis together."""

    async def steps(bench: Bench) -> None:
        bad = bench.selected("segfault", 4)
        await bench.crash(bad)
        await bench.handlers.on_video_selected(bad.model_copy(update={"video_id": "fine"}))
        assert len(bench.heard.events) == 1
        assert bench.cached(bad) == {"people", "visuals", "audio"}

    run(steps, tmp_path)
