"""From a design to planned videos: each with its script, its knobs, its engagement and its scraped item."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samples.design import Design, Effect, Range, make_design
from samples.metadata import Item, item, video_id
from samples.render import VideoScript
from samples.storyboard import storyboard, utterances
from samples.voice import Samples, speak_all


@dataclass(frozen=True)
class PlannedVideo:
    """One video before it is drawn."""

    script: VideoScript
    knobs: Mapping[str, float]
    engagement_rate: float
    item: Item


def plan_videos(
    count: int, *, first: int, seed: int, planted: Mapping[str, tuple[Range, Effect]], nuisance: Mapping[str, Range]
) -> list[PlannedVideo]:
    """Plan `count` videos whose ids count from `first`. The same arguments give the same plan."""
    if count < 1:
        return []
    design = make_design(planted, nuisance, count=count, seed=seed)
    randoms = [np.random.default_rng([seed, index]) for index in range(count)]
    texts = [utterances(design.knobs(index), randoms[index]) for index in range(count)]
    spoken = iter(speak_all([sentence for text in texts for sentence in text]))
    return [
        _planned(video_id(first + index), design, index, [next(spoken) for _ in texts[index]], randoms[index])
        for index in range(count)
    ]


def _planned(name: str, design: Design, index: int, spoken: list[Samples], random: np.random.Generator) -> PlannedVideo:
    knobs, rate = design.knobs(index), float(design.engagement_rate[index])
    script = storyboard(name, knobs, spoken, random=random)
    return PlannedVideo(script, knobs, rate, item(script, knobs, rate, random=random))
