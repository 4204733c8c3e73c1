"""Formulas of creative_density: how much happens, and of what kind."""

from math import fsum, log
from operator import eq, ge

from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.density_together import pair_seconds
from services.features.intervals import inside, share
from services.features.series import busiest
from shared.catalogue.creative_density.kinds import KINDS
from shared.catalogue.creative_density.patterns import PAIRS

CLEARLY_MORE = 1.25
SPARSE, DENSE = 0.5, 1.0


@produces("density_elements_per_s")
def _elements_per_s(clip: Clip) -> float:
    return clip.elements.rate(clip.windows.whole)


@produces("density_max_in_1_s")
def _max_in_1_s(clip: Clip) -> float:
    return busiest(clip.elements.times, 1.0)[1]


@produces("density_empty_share")
def _empty_share(clip: Clip) -> float:
    return clip.layers.share_where(eq, 0)


@produces("density_layers_mean")
def _layers_mean(clip: Clip) -> float:
    return clip.layers.mean()


@produces("density_layers_max")
def _layers_max(clip: Clip) -> float:
    return clip.layers.maximum()


@produces("density_kind_count")
def _kind_count(clip: Clip) -> float:
    return sum(bool(times) for times in clip.elements.by_kind.values())


def _part(kind: str) -> None:
    @produces(f"density_{kind}_part_share")
    def formula(clip: Clip) -> float:
        return len(clip.elements.by_kind[kind]) / len(clip.elements.some)


for _kind in KINDS:
    _part(_kind)


@produces("density_graphics_per_10s")
def _graphics_per_10s(clip: Clip) -> float:
    return 10 * len(clip.graphics) / clip.duration_s


@produces("density_objects_per_10s")
def _objects_per_10s(clip: Clip) -> float:
    return 10 * len(clip.things.visits) / clip.duration_s


@produces("density_object_kinds")
def _object_kinds(clip: Clip) -> float:
    return len(clip.things.labels)


@produces("density_object_time_share")
def _object_time(clip: Clip) -> float:
    return share(clip.things.spans, clip.windows.whole)


@produces("density_arc")
def _arc(clip: Clip) -> str:
    elements, windows = clip.elements, clip.windows
    thirds = {"front": windows.first_third, "middle": windows.middle_third, "back": windows.last_third}
    counts = {name: elements.count(window) for name, window in thirds.items()}
    fullest = max(counts, key=lambda name: counts[name])
    if not elements.times:
        return "none"
    return fullest if counts[fullest] >= CLEARLY_MORE * len(elements.times) / 3 else "even"


@produces("density_class")
def _class(clip: Clip) -> str:
    rate = _elements_per_s(clip)
    return "sparse" if rate < SPARSE else "moderate" if rate < DENSE else "dense"


@produces("density_main_kind")
def _main_kind(clip: Clip) -> str:
    by_kind = clip.elements.by_kind
    return max(KINDS, key=lambda kind: len(by_kind[kind]) / len(clip.elements.some))


@produces("density_main_pair")
def _main_pair(clip: Clip) -> str:
    seconds = {pair: round(pair_seconds(clip, *pair.split("_and_")), 6) for pair in PAIRS}
    longest = max(seconds, key=lambda pair: seconds[pair])
    return longest if seconds[longest] > 0 else "none"


@produces("density_balance")
def _balance(clip: Clip) -> float:
    total = len(clip.elements.some)
    shares = [len(times) / total for times in clip.elements.by_kind.values() if times]
    return max(0.0, -fsum(part * log(part) for part in shares) / log(len(KINDS)))


@produces("density_strong_opening")
def _strong_opening(clip: Clip) -> bool:
    elements, hook = clip.elements, clip.windows.hook
    return elements.count(hook) >= busiest(inside(elements.some, clip.windows.after_hook), hook[1])[1]


@produces("density_crowded_share")
def _crowded_share(clip: Clip) -> float:
    return clip.layers.share_where(ge, 3)


@produces("density_single_layer_share")
def _single_layer_share(clip: Clip) -> float:
    return clip.layers.share_where(eq, 1)
