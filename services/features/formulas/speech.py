"""Formulas of speech_analysis: when someone speaks."""

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Spans, contains, gaps, intersect, length, share
from services.features.statistics import mean, ratio, share_near, share_of, share_of_time, variation

PAUSE_S, FRAGMENT_S, SYNC_S = 0.3, 1.0, 0.5
ON_CAMERA, VOICE_OVER = 0.7, 0.3
CLEARLY_MORE = 1.5


def _some(clip: Clip) -> Spans:
    if not clip.speech_spans:
        raise NotDefined("nobody speaks")
    return clip.speech_spans


def _lengths(clip: Clip) -> list[float]:
    return [end - start for start, end in clip.speech_spans]


def _pauses(clip: Clip) -> list[float]:
    """Lengths of the gaps between stretches of speech that are long enough to be heard as pauses."""
    return [end - start for start, end in gaps(clip.speech_spans) if round(end - start, 6) >= PAUSE_S]


@produces("speech_share")
def _share(clip: Clip) -> float:
    return share(clip.speech_spans, clip.windows.whole)


@produces("speech_stretch_count")
def _stretch_count(clip: Clip) -> float:
    return len(clip.speech_spans)


@produces("speech_stretches_per_10s")
def _stretches_per_10s(clip: Clip) -> float:
    return 10 * len(clip.speech_spans) / clip.duration_s


@produces("speech_stretch_mean_s")
def _stretch_mean(clip: Clip) -> float:
    return mean(_lengths(clip), of="stretches of speech")


@produces("speech_stretch_max_s")
def _stretch_max(clip: Clip) -> float:
    return max(_lengths(clip), default=0.0)


@produces("speech_pause_count")
def _pause_count(clip: Clip) -> float:
    return len(_pauses(clip))


@produces("speech_pause_mean_s")
def _pause_mean(clip: Clip) -> float:
    return mean(_pauses(clip), of="pauses in the speech")


@produces("speech_pause_max_s")
def _pause_max(clip: Clip) -> float:
    return max(_pauses(clip), default=0.0)


@produces("speech_stretch_variation")
def _stretch_variation(clip: Clip) -> float:
    return variation(_lengths(clip), of="stretches of speech")


@produces("speech_pause_variation")
def _pause_variation(clip: Clip) -> float:
    return variation(_pauses(clip), of="pauses in the speech")


@produces("speech_share_trend")
def _share_trend(clip: Clip) -> float:
    return share(clip.speech_spans, clip.windows.last_third) - share(clip.speech_spans, clip.windows.first_third)


@produces("speech_middle_third_share")
def _middle_third_share(clip: Clip) -> float:
    return share(clip.speech_spans, clip.windows.middle_third)


def _shared_time(clip: Clip, other: Spans) -> float:
    return share_of_time(clip.speech_spans, other, none="nobody speaks")


@produces("speech_with_text_share")
def _with_text(clip: Clip) -> float:
    return _shared_time(clip, clip.text_spans)


@produces("speech_with_hands_share")
def _with_hands(clip: Clip) -> float:
    return _shared_time(clip, clip.people.hand_spans)


@produces("speech_cuts_per_10s")
def _cuts_per_10s(clip: Clip) -> float:
    during = sum(contains(clip.speech_spans, t_s) for t_s in clip.cuts)
    return 10 * ratio(during, length(clip.speech_spans), none="nobody speaks")


@produces("speech_loudness_lift_db")
def _loudness_lift(clip: Clip) -> float:
    return clip.sound.level.lift(clip.speech_spans, clip.windows.whole)


@produces("speech_motion_lift")
def _motion_lift(clip: Clip) -> float:
    return clip.pictures.motion.lift(clip.speech_spans, clip.windows.whole)


@produces("speech_starts_with_cut_share")
def _starts_with_cut(clip: Clip) -> float:
    cuts = clip.cuts
    return share_near(clip.beginnings("speech"), cuts, SYNC_S, of="stretches of speech")


@produces("speech_role")
def _role(clip: Clip) -> str:
    faces = clip.people.face_spans
    if not clip.speech_spans:
        return "no_speech"
    with_face = round(_shared_time(clip, faces), 6)
    return "on_camera" if with_face >= ON_CAMERA else "voice_over" if with_face < VOICE_OVER else "mixed"


@produces("speech_first_s")
def _first(clip: Clip) -> float:
    return _some(clip)[0][0]


@produces("speech_after_last_s")
def _after_last(clip: Clip) -> float:
    return clip.duration_s - _some(clip)[-1][1]


@produces("speech_hook_share")
def _hook_share(clip: Clip) -> float:
    return share(clip.speech_spans, clip.windows.hook)


@produces("speech_closing_share")
def _closing_share(clip: Clip) -> float:
    return share(clip.speech_spans, clip.windows.closing)


@produces("speech_longest_position")
def _longest_position(clip: Clip) -> float:
    start, _ = max(_some(clip), key=lambda span: (round(span[1] - span[0], 6), -span[0]))
    return start / clip.duration_s


@produces("speech_in_first_second")
def _in_first_second(clip: Clip) -> bool:
    return any(start < 1.0 for start, _ in clip.speech_spans)


@produces("speech_course")
def _course(clip: Clip) -> str:
    half_s = clip.duration_s / 2
    front = round(length(intersect(_some(clip), ((0.0, half_s),))), 6)
    back = round(length(intersect(clip.speech_spans, ((half_s, clip.duration_s),))), 6)
    if front >= CLEARLY_MORE * back:
        return "front"
    return "back" if back >= CLEARLY_MORE * front else "even"


@produces("speech_fragment_share")
def _fragment_share(clip: Clip) -> float:
    return share_of([round(seconds, 6) < FRAGMENT_S for seconds in _lengths(clip)], of="stretches of speech")


@produces("speech_level_db")
def _level(clip: Clip) -> float:
    return clip.sound.level.mean_over(_some(clip))


@produces("speech_level_spread_db")
def _level_spread(clip: Clip) -> float:
    return clip.sound.level.inside(_some(clip)).spread()
