"""Shots: cuts at their true times, no cut at a flash, and an exact tiling of the video."""

from collections.abc import Callable
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

from services.analyzer.engines.scenes import _Detector, tile
from shared.contracts.analysis import Analysis
from tests.analyzer.clips import Picture, texture, write_clip


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


@given(st.lists(st.floats(-1, 130), max_size=30), st.floats(0.05, 120).map(lambda x: round(x, 3)))
def test_shots_tile_the_video(cuts: list[float], duration_s: float) -> None:
    shots = tile(cuts, duration_s)
    assert shots[0].start_s == 0
    assert shots[-1].end_s == duration_s
    assert all(a.end_s == b.start_s for a, b in pairwise(shots))
    assert sum(shot.length_s for shot in shots) == pytest.approx(duration_s)


def test_the_faster_score_equals_the_library_s() -> None:
    ours, library = _Detector(), AdaptiveDetector()
    for k in range(12):
        picture = texture(k // 4)
        ours.process_frame(FrameTimecode(k, 30.0), picture)
        library.process_frame(FrameTimecode(k, 30.0), picture)
        assert ours._frame_score == pytest.approx(library._frame_score)
