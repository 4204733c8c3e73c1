"""Formulas of creative_density: when most happens."""

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.elements import BUSIEST_S
from services.features.intervals import Span


@produces("density_peak_position")
def _peak_position(clip: Clip) -> float:
    return clip.elements.peak[0] / clip.duration_s


@produces("density_peak_share")
def _peak_share(clip: Clip) -> float:
    return clip.elements.peak[1] / len(clip.elements.times)


@produces("density_peak_kinds")
def _peak_kinds(clip: Clip) -> float:
    if not clip.elements.times:
        return 0
    start, _ = clip.elements.peak
    return clip.elements.kinds((start, start + BUSIEST_S))


@produces("density_hook_count")
def _hook_count(clip: Clip) -> float:
    return clip.elements.count(clip.windows.hook)


@produces("density_hook_kinds")
def _hook_kinds(clip: Clip) -> float:
    return clip.elements.kinds(clip.windows.hook)


@produces("density_closing_count")
def _closing_count(clip: Clip) -> float:
    return clip.elements.count(clip.windows.closing)


@produces("density_first_second_count")
def _first_second_count(clip: Clip) -> float:
    return clip.elements.count((0.0, 1.0))


def _lift(clip: Clip, window: Span) -> float:
    return clip.elements.rate(window) * clip.duration_s / len(clip.elements.some)


@produces("density_hook_lift")
def _hook_lift(clip: Clip) -> float:
    return _lift(clip, clip.windows.hook)


@produces("density_closing_lift")
def _closing_lift(clip: Clip) -> float:
    return _lift(clip, clip.windows.closing)


@produces("density_hook_layers")
def _hook_layers(clip: Clip) -> float:
    return clip.layers.mean_in(clip.windows.hook)


@produces("density_closing_layers")
def _closing_layers(clip: Clip) -> float:
    return clip.layers.mean_in(clip.windows.closing)


@produces("density_layers_peak_position")
def _layers_peak_position(clip: Clip) -> float:
    if clip.layers.maximum() == 0:
        raise NotDefined("there is never text, speech, a face or a hand")
    return clip.layers.peak_s() / clip.duration_s


@produces("density_half_position")
def _half_position(clip: Clip) -> float:
    times = clip.elements.some
    return times[(len(times) - 1) // 2] / clip.duration_s
