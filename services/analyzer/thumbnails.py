"""A small picture of each shot for reports: the visuals engine keeps one JPEG per sample, here the shots pick theirs."""

import base64
from collections.abc import Sequence
from typing import Protocol

from services.analyzer.engines.base import EngineResult
from shared.artifacts import PUBLIC_THUMBNAILS
from shared.contracts.analysis import Shot, Thumbnail, VisualSample
from shared.contracts.base import ArtifactRef

EDGE_SHARE = 0.15
"""Of a shot, at either end: a fade or dissolve is still going on there."""


class Store(Protocol):
    """The part of ArtifactStore that pictures are stored in."""

    def put(self, prefix: str, data: bytes, *, suffix: str, media_type: str) -> ArtifactRef:
        """Store bytes under their digest."""


def store_thumbnails(
    scenes: EngineResult | None, visuals: EngineResult | None, store: Store | None
) -> tuple[Thumbnail, ...] | None:
    """The sharpest sampled frame of each shot that has one, stored; None without a store or without one of the two engines."""
    if store is None or scenes is None or visuals is None or scenes.scenes is None or visuals.visuals is None:
        return None
    jpegs = {still.t_s: still.jpeg for still in visuals.stills or ()}
    found: list[Thumbnail] = []
    for index, shot in enumerate(scenes.scenes):
        if (best := sharpest(shot, visuals.visuals)) is not None:
            data = base64.b64decode(jpegs[best.t_s])
            image = store.put(PUBLIC_THUMBNAILS, data, suffix=".jpg", media_type="image/jpeg")
            found.append(Thumbnail(shot=index, t_s=best.t_s, image=image))
    return tuple(found)


def sharpest(shot: Shot, samples: Sequence[VisualSample]) -> VisualSample | None:
    """The sharpest sample well inside a shot, else anywhere in it, the first among equals; None where none fell into it."""
    edge = EDGE_SHARE * shot.length_s
    inside = [sample for sample in samples if shot.start_s <= sample.t_s < shot.end_s]
    middle = [sample for sample in inside if shot.start_s + edge <= sample.t_s <= shot.end_s - edge]
    return max(middle or inside, key=lambda sample: sample.sharpness, default=None)
