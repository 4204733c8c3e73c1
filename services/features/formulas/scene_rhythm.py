"""Formulas of scene_pacing: how the lengths of the shots follow each other, positions, beats."""

from itertools import pairwise
from math import fsum, sqrt

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.scene_pacing import BEAT_TOLERANCE_S, some_cut
from services.features.intervals import near_count
from services.features.series import busiest
from services.features.statistics import mean, ratio, share_of

VERY_SHORT_S, GLIMPSE_S = 1.0, 0.4
SHORTER, STEADY = 0.9, 0.8


@produces("scene_shots_under_1s_share")
def _under_1s(clip: Clip) -> float:
    return share_of([round(shot, 6) < VERY_SHORT_S for shot in clip.shots_s], of="shots")


@produces("scene_glimpse_share")
def _glimpses(clip: Clip) -> float:
    return share_of([round(shot, 6) < GLIMPSE_S for shot in clip.shots_s], of="shots")


@produces("scene_shot_length_trend")
def _length_trend(clip: Clip) -> float:
    shots = clip.shots_s
    centre, middle = (len(shots) - 1) / 2, mean(shots, of="shots")
    spread = fsum((shot - middle) ** 2 for shot in shots)
    if len(shots) < 3 or spread < 1e-9:
        raise NotDefined("there are fewer than three shots or all are equally long")
    together = fsum((i - centre) * (shot - middle) for i, shot in enumerate(shots))
    return max(-1.0, min(1.0, together / sqrt(spread * fsum((i - centre) ** 2 for i in range(len(shots))))))


@produces("scene_quickening_share")
def _quickening(clip: Clip) -> float:
    return share_of([round(after - SHORTER * before, 6) <= 0 for before, after in pairwise(clip.shots_s)], of="cuts")


@produces("scene_steady_share")
def _steady(clip: Clip) -> float:
    return share_of([round(min(pair) - STEADY * max(pair), 6) >= 0 for pair in pairwise(clip.shots_s)], of="cuts")


@produces("scene_cut_on_beat_share")
def _cut_on_beat(clip: Clip) -> float:
    cuts, beats = some_cut(clip), clip.sound.beats
    if not beats:
        raise NotDefined("there is no beat")
    return near_count(cuts, beats, BEAT_TOLERANCE_S) / len(cuts)


@produces("scene_beat_with_cut_share")
def _beat_with_cut(clip: Clip) -> float:
    beats = clip.sound.beats
    return ratio(near_count(beats, clip.cuts, BEAT_TOLERANCE_S), len(beats), none="there is no beat")


@produces("scene_beats_per_shot")
def _beats_per_shot(clip: Clip) -> float:
    return len(clip.sound.beats) / len(clip.shots_s)


@produces("scene_shortest_shot_position")
def _shortest_shot_position(clip: Clip) -> float:
    starts = (0.0, *some_cut(clip))
    shots = [round(shot, 6) for shot in clip.shots_s]
    return starts[shots.index(min(shots))] / clip.duration_s


@produces("scene_busiest_3s_position")
def _busiest_3s_position(clip: Clip) -> float:
    return busiest(some_cut(clip), 3.0)[0] / clip.duration_s


@produces("scene_half_cuts_position")
def _half_cuts_position(clip: Clip) -> float:
    cuts = some_cut(clip)
    return cuts[(len(cuts) - 1) // 2] / clip.duration_s


@produces("scene_opening_shot_ratio")
def _opening_shot_ratio(clip: Clip) -> float:
    return some_cut(clip)[0] / mean(clip.shots_s, of="shots")


@produces("scene_last_shot_ratio")
def _last_shot_ratio(clip: Clip) -> float:
    return (clip.duration_s - some_cut(clip)[-1]) / mean(clip.shots_s, of="shots")


@produces("scene_longest_take_share")
def _longest_take_share(clip: Clip) -> float:
    return max(clip.shots_s) / clip.duration_s
