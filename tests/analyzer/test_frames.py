"""Limited range becomes full range by BT.601's own arithmetic, level by level."""

import numpy as np
import pytest

from services.analyzer.frames import full_range


@pytest.mark.parametrize("shape", [(1, 256), (256, 1), (7, 255), (13, 9)])
@pytest.mark.parametrize(("levels", "before", "after"), [(219, 16, 0), (224, 128, 128)], ids=["luma", "chroma"])
def test_every_level_is_rounded_to_the_nearest(shape: tuple[int, int], levels: int, before: int, after: int) -> None:
    plane = np.resize(np.arange(256), shape).astype(np.uint8)
    exact = (plane.astype(np.float64) - before) * 255 / levels + after
    assert (full_range(plane, levels, before, after) == np.clip(np.rint(exact), 0, 255)).all()
