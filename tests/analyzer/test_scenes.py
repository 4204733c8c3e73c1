"""Shots: cuts, fades and dissolves at their true times, no cut at a flash, and an exact tiling of the video."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenedetect import FrameTimecode
from scenedetect.detectors import AdaptiveDetector

from bench.accuracy.films import Film, Join, Transition, film
from bench.accuracy.footage import take
from services.analyzer.engines.scenes import _Detector, find_shots, tile
from shared.contracts.analysis import Analysis
from tests.analyzer.clips import Picture, solid, texture, write_clip


def _moving(seed: int, k: int) -> Picture:
    return np.roll(texture(seed), 2 * k, axis=0)


def _cuts(analysis: Analysis) -> list[float]:
    assert analysis.scenes is not None
    return [shot.start_s for shot in analysis.scenes][1:]


@pytest.mark.parametrize("fps", [Fraction(24000, 1001), Fraction(30), Fraction(60000, 1001)])
def test_hard_cuts_are_found_at_the_first_frame_of_the_new_shot(
    fps: Fraction, tmp_path: Path, watch: Callable[..., Any]
) -> None:
    starts = [0, 31, 60, 88]
    shots = [sum(k >= start for start in starts) for k in range(120)]
    path = write_clip(tmp_path / "v.mp4", (_moving(s, k) for k, s in enumerate(shots)), fps=fps)
    analysis, counters = watch(path, "scenes")
    assert _cuts(analysis) == pytest.approx([start / float(fps) for start in starts[1:]], abs=0.001)
    assert counters.frames_decoded == counters.handed["scenes"] == counters.calls["scenes.detector"] == 120


def test_cuts_of_a_variable_rate_clip_lie_at_the_true_times(tmp_path: Path, watch: Callable[..., Any]) -> None:
    times = [k * 0.02 for k in range(50)] + [1.0 + k * 0.1 for k in range(40)]
    path = write_clip(tmp_path / "v.mp4", (_moving(1 + (k >= 50) + (k >= 70), k) for k in range(90)), times=times)
    assert _cuts(watch(path, "scenes")[0]) == pytest.approx([1.0, 3.0], abs=0.001)


def test_an_exposure_flash_is_no_cut(tmp_path: Path, watch: Callable[..., Any]) -> None:
    def picture(k: int) -> Picture:
        shown = _moving(1 if k < 60 else 2, k // 4)
        return cv2.convertScaleAbs(shown, alpha=0.3, beta=190) if 30 <= k < 34 else shown

    assert _cuts(watch(write_clip(tmp_path / "v.mp4", (picture(k) for k in range(90))), "scenes")[0]) == [2.0]


def test_one_more_cut_is_one_more_shot_and_a_still_has_one(tmp_path: Path, watch: Callable[..., Any]) -> None:
    for cuts in (0, 1, 2):
        path = write_clip(tmp_path / f"{cuts}.mp4", (_moving(min(k // 25, cuts), k) for k in range(75)))
        analysis, _ = watch(path, "scenes")
        assert len(analysis.scenes) == cuts + 1
    still, _ = watch(write_clip(tmp_path / "one.mp4", [texture(1)]), "scenes")
    assert [(shot.start_s, shot.end_s) for shot in still.scenes] == [(0.0, still.video.duration_s)]


@given(st.lists(st.floats(0, 130), max_size=30).map(sorted), st.floats(0.05, 120).map(lambda x: round(x, 3)))
def test_shots_tile_the_video(times: list[float], duration_s: float) -> None:
    shots = tile([(t, "cut") for t in times], times[::3], duration_s)
    assert shots[0].start_s == 0
    assert shots[-1].end_s == duration_s
    assert all(a.end_s == b.start_s for a, b in pairwise(shots))
    assert sum(shot.length_s for shot in shots) == pytest.approx(duration_s)
    assert [shot.opens_with for shot in shots] == ["start", *["cut"] * (len(shots) - 1)]
    assert all(shot.length_s >= 0.2 - 1e-9 for shot in shots[:-1])
    assert all(shot.start_s <= t < shot.end_s for shot in shots for t in shot.flashes_s)


@given(st.integers(1, 60), st.integers(0, 10_000), st.sampled_from([1.0, 0.3, 0.02]))
def test_any_pictures_make_shots_that_tile(frames: int, seed: int, change: float) -> None:
    rng = np.random.default_rng(seed)
    pictures = np.cumsum(rng.integers(-255, 256, (frames, 16, 9, 3)) * change * (rng.random((frames, 1, 1, 1)) < 0.3), axis=0)
    times = np.cumsum(rng.choice([0.02, 0.04, 0.2], frames)) - 0.02
    cuts = [k for k in range(2, frames) if rng.random() < 0.1]
    rows = np.clip(pictures + 128, 0, 255).reshape(frames, -1).astype(np.float32)
    shots = find_shots(times.tolist(), rows, cuts, times[-1] + 0.04)
    assert (shots[0].start_s, shots[-1].end_s) == (0.0, times[-1] + 0.04)
    assert all(a.end_s == b.start_s for a, b in pairwise(shots))
    assert sum(shot.opens_with == "cut" for shot in shots) <= len(cuts)


def _joined(kind: Join, seed: int, colour: int = 0) -> Film:
    """Two takes that move, joined at 1.5 s by something gradual of 0.8 s."""
    rng = np.random.default_rng(seed)
    takes = (take(rng, calm=True), take(rng, calm=True))
    return Film(Fraction(30), 90, takes, (Transition(kind, 45, 12, colour),), (), (), 0.0, seed)


@pytest.mark.parametrize(("kind", "colour"), [("dissolve", 0), ("fade", 0), ("fade", 255)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_gradual_transition_is_one_and_keeps_its_name(
    kind: Join, colour: int, seed: int, tmp_path: Path, watch: Callable[..., Any]
) -> None:
    shots = watch(write_clip(tmp_path / "v.mp4", _joined(kind, seed, colour).pictures()), "scenes")[0].scenes
    assert [shot.opens_with for shot in shots] == ["start", kind]
    assert shots[1].start_s == pytest.approx(1.5, abs=0.15)


def test_black_that_lasts_is_a_shot_and_a_short_end_is_none(tmp_path: Path, watch: Callable[..., Any]) -> None:
    def shown(black: int) -> list[Picture]:
        fading = [cv2.convertScaleAbs(texture(1), alpha=1 - k / 12) for k in range(12)]
        return [*[texture(1)] * 30, *fading, *[np.zeros_like(texture(1))] * black]

    short = watch(write_clip(tmp_path / "s.mp4", shown(9)), "scenes")[0].scenes
    long = watch(write_clip(tmp_path / "l.mp4", [*shown(45), *[texture(2)] * 30]), "scenes")[0].scenes
    assert [shot.opens_with for shot in short] == ["start"]
    assert [shot.opens_with for shot in long] == ["start", "fade", "cut"]
    assert [shot.start_s for shot in long] == pytest.approx([0, 1.4, 2.9], abs=0.05)


@pytest.mark.parametrize("bright", [1, 4])
def test_a_flash_is_told_in_its_shot(bright: int, tmp_path: Path, watch: Callable[..., Any]) -> None:
    film = Film(Fraction(30), 90, (take(np.random.default_rng(5)),), (), ((40, 40 + bright),), (), 0.0, 1)
    shots = watch(write_clip(tmp_path / "v.mp4", film.pictures()), "scenes")[0].scenes
    assert [shot.flashes_s for shot in shots] == [(pytest.approx(40 / 30, abs=0.04),)]


def test_cuts_within_fast_movement_are_found(tmp_path: Path, watch: Callable[..., Any]) -> None:
    def shown() -> Iterator[Picture]:
        for k in range(60):
            yield np.roll(texture(k // 20), 14 * k, axis=0)

    assert _cuts(watch(write_clip(tmp_path / "v.mp4", shown()), "scenes")[0]) == pytest.approx([20 / 30, 40 / 30], abs=0.001)


def test_flicker_of_hue_in_the_dark_is_no_cut(tmp_path: Path, watch: Callable[..., Any]) -> None:
    shown = [solid((6, 2, 2) if k < 20 else (2, 2, 6)) for k in range(40)]
    assert _cuts(watch(write_clip(tmp_path / "v.mp4", shown), "scenes")[0]) == []


def test_moving_cameras_captions_and_changing_light_are_no_transition(tmp_path: Path, watch: Callable[..., Any]) -> None:
    for seed in range(3):
        shown = write_clip(tmp_path / f"{seed}.mp4", film("one take", seed).pictures())
        assert [shot.opens_with for shot in watch(shown, "scenes")[0].scenes] == ["start"]


def test_the_faster_score_equals_the_library_s() -> None:
    ours, library = _Detector(), AdaptiveDetector()
    for k in range(12):
        picture = texture(k // 4)
        ours.process_frame(FrameTimecode(k, 30.0), picture)
        library.process_frame(FrameTimecode(k, 30.0), picture)
        assert ours._frame_score == pytest.approx(library._frame_score)
