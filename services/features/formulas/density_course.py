"""Formulas of creative_density: how density changes over the video."""

from itertools import pairwise

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.statistics import median, variation

LULL_S = 3.0


@produces("density_variation")
def _variation(clip: Clip) -> float:
    return variation([float(number) for number in clip.elements.bins], of="bins")


@produces("density_trend")
def _trend(clip: Clip) -> float:
    return clip.elements.rate(clip.windows.last_third) - clip.elements.rate(clip.windows.first_third)


@produces("density_first_third_share")
def _first_third(clip: Clip) -> float:
    return clip.elements.count(clip.windows.first_third) / len(clip.elements.some)


@produces("density_middle_third_share")
def _middle_third(clip: Clip) -> float:
    return clip.elements.count(clip.windows.middle_third) / len(clip.elements.some)


@produces("density_longest_lull_s")
def _longest_lull(clip: Clip) -> float:
    return max(seconds for _, seconds in clip.elements.lulls)


@produces("density_lull_count")
def _lull_count(clip: Clip) -> float:
    return sum(seconds >= LULL_S for _, seconds in clip.elements.lulls)


@produces("density_lull_time_share")
def _lull_time(clip: Clip) -> float:
    return min(1.0, sum(seconds for _, seconds in clip.elements.lulls if seconds >= LULL_S) / clip.duration_s)


@produces("density_lull_position")
def _lull_position(clip: Clip) -> float:
    if not clip.elements.times:
        raise NotDefined("no element begins")
    return max(clip.elements.lulls, key=lambda lull: (lull[1], -lull[0]))[0] / clip.duration_s


@produces("density_layers_trend")
def _layers_trend(clip: Clip) -> float:
    return clip.layers.change(clip.windows.first_third, clip.windows.last_third)


@produces("density_layers_spread")
def _layers_spread(clip: Clip) -> float:
    return clip.layers.spread()


@produces("density_layer_changes_per_10s")
def _layer_changes(clip: Clip) -> float:
    return 10 * sum(before[2] != after[2] for before, after in pairwise(clip.layers.cells)) / clip.duration_s


@produces("density_median_gap_s")
def _median_gap(clip: Clip) -> float:
    return median([b - a for a, b in pairwise(clip.elements.times)], of="pairs of elements")


@produces("density_gap_variation")
def _gap_variation(clip: Clip) -> float:
    moments = sorted(set(clip.elements.times))
    if len(moments) < 3:
        raise NotDefined("fewer than three elements begin at different times")
    return variation([b - a for a, b in pairwise(moments)], of="gaps")


@produces("density_level_changes_per_10s")
def _level_changes(clip: Clip) -> float:
    levels = [min(number, 2) for number in clip.elements.bins]
    return 10 * sum(before != after for before, after in pairwise(levels)) / clip.duration_s
