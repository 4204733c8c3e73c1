"""Formulas of scene_pacing."""

from itertools import pairwise

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Span, contains, gaps, inside, share
from services.features.series import busiest, front_back
from services.features.statistics import mean, median, share_near, share_of, variation

BEAT_TOLERANCE_S = 0.1
TEXT_TOLERANCE_S = 0.5
SHORT_SHOT_S, LONG_SHOT_S = 2.0, 5.0
BURST_GAP_S, BURST_CUTS = 1.0, 3


def some_cut(clip: Clip) -> tuple[float, ...]:
    """The cuts. Raises NotDefined where nothing is cut."""
    if not clip.cuts:
        raise NotDefined("nothing is cut")
    return clip.cuts


def rate(clip: Clip, window: Span) -> float:
    """Cuts per second of a window."""
    return len(inside(clip.cuts, window)) / (window[1] - window[0])


@produces("scene_cut_count")
def _cut_count(clip: Clip) -> float:
    return len(clip.cuts)


@produces("scene_cuts_per_10s")
def _cuts_per_10s(clip: Clip) -> float:
    return 10 * len(clip.cuts) / clip.duration_s


@produces("scene_shot_mean_s")
def _shot_mean(clip: Clip) -> float:
    return mean(clip.shots_s, of="shots")


@produces("scene_shot_median_s")
def _shot_median(clip: Clip) -> float:
    return median(clip.shots_s, of="shots")


@produces("scene_shot_min_s")
def _shot_min(clip: Clip) -> float:
    return min(clip.shots_s)


@produces("scene_shot_max_s")
def _shot_max(clip: Clip) -> float:
    return max(clip.shots_s)


@produces("scene_short_shot_share")
def _short_shot_share(clip: Clip) -> float:
    return sum(shot for shot in clip.shots_s if shot < SHORT_SHOT_S) / clip.duration_s


@produces("scene_long_shot_share")
def _long_shot_share(clip: Clip) -> float:
    return sum(shot for shot in clip.shots_s if shot >= LONG_SHOT_S) / clip.duration_s


@produces("scene_shot_variation")
def _shot_variation(clip: Clip) -> float:
    return variation(clip.shots_s, of="shots")


@produces("scene_rhythm_contrast")
def _rhythm_contrast(clip: Clip) -> float:
    return mean([abs(a - b) / (a + b) for a, b in pairwise(clip.shots_s)], of="cuts")


@produces("scene_pace_trend")
def _pace_trend(clip: Clip) -> float:
    return 10 * (rate(clip, clip.windows.last_third) - rate(clip, clip.windows.first_third))


@produces("scene_first_third_cut_share")
def _first_third(clip: Clip) -> float:
    return share_of([t_s < clip.windows.first_third[1] for t_s in clip.cuts], of="cuts")


@produces("scene_middle_third_cut_share")
def _middle_third(clip: Clip) -> float:
    start, end = clip.windows.middle_third
    return share_of([start <= t_s < end for t_s in clip.cuts], of="cuts")


@produces("scene_cut_on_onset_share")
def _cut_on_onset_share(clip: Clip) -> float:
    sound, cuts = clip.sound, clip.cuts
    return share_near(cuts, sound.onsets, BEAT_TOLERANCE_S, of="cuts")


@produces("scene_cut_on_onset_excess")
def _cut_on_onset_excess(clip: Clip) -> float:
    around = [(t_s - BEAT_TOLERANCE_S, t_s + BEAT_TOLERANCE_S) for t_s in clip.sound.onsets]
    return _cut_on_onset_share(clip) - share(around, clip.windows.whole)


@produces("scene_cut_in_pause_share")
def _cut_in_pause_share(clip: Clip) -> float:
    pauses = gaps(clip.speech_spans)
    return share_of([contains(pauses, t_s) for t_s in clip.cuts], of="cuts")


@produces("scene_cut_with_text_share")
def _cut_with_text_share(clip: Clip) -> float:
    starts = clip.texts.starts
    return share_near(clip.cuts, starts, TEXT_TOLERANCE_S, of="cuts")


@produces("scene_cut_brightness_step")
def _cut_brightness_step(clip: Clip) -> float:
    return mean(list(map(abs, clip.pictures.brightness_steps(clip.cuts))), of="cuts between shots that were looked at")


@produces("scene_first_cut_s")
def _first_cut(clip: Clip) -> float:
    return some_cut(clip)[0]


@produces("scene_last_shot_s")
def _last_shot(clip: Clip) -> float:
    return clip.duration_s - some_cut(clip)[-1]


@produces("scene_hook_cut_count")
def _hook_cut_count(clip: Clip) -> float:
    return len(inside(clip.cuts, clip.windows.hook))


@produces("scene_closing_cut_count")
def _closing_cut_count(clip: Clip) -> float:
    return len(inside(clip.cuts, clip.windows.closing))


@produces("scene_longest_shot_position")
def _longest_shot_position(clip: Clip) -> float:
    starts = (0.0, *some_cut(clip))
    return starts[clip.shots_s.index(max(clip.shots_s))] / clip.duration_s


@produces("scene_busiest_3s_cuts")
def _busiest_3s_cuts(clip: Clip) -> float:
    return busiest(clip.cuts, 3.0)[1]


@produces("scene_pace_class")
def _pace_class(clip: Clip) -> str:
    if not clip.cuts:
        return "single_shot"
    rate = _cuts_per_10s(clip)
    return "slow" if rate < 2 else "medium" if rate < 5 else "fast"


@produces("scene_pace_pattern")
def _pace_pattern(clip: Clip) -> str:
    return front_back(some_cut(clip), clip.duration_s)


@produces("scene_burst_count")
def _burst_count(clip: Clip) -> float:
    runs = [1]
    for before, after in pairwise(clip.cuts):
        if after - before < BURST_GAP_S:
            runs[-1] += 1
        else:
            runs.append(1)
    return sum(run >= BURST_CUTS for run in runs)


@produces("scene_hook_faster")
def _hook_faster(clip: Clip) -> bool:
    return rate(clip, clip.windows.hook) > rate(clip, clip.windows.after_hook)


@produces("scene_frames_per_second")
def _frames_per_second(clip: Clip) -> float:
    return clip.video.fps


@produces("scene_short_side_px")
def _short_side(clip: Clip) -> float:
    return min(clip.video.width, clip.video.height)


@produces("scene_orientation")
def _orientation(clip: Clip) -> str:
    if clip.video.height > 1.2 * clip.video.width:
        return "vertical"
    return "horizontal" if clip.video.width > 1.2 * clip.video.height else "square"
