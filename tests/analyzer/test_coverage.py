"""What each engine looked at, on real files: first and last frame, no gap, whatever the frame rate and the geometry."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.analyzer.decode import frames
from services.analyzer.frames import SHARED_SIDE, SMALL_SIDE, picture
from services.analyzer.probe import probe
from tests.analyzer.clips import Picture, lettered, solid, texture, tone, write_clip

RATES = [
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
]
UNEVEN = ([0.0, 0.02, 0.5, 0.51, 1.2, 1.21, 1.22, 2.0, 2.4], [k / 60 for k in range(60)] + [1.0 + k / 12 for k in range(24)])
Watch = Callable[..., Any]


def _shown(count: int) -> list[Picture]:
    return [np.roll(texture(1, width=64, height=112), k, axis=0) for k in range(count)]


@pytest.mark.parametrize("fps", RATES)
def test_every_engine_covers_the_first_and_the_last_frame(fps: Fraction, tmp_path: Path, watch: Watch) -> None:
    count = round(2.7 * fps)
    clip = write_clip(tmp_path / "v.mp4", _shown(count), fps=fps, sound=tone(300, 2.8))
    analysis, _ = watch(clip, "scenes", "visuals", "audio", "speech")
    frame, duration = 1 / float(fps), analysis.video.duration_s
    reports = {name: analysis.engines[name].coverage for name in ("scenes", "visuals", "audio", "speech")}
    assert {seen.first_s for seen in reports.values()} == {0.0}
    for name in ("scenes", "visuals"):
        assert reports[name].last_s == pytest.approx((count - 1) * frame, abs=0.002)
    for name, step in (("scenes", 0.0), ("visuals", 0.5), ("audio", 0.25), ("speech", 0.032)):
        assert reports[name].largest_gap_s <= step + frame + 0.002
        assert duration - reports[name].last_s <= max(step, frame) + 0.002
    assert reports["scenes"].samples == count
    assert reports["visuals"].samples == len(analysis.visuals) == 7


@pytest.mark.parametrize("times", UNEVEN)
def test_uneven_frames_are_covered_as_well_as_they_allow(times: Sequence[float], tmp_path: Path, watch: Watch) -> None:
    analysis, _ = watch(write_clip(tmp_path / "v.mp4", _shown(len(times)), times=times), "scenes", "visuals")
    seen = analysis.engines["visuals"].coverage
    assert (seen.first_s, seen.last_s) == (0.0, pytest.approx(times[-1], abs=0.002))
    assert {sample.t_s for sample in analysis.visuals} <= {round(t, 3) for t in times}
    assert seen.largest_gap_s <= 0.5 + max(b - a for a, b in pairwise(times)) + 0.002
    assert analysis.engines["scenes"].coverage.samples == len(times)


def test_a_frame_that_is_held_for_seconds_is_seen_for_as_long(tmp_path: Path, watch: Watch) -> None:
    """Three pictures, as in a slide show whose frames come at any pace."""
    shown = [lettered(texture(k, width=180, height=320), "HELLO", scale=0.6) for k in (1, 2, 2, 3, 3, 3)]
    clip = write_clip(tmp_path / "v.mp4", shown, times=[0.0, 5.0, 5.5, 9.0, 9.1, 9.6])
    analysis, counters = watch(clip, "scenes", "text", "visuals", "people")
    assert counters.frames_decoded == analysis.video.frames == 6
    assert [shot.start_s for shot in analysis.scenes] == [0.0, 5.0, 9.0]
    assert [(text.start_s, text.end_s) for text in analysis.text] == [(0.0, analysis.video.duration_s)]
    assert {analysis.engines[name].coverage.first_s for name in ("scenes", "text", "visuals", "people")} == {0.0}
    assert max(analysis.engines[name].coverage.largest_gap_s for name in ("scenes", "text", "visuals", "people")) <= 0.75


@pytest.mark.parametrize("side", [SHARED_SIDE, SMALL_SIDE])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("pixel_aspect", [None, Fraction(4, 3), Fraction(1, 2)])
def test_the_picture_is_upright_and_in_proportion(
    rotation: int, pixel_aspect: Fraction | None, side: int, tmp_path: Path
) -> None:
    """Coded is a bright upper half; displayed it lies where the rotation puts it, in the displayed proportions."""
    coded = solid((0, 0, 0), width=96, height=160)
    coded[:80] = 255
    probed = probe(write_clip(tmp_path / "v.mp4", [coded] * 2, rotation=rotation, pixel_aspect=pixel_aspect))
    _, frame = next(frames(probed))
    shown = picture(frame, probed.geometry, side)
    assert shown.shape[1] / shown.shape[0] == pytest.approx(probed.info.width / probed.info.height, rel=0.03)
    wide = 96 * float(pixel_aspect or 1)
    upright = wide / 160 if rotation in (0, 180) else 160 / wide
    assert probed.info.width / probed.info.height == pytest.approx(upright, rel=0.03)
    height, width = shown.shape[:2]
    halves = {
        0: shown[: height // 2 - 4], 180: shown[height // 2 + 4 :],
        90: shown[:, width // 2 + 4 :], 270: shown[:, : width // 2 - 4],
    }  # fmt: skip
    assert max(halves, key=lambda turned: halves[turned].mean()) == rotation
    assert halves[rotation].min() > 200
