"""`analyze`: one decode, models loaded once, cached results, failures that stop nothing else, the same bytes every time."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.analyzer.analysis import Cache, EngineBug, EngineError, analyze, cache_key
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines, off_reasons
from services.analyzer.engines.base import EngineResult, Feed, Spec
from services.analyzer.engines.speech import SpeechEngine
from services.analyzer.engines.visuals import VisualsEngine
from services.analyzer.profile import describe_engines, profile
from shared.artifacts import ArtifactStore
from shared.contracts.analysis import Analysis, EngineName, VideoInfo
from shared.contracts.failure import FailureReason
from shared.errors import BadInput, Transient, Unavailable
from tests.analyzer.clips import clicks, lettered, portrait, texture, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shots of 20 frames: a face, a text, a picture; with a click track. 3 s at 20 fps."""
    shown = [portrait(shift=k) for k in range(20)]
    shown += [lettered(texture(1, width=360, height=640), "50% OFF TODAY")] * 20
    shown += [texture(2, width=360, height=640)] * 20
    return write_clip(tmp_path_factory.mktemp("clip") / "v.mp4", shown, fps=20, sound=clicks(120, 3.0))


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore.open((tmp_path / "store").as_uri())


def _run(path: Path, cache: Cache | None = None, **named: Any) -> tuple[Analysis, Counters]:
    counters = Counters()
    return analyze(path, cache=cache, counters=counters, **named), counters


@dataclass
class Broken:
    """An engine that fails at the given moment."""

    error: BaseException
    moment: str = "process"
    spec: Spec = field(default_factory=lambda: Spec(EngineName.OBJECTS, "1"))
    feed: Feed = Feed.EVERY_FRAME
    rate_hz: float = 0.0

    def load(self) -> None:
        self._fail("load")

    def start(self, _video: VideoInfo, _counters: Counters) -> "Broken":
        self._fail("start")
        return self

    def process(self, _item: object) -> None:
        self._fail("process")

    def finish(self) -> EngineResult:
        self._fail("finish")
        raise AssertionError

    def _fail(self, moment: str) -> None:
        if moment == self.moment:
            raise self.error


def test_every_block_is_there_and_every_frame_is_decoded_once(clip: Path) -> None:
    analysis, counters = _run(clip)
    assert counters.frames_decoded == counters.handed["scenes"] == analysis.video.frames == 60
    assert len(analysis.scenes) == 3
    assert any("50%" in overlay.text for overlay in analysis.text)
    assert {face.t_s < 1.0 for face in analysis.people.faces} == {True}
    assert analysis.audio.tempo_bpm is None, "three seconds are too short for a tempo"
    assert [s.t_s for s in analysis.visuals][:2] == [0.0, 0.5]
    assert analysis.objects is None
    assert (analysis.engines["objects"].status, analysis.engines["objects"].reason) == ("off", off_reasons()["objects"])
    for report in analysis.engines.values():
        if report.status != "off":
            assert len(report.fingerprint) == 64
            assert report.coverage.first_s == 0
            assert analysis.video.duration_s - report.coverage.last_s <= 0.26
    assert Analysis.from_bytes(analysis.to_bytes()) == analysis


@pytest.mark.parametrize("frames", [1, 2, 7])
def test_the_shortest_clips_have_every_block(frames: int, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "v.mp4", [texture(1)] * frames, fps=30, sound=clicks(120, 0.5)[: frames * 1600])
    analysis, counters = _run(path)
    assert counters.frames_decoded == frames
    assert [shot.end_s for shot in analysis.scenes] == [analysis.video.duration_s]
    assert analysis.people.sampled_s[0] == analysis.visuals[0].t_s == 0


def test_models_are_loaded_once_and_bytes_repeat_whatever_came_between(clip: Path, tmp_path: Path) -> None:
    first, before = _run(clip)
    _run(write_clip(tmp_path / "other.mp4", [portrait(shift=-40)] * 30, fps=30))
    again, counters = _run(clip)
    assert {name: counters.model_loads[name] for name in ("people", "speech", "text")} == {"people": 1, "speech": 1, "text": 1}
    assert counters.model_loads == before.model_loads
    assert again.to_bytes() == first.to_bytes()


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(clip: Path) -> None:
    script = (
        "import pathlib, sys; from services.analyzer.analysis import analyze; "
        "sys.stdout.buffer.write(analyze(pathlib.Path(sys.argv[1])).to_bytes())"
    )
    other = subprocess.run([sys.executable, "-c", script, str(clip)], capture_output=True, check=True, timeout=100)
    assert other.stdout == _run(clip)[0].to_bytes()


