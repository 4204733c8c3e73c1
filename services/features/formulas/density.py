"""Formulas of creative_density."""

from collections.abc import Callable
from itertools import combinations, pairwise
from math import ceil, fsum, log

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Span, contains, inside, intersect, merge, near, share
from services.features.series import busiest
from services.features.statistics import share_of, variation
from shared.catalogue.creative_density import KINDS, LAYERS

SYNC_S, PEAK_S, PEAK_KINDS = 0.5, 1.0, 3
BUSIEST_S, LULL_S = 3.0, 3.0
CLEARLY_MORE = 1.25
SPARSE, DENSE = 0.5, 1.0


def _times(clip: Clip) -> tuple[float, ...]:
    return clip.elements.times


def _some(clip: Clip) -> tuple[float, ...]:
    times = _times(clip)
    if not times:
        raise NotDefined("no element begins")
    return times


def _rate(clip: Clip, window: Span) -> float:
    return len(inside(_times(clip), window)) / (window[1] - window[0])


@produces("density_elements_per_s")
def _elements_per_s(clip: Clip) -> float:
    return _rate(clip, clip.windows.whole)


@produces("density_max_in_1_s")
def _max_in_1_s(clip: Clip) -> float:
    return busiest(_times(clip), 1.0)[1]


@produces("density_empty_share")
def _empty_share(clip: Clip) -> float:
    return _layered(clip, lambda layers: layers == 0)


def _layered(clip: Clip, test: Callable[[float], bool]) -> float:
    return clip.layers.share_where(test)


@produces("density_layers_mean")
def _layers_mean(clip: Clip) -> float:
    return clip.layers.mean()


@produces("density_layers_max")
def _layers_max(clip: Clip) -> float:
    return clip.layers.maximum()


@produces("density_kind_count")
def _kind_count(clip: Clip) -> float:
    return sum(bool(times) for times in clip.elements.by_kind.values())


@produces("density_variation")
def _variation(clip: Clip) -> float:
    times, bins = _some(clip), max(2, ceil(clip.duration_s - 1e-6))
    edges = [clip.duration_s * i / bins for i in range(bins + 1)]
    return variation([float(len(inside(times, window))) for window in pairwise(edges)], of="elements")


@produces("density_trend")
def _trend(clip: Clip) -> float:
    return _rate(clip, clip.windows.last_third) - _rate(clip, clip.windows.first_third)


@produces("density_first_third_share")
def _first_third(clip: Clip) -> float:
    return len(inside(_some(clip), clip.windows.first_third)) / len(_times(clip))


@produces("density_middle_third_share")
def _middle_third(clip: Clip) -> float:
    return len(inside(_some(clip), clip.windows.middle_third)) / len(_times(clip))


def _lulls(clip: Clip) -> list[float]:
    edges = (0.0, *_times(clip), clip.duration_s)
    return [b - a for a, b in pairwise(edges)]


@produces("density_longest_lull_s")
def _longest_lull(clip: Clip) -> float:
    return max(_lulls(clip))


@produces("density_lull_count")
def _lull_count(clip: Clip) -> float:
    return sum(round(lull, 6) >= LULL_S for lull in _lulls(clip))


@produces("density_layers_trend")
def _layers_trend(clip: Clip) -> float:
    return clip.layers.change(clip.windows.first_third, clip.windows.last_third)


def _together(first: str, second: str) -> Callable[[Clip], float]:
    def formula(clip: Clip) -> float:
        return share(intersect(clip.layer(first), clip.layer(second)), clip.windows.whole)

    return formula


def _cut_during(name: str) -> Callable[[Clip], float]:
    def formula(clip: Clip) -> float:
        spans, cuts = clip.layer(name), clip.cuts
        return share_of([contains(spans, t_s) for t_s in cuts], of="cuts")

    return formula


for _a, _b in combinations(LAYERS, 2):
    produces(f"density_{_a}_with_{_b}_share")(_together(_a, _b))
for _layer in LAYERS:
    produces(f"density_cut_during_{_layer}_share")(_cut_during(_layer))


@produces("density_sync_share")
def _sync_share(clip: Clip) -> float:
    by_kind = clip.elements.by_kind
    others = {kind: [t for other in KINDS if other != kind for t in by_kind[other]] for kind in KINDS}
    return share_of([near(others[kind], t_s, SYNC_S) for t_s, kind in clip.elements.timeline], of="elements")


@produces("density_peak_count")
def _peak_count(clip: Clip) -> float:
    timeline = clip.elements.timeline
    peaks = [t for t, _ in timeline if len({kind for other, kind in timeline if t <= other < t + PEAK_S}) >= PEAK_KINDS]
    return len(merge((t_s, t_s + PEAK_S) for t_s in peaks))


@produces("density_peak_position")
def _peak_position(clip: Clip) -> float:
    return busiest(_some(clip), BUSIEST_S)[0] / clip.duration_s


@produces("density_peak_share")
def _peak_share(clip: Clip) -> float:
    return busiest(_some(clip), BUSIEST_S)[1] / len(_times(clip))


@produces("density_hook_count")
def _hook_count(clip: Clip) -> float:
    return len(inside(_times(clip), clip.windows.hook))


@produces("density_closing_count")
def _closing_count(clip: Clip) -> float:
    return len(inside(_times(clip), clip.windows.closing))


@produces("density_hook_lift")
def _hook_lift(clip: Clip) -> float:
    _some(clip)
    return _rate(clip, clip.windows.hook) / _rate(clip, clip.windows.whole)


@produces("density_hook_layers")
def _hook_layers(clip: Clip) -> float:
    return clip.layers.within(clip.windows.hook).mean()


@produces("density_closing_layers")
def _closing_layers(clip: Clip) -> float:
    return clip.layers.within(clip.windows.closing).mean()


@produces("density_arc")
def _arc(clip: Clip) -> str:
    times, windows = _times(clip), clip.windows
    thirds = {"front": windows.first_third, "middle": windows.middle_third, "back": windows.last_third}
    counts = {name: len(inside(times, window)) for name, window in thirds.items()}
    fullest = max(counts, key=lambda name: counts[name])
    if not times:
        return "none"
    return fullest if counts[fullest] >= CLEARLY_MORE * len(times) / 3 else "even"


@produces("density_class")
def _class(clip: Clip) -> str:
    rate = _elements_per_s(clip)
    return "sparse" if rate < SPARSE else "moderate" if rate < DENSE else "dense"


@produces("density_main_kind")
def _main_kind(clip: Clip) -> str:
    by_kind = clip.elements.by_kind
    return max(KINDS, key=lambda kind: len(by_kind[kind])) if any(by_kind.values()) else "none"


@produces("density_balance")
def _balance(clip: Clip) -> float:
    total = len(_some(clip))
    shares = [len(times) / total for times in clip.elements.by_kind.values() if times]
    return max(0.0, -fsum(part * log(part) for part in shares) / log(len(KINDS)))


@produces("density_strong_opening")
def _strong_opening(clip: Clip) -> bool:
    times, hook = _times(clip), clip.windows.hook
    return len(inside(times, hook)) >= busiest(inside(times, clip.windows.after_hook), hook[1])[1]


@produces("density_crowded_share")
def _crowded_share(clip: Clip) -> float:
    return _layered(clip, lambda layers: layers >= 3)


@produces("density_single_layer_share")
def _single_layer_share(clip: Clip) -> float:
    return _layered(clip, lambda layers: layers == 1)
