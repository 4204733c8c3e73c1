"""Formulas of emotional_journey: the sound."""

from itertools import pairwise
from operator import gt

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Span, inside, share
from services.features.sound import QUIET_DB
from services.features.statistics import mean, variation

LOUDEST_S = 2.0
AROUND_CUT_S = 0.5
EVEN_DB = 3.0
HOT_DB = -6.0


def _onset_rate(clip: Clip, window: Span) -> float:
    return len(inside(clip.sound.onsets, window)) / (window[1] - window[0])


@produces("emotion_loudness_mean_db")
def _loudness(clip: Clip) -> float:
    return clip.sound.level.mean()


@produces("emotion_lufs")
def _lufs(clip: Clip) -> float:
    if clip.sound.audio.integrated_lufs is None:
        raise NotDefined("the sound is too short or too quiet to measure")
    return clip.sound.audio.integrated_lufs


@produces("emotion_tempo_bpm")
def _tempo(clip: Clip) -> float:
    if clip.sound.audio.tempo_bpm is None:
        raise NotDefined("no tempo was found")
    return clip.sound.audio.tempo_bpm


@produces("emotion_onsets_per_s")
def _onsets_per_s(clip: Clip) -> float:
    return _onset_rate(clip, clip.windows.whole)


@produces("emotion_silence_share")
def _silence_share(clip: Clip) -> float:
    return share(clip.sound.silences, clip.windows.whole)


@produces("emotion_timbre_hz")
def _timbre(clip: Clip) -> float:
    return clip.sound.timbre.mean()


@produces("emotion_loudness_range_db")
def _loudness_range(clip: Clip) -> float:
    return clip.sound.level.quantile(0.9) - clip.sound.level.quantile(0.1)


@produces("emotion_loudness_spread_db")
def _loudness_spread(clip: Clip) -> float:
    return clip.sound.level.spread()


@produces("emotion_loudness_trend_db")
def _loudness_trend(clip: Clip) -> float:
    return clip.sound.level.change(clip.windows.first_third, clip.windows.last_third)


@produces("emotion_onset_trend")
def _onset_trend(clip: Clip) -> float:
    return _onset_rate(clip, clip.windows.last_third) - _onset_rate(clip, clip.windows.first_third)


@produces("emotion_onset_irregularity")
def _onset_irregularity(clip: Clip) -> float:
    return variation([b - a for a, b in pairwise(clip.sound.onsets)], of="pauses between onsets")


@produces("emotion_cut_loudness_step_db")
def _cut_loudness_step(clip: Clip) -> float:
    return mean(clip.sound.level_steps(clip.cuts, AROUND_CUT_S), of="cuts with measured sound on both sides")


@produces("emotion_loudest_position")
def _loudest_position(clip: Clip) -> float:
    if clip.sound.level.maximum() <= QUIET_DB:
        raise NotDefined("there is no sound above -60 dBFS")
    start = clip.sound.level.highest_stretch(LOUDEST_S, clip.duration_s)
    return (start + min(clip.duration_s, start + LOUDEST_S)) / 2 / clip.duration_s


@produces("emotion_hook_onsets_per_s")
def _hook_onsets(clip: Clip) -> float:
    return _onset_rate(clip, clip.windows.hook)


@produces("emotion_longest_silence_s")
def _longest_silence(clip: Clip) -> float:
    return max((end - start for start, end in clip.sound.silences), default=0.0)


@produces("emotion_energy_arc")
def _energy_arc(clip: Clip) -> str:
    windows, level = clip.windows, clip.sound.level
    first, middle, last = (level.mean_in(w) for w in (windows.first_third, windows.middle_third, windows.last_third))
    if max(first, middle, last) - min(first, middle, last) < EVEN_DB:
        return "even"
    if middle > max(first, last):
        return "peak"
    if middle < min(first, last):
        return "valley"
    return "rising" if last > first else "falling"


@produces("emotion_silence_count")
def _silence_count(clip: Clip) -> float:
    return len(clip.sound.silences)


@produces("emotion_near_full_scale_share")
def _near_full_scale(clip: Clip) -> float:
    return clip.sound.level.share_where(gt, HOT_DB)
