"""Formulas of creative_density: what is there, and what begins, together."""

from itertools import combinations

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import contains, merge, near_count, overlap_s
from services.features.statistics import share_of
from shared.catalogue.creative_density.kinds import ELEMENTS, KINDS, LAYER_NAMES

SYNC_S, PEAK_S, PEAK_KINDS = 0.5, 1.0, 3


def pair_seconds(clip: Clip, first: str, second: str) -> float:
    """Seconds in which two layers are there at the same time."""
    return overlap_s(clip.layer(first), clip.layer(second))


def _together(first: str, second: str) -> None:
    @produces(f"density_{first}_with_{second}_share")
    def formula(clip: Clip) -> float:
        return min(1.0, pair_seconds(clip, first, second) / clip.duration_s)


def _cut_during(layer: str) -> None:
    @produces(f"density_cut_during_{layer}_share")
    def formula(clip: Clip) -> float:
        spans, cuts = clip.layer(layer), clip.cuts
        return share_of([contains(spans, t_s) for t_s in cuts], of="cuts")


def _near(first: str, second: str) -> None:
    @produces(f"density_{first}_near_{second}_share")
    def formula(clip: Clip) -> float:
        a, b = clip.beginnings(first), clip.beginnings(second)
        if not a and not b:
            raise NotDefined(f"there are no {ELEMENTS[first].many} and no {ELEMENTS[second].many}")
        return (near_count(a, b, SYNC_S) + near_count(b, a, SYNC_S)) / (len(a) + len(b))


for _a, _b in combinations(LAYER_NAMES, 2):
    _together(_a, _b)
for _layer in LAYER_NAMES:
    _cut_during(_layer)
for _a, _b in combinations(ELEMENTS, 2):
    _near(_a, _b)


@produces("density_sync_share")
def _sync_share(clip: Clip) -> float:
    by_kind = clip.elements.by_kind
    others = {kind: sorted(t for other in KINDS if other != kind for t in by_kind[other]) for kind in KINDS}
    return sum(near_count(by_kind[kind], others[kind], SYNC_S) for kind in KINDS) / len(clip.elements.some)


@produces("density_peak_count")
def _peak_count(clip: Clip) -> float:
    windows = [(t_s, t_s + PEAK_S) for t_s in clip.elements.times]
    return len(merge(window for window in windows if clip.elements.kinds(window) >= PEAK_KINDS))
