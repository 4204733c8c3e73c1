"""Thumbnails: one small stored JPEG per shot that was sampled, the same every time, none without a store."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from services.analyzer.analysis import analyze
from services.analyzer.counters import Counters
from services.analyzer.engines import default_engines
from services.analyzer.thumbnails import sharpest
from shared.artifacts import ArtifactStore
from shared.contracts.analysis import Analysis, Shot, VisualSample
from tests.analyzer.clips import texture, write_clip

ENGINES = ("scenes", "visuals")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shots of 1 s, 360x640, blurred at their beginning and end."""
    shown = []
    for seed in (1, 2, 3):
        sharp = texture(seed, width=360, height=640)
        cv2.putText(sharp, str(seed), (60, 420), cv2.FONT_HERSHEY_DUPLEX, 10, (255, 255, 255), 30)
        shown += [cv2.GaussianBlur(sharp, (51, 51), 0) if not 10 < k < 20 else sharp for k in range(30)]
    return write_clip(tmp_path_factory.mktemp("clip") / "v.mp4", shown)


def _watch(clip: Path, store: ArtifactStore | None, *names: str) -> tuple[Analysis, Counters]:
    counters = Counters()
    engines = [engine for engine in default_engines() if engine.spec.name in (names or ENGINES)]
    return analyze(clip, cache=store, engines=engines, counters=counters), counters


def test_each_shot_has_its_sharpest_frame(clip: Path, tmp_path: Path) -> None:
    store = ArtifactStore.open((tmp_path / "store").as_uri())
    analysis, _ = _watch(clip, store)
    assert [thumbnail.shot for thumbnail in analysis.thumbnails] == [0, 1, 2]
    assert [thumbnail.t_s for thumbnail in analysis.thumbnails] == pytest.approx([0.5, 1.5, 2.5], abs=0.05)
    for seed, thumbnail in zip((1, 2, 3), analysis.thumbnails, strict=True):
        seen = cv2.imdecode(np.frombuffer(store.get(thumbnail.image), np.uint8), cv2.IMREAD_COLOR)
        assert seen.shape == (320, 180, 3)
        assert thumbnail.image.size < 20_000
        away = {k: np.abs(seen[:60].astype(float) - texture(k)[:60]).mean() for k in (1, 2, 3)}
        assert min(away, key=lambda k: away[k]) == seed


def test_the_cached_repeat_gives_the_same_bytes_and_stores_nothing_new(clip: Path, tmp_path: Path) -> None:
    store = ArtifactStore.open((tmp_path / "store").as_uri())
    first, _ = _watch(clip, store)
    stored = sorted(path for path in (tmp_path / "store").rglob("*") if path.is_file())
    again, counters = _watch(clip, store)
    assert counters.engine_runs == []
    assert again.to_bytes() == first.to_bytes()
    assert sorted(path for path in (tmp_path / "store").rglob("*") if path.is_file()) == stored
    assert len(first.to_bytes()) < 10_000, "the analysis refers to pictures and holds none"


def test_without_a_store_or_an_engine_there_are_none(clip: Path, tmp_path: Path) -> None:
    assert _watch(clip, None)[0].thumbnails is None
    store = ArtifactStore.open((tmp_path / "store").as_uri())
    assert _watch(clip, store, "scenes")[0].thumbnails is None
    assert _watch(clip, store, "visuals")[0].thumbnails is None


def test_a_shot_between_two_samples_has_none_and_its_edges_count_only_where_nothing_else_does() -> None:
    def sample(t_s: float, sharpness: float) -> VisualSample:
        light = {"brightness": 0.5, "contrast": 0.5, "saturation": 0.5, "warmth": 0.5, "motion": 0.0}
        return VisualSample(t_s=t_s, sharpness=sharpness, **light)

    samples = [sample(0.0, 0.9), sample(0.5, 0.2), sample(1.0, 0.3), sample(1.5, 0.3), sample(2.0, 0.8)]
    assert sharpest(Shot(start_s=0, end_s=2.1), samples).t_s == 1.0
    assert sharpest(Shot(start_s=1.95, end_s=3), samples).t_s == 2.0
    assert sharpest(Shot(start_s=0.6, end_s=0.9), samples) is None