def test_a_second_run_runs_nothing_and_decodes_nothing(clip: Path, store: ArtifactStore) -> None:
    ran: list[EngineName] = []
    first, _ = _run(clip, store, on_engine_run=ran.append)
    assert sorted(ran) == sorted(engine.spec.name for engine in default_engines())
    again, counters = _run(clip, store, on_engine_run=ran.append)
    assert len(ran) == len(default_engines())
    assert (counters.frames_decoded, counters.engine_runs, counters.calls) == (0, [], {})
    assert again.to_bytes() == first.to_bytes()


@pytest.mark.parametrize("damage", [None, b"{", b'{"engine":"visuals"}'])
def test_only_what_is_missing_or_damaged_runs_again(damage: bytes | None, clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    store = ArtifactStore.open(folder.as_uri())
    engines = [e for e in default_engines() if e.spec.name in {"scenes", "visuals", "audio"}]
    first, _ = _run(clip, store, engines=engines)
    visuals = next(e for e in engines if e.spec.name == "visuals")
    stored = folder / cache_key(first.video.sha256, visuals)
    if damage is None:
        stored.unlink()
    else:
        stored.write_bytes(damage)
    again, counters = _run(clip, store, engines=engines)
    assert counters.engine_runs == ["visuals"]
    assert again.to_bytes() == first.to_bytes()
    assert EngineResult.from_bytes(stored.read_bytes()).visuals == first.visuals


def test_the_cache_key_follows_content_and_parameters(clip: Path) -> None:
    engine = VisualsEngine()
    other = VisualsEngine()
    other.spec = Spec(EngineName.VISUALS, "1", parameters={**engine.spec.parameters, "rate_hz": 5.0})
    assert cache_key("0" * 64, engine) != cache_key("1" * 64, engine)
    assert cache_key("0" * 64, engine) != cache_key("0" * 64, other)
    assert profile([engine]) != profile([other])
    assert cache_key("0" * 64, engine).startswith(f"public/engines/{'0' * 64}/visuals-")


@pytest.mark.parametrize(
    ("moment", "expected"), [("load", EngineBug), ("start", EngineError), ("process", EngineError), ("finish", EngineError)]
)
def test_an_engine_that_raises_is_named_and_lets_the_others_finish(
    moment: str, expected: type[Exception], clip: Path, store: ArtifactStore
) -> None:
    good = [e for e in default_engines() if e.spec.name in {"scenes", "visuals", "audio"}]
    ran: list[EngineName] = []
    with pytest.raises(expected, match=r"The objects engine failed: ZeroDivisionError: oops") as failed:
        _run(clip, store, engines=[Broken(ZeroDivisionError("oops"), moment), *good], on_engine_run=ran.append)
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    assert sorted(ran) == ["audio", "scenes", "visuals"]
    _, counters = _run(clip, store, engines=good)
    assert counters.engine_runs == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BadInput(FailureReason.ENGINE_FAILED, "The picture can't be read."), BadInput),
        (Unavailable("No weights."), Unavailable),
        (MemoryError(), Transient),
    ],
)
def test_expected_failures_of_an_engine_keep_their_kind(error: BaseException, expected: type[Exception], clip: Path) -> None:
    with pytest.raises(expected):
        _run(clip, engines=[Broken(error)])


def test_a_file_whose_frames_do_not_decode_is_corrupt_and_nothing_hangs(tmp_path: Path, store: ArtifactStore) -> None:
    path = write_clip(tmp_path / "v.mp4", (texture(k, width=360, height=640) for k in range(60)), fps=30)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4 + len(data) // 12
    rng = np.random.default_rng(1)
    data[start : start + len(data) * 4 // 5] = rng.bytes(len(data) * 4 // 5)
    path.write_bytes(bytes(data[: len(path.read_bytes())]))
    engines = [e for e in default_engines() if e.spec.name in {"scenes", "visuals"}]
    with pytest.raises(BadInput) as refused:
        _run(path, store, engines=engines)
    assert refused.value.reason is FailureReason.CORRUPT_FILE


def test_an_engine_without_weights_refuses_to_start(clip: Path, tmp_path: Path) -> None:
    engine = SpeechEngine()
    engine.spec = Spec(EngineName.SPEECH, "1", weights=(tmp_path / "silero.onnx",))
    with pytest.raises(Unavailable, match=r"speech engine misses silero\.onnx"):
        _run(clip, engines=[engine])


def test_the_engines_describe_themselves() -> None:
    lines = {line.name: line for line in describe_engines()}
    assert set(lines) == set(EngineName)
    assert {name: line.reason for name, line in lines.items() if not line.on} == off_reasons()
    assert "RUMIAI_OBJECTS_WEIGHTS" in off_reasons()[EngineName.OBJECTS]
    assert "mediapipe 0.10.21" in str(lines[EngineName.PEOPLE].version)


def test_describing_the_engines_loads_no_model() -> None:
    script = (
        "import sys; from services.analyzer.profile import describe_engines, profile; describe_engines(); "
        "print(sorted({'mediapipe', 'rapidocr', 'faster_whisper'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60, text=True)
    assert done.stdout.strip() == "[]"
