"""Light, colours and camera of sampled frames against pictures whose answer is known."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.footage import Take, View, still
from services.analyzer.engines.camera import movement
from services.analyzer.engines.palette import palette
from tests.analyzer.clips import Picture, solid, texture, write_clip


def _grey(take: Take, share: float) -> Picture:
    return cv2.resize(cv2.cvtColor(take.picture(share), cv2.COLOR_BGR2GRAY), (90, 160), interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("seed", range(4))
def test_the_camera_s_way_is_measured_in_frames(seed: int) -> None:
    rng = np.random.default_rng(seed)
    seen = Take(still(rng), View(0, 0, 1.2), View(0.1, -0.05, 1.2))
    moved = movement(_grey(seen, 0), _grey(seen, 1))
    assert (moved.x, moved.y, moved.growth) == pytest.approx((-0.12, 0.06, 0.0), abs=0.01)
    nearer = Take(still(rng), View(0, 0, 1.0), View(0, 0, 1.1))
    moved = movement(_grey(nearer, 0), _grey(nearer, 1))
    assert (moved.x, moved.y, moved.growth) == pytest.approx((0, 0, 0.1), abs=0.01)


def test_neither_a_cut_nor_a_plain_surface_is_a_movement() -> None:
    pictures = [cv2.cvtColor(texture(seed, width=90, height=160), cv2.COLOR_BGR2GRAY) for seed in range(12)]
    assert [movement(a, b) for a, b in pairwise(pictures)] == [None] * 11
    plain = np.full((160, 90), 128, np.uint8)
    assert movement(plain, plain) is None


def test_a_pan_to_the_right_moves_the_picture_to_the_left(tmp_path: Path, watch: Callable[..., Any]) -> None:
    pan = Take(still(np.random.default_rng(1)), View(-0.3, 0, 1.2), View(0.3, 0, 1.2))
    path = write_clip(tmp_path / "v.mp4", (pan.picture(k / 90) for k in range(90)))
    samples = watch(path, "visuals")[0].visuals
    assert samples[0].camera_x is None
    assert [s.camera_x for s in samples[1:]] == [pytest.approx(-0.24, abs=0.03)] * (len(samples) - 1)
    assert all(abs(s.camera_y) < 0.01 and abs(s.camera_zoom) < 0.01 for s in samples[1:])


def test_the_palette_of_flat_areas_is_their_colours_and_shares() -> None:
    picture = np.vstack([solid((200, 30, 20), height=160), solid((20, 30, 200), height=96), solid((240, 240, 240), height=64)])
    assert [(s.rgb, pytest.approx(s.share, abs=0.03)) for s in palette(picture)] == [
        ("#141ec8", 0.5), ("#c81e14", 0.3), ("#f0f0f0", 0.2),
    ]  # fmt: skip


@given(st.integers(0, 10_000), st.integers(1, 80), st.integers(1, 80))
def test_any_picture_has_one_to_five_colours_that_fit_into_it(seed: int, width: int, height: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    found = palette(picture)
    assert 1 <= len(found) <= 5
    assert sum(s.share for s in found) <= 1.003
    assert [s.share for s in found] == sorted((s.share for s in found), reverse=True)
    assert palette(picture) == found
